/**
 * Runs `change` once before the next picture, however often it is asked for: a burst of events costs one drawing. A page in
 * the background draws nothing and still has to know (its title counts emergencies), so there a timer does it.
 */
export function oncePerFrame(change: () => void): () => void {
  let isAsked = false;
  const run = () => {
    isAsked = false;
    change();
  };
  return () => {
    if (isAsked) return;
    isAsked = true;
    if (document.hidden) setTimeout(run, 50);
    else requestAnimationFrame(run);
  };
}
