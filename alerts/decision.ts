import type { Alert, AlertHandling, TimelineEntry } from '../model/alert.ts';

/** Why somebody is told now; part of the identity of a notification. */
export type TellReason =
  | 'opened'
  | 'repeated'
  | 'raised'
  | 'escalated'
  | 'undelivered'
  | 'passed'
  | 'noProgress'
  | 'sent'
  | 'digest'
  | 'report'
  | 'reopened';

/** What was decided about one alert: how it is now, what the time line says, and whether people are to be told. */
export type Decision = {
  readonly alert: Alert;
  readonly entries: readonly TimelineEntry[];
  readonly tell?: TellReason;
};

const untouched: AlertHandling = { active: [], steps: [] };

/** What the desk remembers of an alert; an alert stored without it has told nobody and awaits nobody. */
export function handlingOf(alert: Alert): AlertHandling {
  return alert.handling ?? untouched;
}

/** The alert with changes, one revision on. */
export function revised(alert: Alert, nowMs: number, changes: Partial<Alert>): Alert {
  return { ...alert, ...changes, updatedAtMs: Math.max(alert.updatedAtMs, nowMs), revision: alert.revision + 1 };
}

/** Nobody is awaited any longer: somebody answered, it is over, or nobody is left. */
export function noLongerWaiting(handling: AlertHandling): AlertHandling {
  const { waitingSinceMs: _waitingSinceMs, ...rest } = handling;
  return rest;
}

/** What was offered is taken, or of no use any more. */
export function noLongerOffered(handling: AlertHandling): AlertHandling {
  const { offer: _offer, ...rest } = handling;
  return rest;
}
