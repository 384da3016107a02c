/** Where in the console somebody is; the address says it, so that the way back works and a colleague can be sent there. */
export type Place =
  | { readonly view: 'queue' }
  | { readonly view: 'alert' | 'card'; readonly id: string }
  /** An alert is raised by hand; the id is whom it is about, once that is known. */
  | { readonly view: 'raise'; readonly id?: string }
  | { readonly view: 'shift' | 'visits' };

/** `rest`: what follows `/console/`. What is not known is the queue. */
export function placeOf(rest: string | readonly string[] | undefined): Place {
  const [view, id] = typeof rest === 'string' ? rest.split('/') : (rest ?? []);
  const hasId = id !== undefined && id !== '';
  if ((view === 'alert' || view === 'card') && hasId) return { view, id };
  if (view === 'raise') return hasId ? { view, id } : { view };
  return { view: view === 'shift' || view === 'visits' ? view : 'queue' };
}

export function addressOf(place: Place): string {
  if (place.view === 'queue') return '/console';
  const id = 'id' in place && place.id !== undefined ? `/${encodeURIComponent(place.id)}` : '';
  return `/console/${place.view}${id}`;
}
