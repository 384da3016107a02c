import type { TimelineEntry } from '../../model/alert.ts';

/** A call-back somebody still waits for. */
export type OwedCall = { readonly by: string; readonly forMs?: number; readonly note?: string };

/**
 * The call-back that is owed about an alert: promised, or tried and not reached, and nobody was reached since. The last
 * word counts.
 *
 * @param entries the time line, in order
 */
export function owedCall(entries: readonly TimelineEntry[]): OwedCall | undefined {
  const last = entries.findLast(({ what }) => what === 'callBackPromised' || what === 'calledBack');
  if (last === undefined || last.detail?.reached === true) return undefined;
  const promised = entries.findLast(({ what, detail }) => what === 'callBackPromised' || detail?.reached === true);
  const forMs = promised?.detail?.forMs;
  const note = last.detail?.note;
  return {
    by: last.who,
    ...(typeof forMs === 'number' && { forMs }),
    ...(typeof note === 'string' && { note }),
  };
}
