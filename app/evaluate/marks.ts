import type { AlertType } from '../../model/alert.ts';
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
/** They concern places, not one person. */
const ofAreas: ReadonlySet<AlertType> = new Set<AlertType>(['areaOutage']);

/**
 * Holds what was said against what happened. A truth is found by the first raise of one of its types in its time; a
 * raise is a false alarm when it is news (one per alert and type) and no truth of that resident allows it then.
 */
export function marked(truths: readonly Truth[], raises: readonly Raise[]): Marks {
  const truthsOf = Map.groupBy(truths, ({ residentId }) => residentId);
  const raisesOf = Map.groupBy(raises, ({ residentId }) => residentId);
  const areaTruths = truths.filter(({ detectedBy }) => detectedBy.some((type) => ofAreas.has(type)));
  const areaRaises = raises.filter(({ type }) => ofAreas.has(type));
  const findings = truths.map((truth) => {
    const isArea = areaTruths.includes(truth);
    return findingOf(truth, isArea ? areaRaises : (raisesOf.get(truth.residentId) ?? []));
  });
  const isTrue = (raise: Raise) =>
    (ofAreas.has(raise.type) ? areaTruths : (truthsOf.get(raise.residentId) ?? [])).some((truth) =>
      allows(truth, raise),
    );
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

function isWithin({ fromMs, untilMs }: Truth, { atMs }: Raise): boolean {
  return atMs >= fromMs - slackMs && atMs <= untilMs;
}
