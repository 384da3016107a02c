/** An area as far as the way goes by it. */
type Stop = { readonly id: string; readonly residents: number; readonly unclaimedP1: number };

/**
 * Where the wall goes next: the whole, then each part in which people live, and again. While an emergency waits for
 * somebody, only where it is. Pure.
 */
export function nextStop(whole: Stop, parts: readonly Stop[], shownId: string): string {
  const peopled = parts.filter(({ residents }) => residents > 0);
  const urgent = peopled.filter(({ unclaimedP1 }) => unclaimedP1 > 0);
  const stops = [whole.id, ...(urgent.length > 0 ? urgent : peopled).map(({ id }) => id)];
  return stops[(stops.indexOf(shownId) + 1) % stops.length] ?? whole.id;
}
