/** Where in the console somebody is; the address says it, so that the way back works and a colleague can be sent there. */
export type Place =
  | { readonly view: 'queue' }
  | { readonly view: 'alert' | 'card'; readonly id: string }
  | { readonly view: 'shift' };

/** `rest`: what follows `/console/`. What is not known is the queue. */
export function placeOf(rest: string | readonly string[] | undefined): Place {
  const [view, id] = typeof rest === 'string' ? rest.split('/') : (rest ?? []);
  if ((view === 'alert' || view === 'card') && id !== undefined && id !== '') return { view, id };
  return { view: view === 'shift' ? view : 'queue' };
}

export function addressOf(place: Place): string {
  if (place.view === 'queue') return '/console';
  return place.view === 'shift' ? '/console/shift' : `/console/${place.view}/${encodeURIComponent(place.id)}`;
}
