import type { Alert, Severity, TimelineEntry } from '../../model/alert.ts';
import { type Decision, handlingOf, noLongerWaiting, revised } from '../decision.ts';

/** So many ends within this time, and what comes and goes is one alert until it has been quiet as long. */
export const flappingEnds = 4;
export const flappingMs = 60 * 60_000;

/** Ends of alerts of one cause that still count. */
export function recent(endsMs: readonly number[], nowMs: number): readonly number[] {
  return endsMs.filter((atMs) => atMs <= nowMs && nowMs - atMs < flappingMs).slice(-flappingEnds);
}

/** Is this the fourth end within the hour, or one more while it is held already? P1 and P2 are never held. */
export function flaps({ severity, handling }: Alert, nowMs: number): boolean {
  if (!mayBeHeld(severity)) return false;
  const isHeld = (handling?.heldOpenUntilMs ?? 0) > nowMs;
  return isHeld || recent(handling?.closedBeforeMs ?? [], nowMs).length + 1 >= flappingEnds;
}

export function mayBeHeld(severity: Severity): boolean {
  return severity > 'P2';
}

/** What ended stays open: who was told is not told again however often it comes back. */
export function heldOpen(alert: Alert, line: TimelineEntry, nowMs: number): Decision {
  const heldOpenUntilMs = nowMs + flappingMs;
  const isNew = alert.handling?.heldOpenUntilMs === undefined;
  const held = { alertId: alert.id, atMs: nowMs, what: 'heldOpen', who: 'service', detail: { cause: 'flapping' } };
  return {
    alert: { ...alert, handling: { ...handlingOf(alert), heldOpenUntilMs } },
    entries: isNew ? [line, held] : [line],
  };
}

/** When it will have been quiet for long enough; undefined when it is not held, there again, or graver since. */
export function settledAtMsOf({ severity, handling }: Alert): number | undefined {
  const isQuiet = handling?.active.length === 0 && mayBeHeld(severity);
  return isQuiet ? handling?.heldOpenUntilMs : undefined;
}

/** It has been quiet for an hour: over. Undefined while it is not, or when it is there again. */
export function heldLongEnough(alert: Alert, nowMs: number): Decision | undefined {
  const settledAtMs = settledAtMsOf(alert);
  if (settledAtMs === undefined || settledAtMs > nowMs) return undefined;
  const { heldOpenUntilMs: _heldOpenUntilMs, ...handling } = handlingOf(alert);
  const outcome = 'recovered';
  return {
    alert: revised(alert, nowMs, {
      state: 'resolved',
      resolvedAtMs: nowMs,
      outcome,
      handling: noLongerWaiting(handling),
    }),
    entries: [{ alertId: alert.id, atMs: nowMs, what: 'resolve', who: 'service', detail: { outcome } }],
  };
}
