import type { Truth } from '../../simulators/weeks/truth.ts';
import type { Raise } from './book.ts';

/** A truth and how it was noticed. */
export type Finding = { readonly truth: Truth; readonly raise?: Raise; readonly delayMs?: number };

/** What became of the truths, and what was said without one. */
export type Marks = {
  readonly findings: readonly Finding[];
  readonly falseAlarms: readonly Raise[];
  /** Alerts that woke everybody up (P1) for nothing. */
  readonly falseEmergencies: number;
};

/** Two clocks and a rounding: an alert may seem this much older than its cause. */
const slackMs = 1_000;
/** Places are subjects of their own: `@{areaId}`. What is said of one is held against everything that happened. */
const isPlace = (residentId: string) => residentId.startsWith('@');

/**
 * Holds what was said against what happened. A truth is found by the first raise of one of its types in its time; a
 * raise is a false alarm when it is news (one per alert and type) and no truth of that resident allows it then.
 */
export function marked(truths: readonly Truth[], raises: readonly Raise[]): Marks {
  const truthsOf = Map.groupBy(truths, ({ residentId }) => residentId);
  const raisesOf = Map.groupBy(raises, ({ residentId }) => residentId);
  const ofPlaces = raises.filter(({ residentId }) => isPlace(residentId));
  const findings = truths.map((truth) =>
    findingOf(truth, isPlace(truth.residentId) ? ofPlaces : (raisesOf.get(truth.residentId) ?? [])),
  );
  const isTrue = (raise: Raise) =>
    (isPlace(raise.residentId) ? truths : (truthsOf.get(raise.residentId) ?? [])).some((truth) => allows(truth, raise));
  const wrong = raises.filter((raise) => (raise.isNews || raise.severity === 'P1') && !isTrue(raise));
  const emergencies = new Set(wrong.filter(({ severity }) => severity === 'P1').map(({ alertId }) => alertId));
  return { findings, falseAlarms: wrong.filter(({ isNews }) => isNews), falseEmergencies: emergencies.size };
}

function findingOf(truth: Truth, raises: readonly Raise[]): Finding {
  const raise = raises.find((one) => truth.detectedBy.includes(one.type) && isWithin(truth, one));
  return raise === undefined ? { truth } : { truth, raise, delayMs: Math.max(0, raise.atMs - truth.fromMs) };
}

function allows(truth: Truth, raise: Raise): boolean {
  const isOfType = truth.detectedBy.includes(raise.type) || truth.alsoTrue?.includes(raise.type) === true;
  return isOfType && isWithin(truth, raise);
}

function isWithin(
  { fromMs, earliestMs = fromMs, untilMs, deviceId }: Truth,
  { atMs, deviceId: about }: Raise,
): boolean {
  if (deviceId !== undefined && deviceId !== about) return false;
  return atMs >= earliestMs - slackMs && atMs <= untilMs;
}
