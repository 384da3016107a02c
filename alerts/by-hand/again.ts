import type { Alert, AlertType, Bilingual, Signal } from '../../model/alert.ts';
import { type Decision, handlingOf, revised } from '../decision.ts';
import { isNewCall } from '../life-cycle.ts';

/**
 * Has a person said so already, and is that open? Then the next who says it adds to it. A call for help well after
 * somebody answered the first is a new one, as with a press; what is in earnest adds nothing to a drill.
 */
export function isSaidAlready(current: Alert, signal: Signal, isExercise: boolean, nowMs: number): boolean {
  if (current.exercise === true && !isExercise) return false;
  const said: readonly AlertType[] = handlingOf(current).saidByPeople ?? [];
  return said.includes(signal.type) && !isNewCall(current, signal, nowMs);
}

/**
 * The next who says the same: a line with what they know beside it, and a later sight of her. Also of who knows no more:
 * by the line their report is known when it is sent again.
 *
 * @param sight when and where she was seen, in words
 */
export function saidAgain(alert: Alert, signal: Signal, sight: Bilingual | undefined, nowMs: number) {
  const { note, ...seen } = wordsOf(signal);
  const detail = { signalId: signal.id, type: signal.type, ...(note !== undefined && { note }), ...seen };
  return {
    alert: revised(alert, nowMs, sight === undefined ? {} : laterSight(alert, seen, sight)),
    entries: [{ alertId: alert.id, atMs: nowMs, what: 'saidAgain', who: signal.by ?? 'service', detail }],
  } satisfies Decision;
}

type Seen = { readonly lastSeenAtMs?: number; readonly lastSeenPlace?: string };

function wordsOf({ evidence: { note, lastSeenAtMs, lastSeenPlace } }: Signal): Seen & { readonly note?: string } {
  return {
    ...(typeof note === 'string' && { note }),
    ...(typeof lastSeenAtMs === 'number' && { lastSeenAtMs }),
    ...(typeof lastSeenPlace === 'string' && { lastSeenPlace }),
  };
}

/** Where she was seen later is where people look; a sight that is earlier, or without a time, stands in its line alone. */
function laterSight({ evidence }: Alert, seen: Seen, sight: Bilingual): Partial<Pick<Alert, 'evidence'>> {
  const knownAtMs = typeof evidence.lastSeenAtMs === 'number' ? evidence.lastSeenAtMs : Number.NEGATIVE_INFINITY;
  if (seen.lastSeenAtMs === undefined || seen.lastSeenAtMs <= knownAtMs) return {};
  const { lastSeenPlace: _earlier, because, ...rest } = evidence;
  const [first, ...others]: readonly unknown[] = Array.isArray(because) ? because : [];
  return { evidence: { ...rest, ...seen, because: [...(first === undefined ? [] : [first]), sight, ...others] } };
}
