import type { AlertType, AlertView } from '../../model/alert.ts';
import type { Emergency } from '../scenarios/scenario.ts';

/** The service was seen to say something about somebody. */
export type Observation = {
  readonly alertId: string;
  readonly residentId: string;
  readonly type: AlertType;
  readonly atMs: number;
  /** When the alert it belongs to was opened. */
  readonly openedAtMs: number;
};

export type Verdict = {
  readonly emergency: Emergency;
  /** `late`: said, but not as soon as expected. */
  readonly outcome: 'detected' | 'late' | 'missed';
  readonly afterMs?: number;
  readonly alertId?: string;
};

export type Comparison = {
  readonly verdicts: readonly Verdict[];
  /** Said since the start about somebody to whom no such thing happened; one for each alert and type. */
  readonly falseAlarms: readonly Observation[];
};

/** Two clocks and a rounding: an alert may seem this much older than its cause. */
const clockSlackMs = 1_000;

/** Every type an alert has, as seen at a time. */
export function observed(alert: AlertView, atMs: number): Observation[] {
  const { id: alertId, residentId, types } = alert;
  return types.map((type) => ({ alertId, residentId, type, atMs, openedAtMs: Date.parse(alert.openedAt) }));
}

/** Holds what happened against what was said. Alerts opened before `startMs` are nobody's false alarms now. */
export function compare(
  emergencies: readonly Emergency[],
  observations: readonly Observation[],
  startMs: number,
): Comparison {
  const inOrder = observations.toSorted((a, b) => a.atMs - b.atMs);
  const verdicts = emergencies.map((emergency) => verdictOn(emergency, inOrder));
  const isTrue = (seen: Observation) => emergencies.some((emergency) => isAbout(emergency, seen));
  const falseAlarms = inOrder.filter((seen) => seen.openedAtMs >= startMs && !isTrue(seen));
  return { verdicts, falseAlarms: onePerAlertAndType(falseAlarms) };
}

/** Did everything come out as the script says? */
export function isAsScripted({ verdicts }: Comparison): boolean {
  return verdicts.every(({ outcome }) => outcome === 'detected');
}

function verdictOn(emergency: Emergency, observations: readonly Observation[]): Verdict {
  const first = observations.find((seen) => isAbout(emergency, seen));
  if (first === undefined) return { emergency, outcome: 'missed' };
  const afterMs = Math.max(0, first.atMs - emergency.atMs);
  const outcome = afterMs <= emergency.expectWithinS * 1000 ? 'detected' : 'late';
  return { emergency, outcome, afterMs, alertId: first.alertId };
}

function isAbout({ residentId, kind, atMs }: Emergency, seen: Observation): boolean {
  return seen.residentId === residentId && seen.type === kind && seen.atMs >= atMs - clockSlackMs;
}

function onePerAlertAndType(observations: readonly Observation[]): Observation[] {
  return [
    ...new Map(observations.toReversed().map((seen) => [`${seen.alertId}:${seen.type}`, seen])).values(),
  ].reverse();
}
