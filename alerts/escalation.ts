import { createHash } from 'node:crypto';
import type { Alert, Severity } from '../model/alert.ts';
import { minuteOf, nextLocal, scheduleHolds } from '../model/local-time.ts';
import { handlingOf } from './decision.ts';
import type { Steps } from './policy/defaults.ts';

/** Why the next step is taken: nobody answered in time, nothing could be delivered, or whoever had it did nothing. */
export type EscalationCause = 'silence' | 'undelivered' | 'noProgress';

/**
 * When the next step of the policy is due unless somebody answers. Derived from what is stored, so a restart re-arms it,
 * and a step missed meanwhile counts from when it was due. P3 and lesser wait for the end of quiet hours.
 */
export function stepDueAtMs(alert: Alert, policy: Steps | undefined, timeZone: string): number | undefined {
  if (handlingOf(alert).waitingSinceMs === undefined || policy === undefined) return undefined;
  const { waitingSinceMs = 0, stage = 0, round = 0 } = handlingOf(inStep(alert, policy));
  const step = policy.steps[stage];
  if (step !== undefined) return afterQuietHours(alert.severity, policy, timeZone, waitingSinceMs + step.afterS * 1000);
  if (policy.again === undefined || round >= policy.again.times) return undefined;
  return waitingSinceMs + (lastStepS(policy) + policy.again.afterS) * 1000;
}

function lastStepS({ steps }: Steps): number {
  return steps.at(-1)?.afterS ?? 0;
}

function afterQuietHours(severity: Severity, { quietHours }: Steps, timeZone: string, dueAtMs: number): number {
  if (quietHours === undefined || severity <= 'P2' || !scheduleHolds(quietHours, timeZone, dueAtMs)) return dueAtMs;
  return nextLocal(timeZone, minuteOf(quietHours.to), dueAtMs);
}

/** The run of the policy begins: at its first step, or at `stage` when the earlier ones are done. */
export function begun(alert: Alert, nowMs: number, stage = 0): Alert {
  const { round: _round, run: _run, passedBy: _passedBy, ...handling } = handlingOf(alert);
  return { ...alert, handling: { ...handling, waitingSinceMs: nowMs, stage } };
}

/**
 * The alert with its place among these steps. They are not those it was last told by when a policy was written, or a
 * resident moved, while it ran: then what comes next is the first step later than the last one that was taken.
 */
export function inStep(alert: Alert, { steps }: Steps): Alert {
  const handling = handlingOf(alert);
  const { run } = handling;
  if (run === undefined || run.of === nameOf(steps)) return alert;
  const next = steps.findIndex(({ afterS }) => afterS > run.doneS);
  const stage = next < 0 ? steps.length : next;
  return { ...alert, handling: { ...handling, stage, run: { ...run, of: nameOf(steps) } } };
}

const names = new WeakMap<Steps['steps'], string>();

function nameOf(steps: Steps['steps']): string {
  const name = names.get(steps) ?? createHash('sha256').update(JSON.stringify(steps)).digest('base64url').slice(0, 12);
  names.set(steps, name);
  return name;
}

/** A step that has nobody to tell needs no moment of its own; it does not count as taken. */
export function stepSkipped(alert: Alert): Alert {
  const handling = handlingOf(alert);
  return { ...alert, handling: { ...handling, stage: (handling.stage ?? 0) + 1 } };
}

/** One step further; past the last one, from the beginning again, to everybody as if nobody had been told. */
export function stepTaken(alert: Alert, policy: Steps): Alert {
  const handling = handlingOf(alert);
  const { stage = 0, round = 0, waitingSinceMs = 0 } = handling;
  const step = policy.steps[stage];
  if (step !== undefined) {
    const run = { of: nameOf(policy.steps), doneS: step.afterS };
    return { ...alert, handling: { ...handling, stage: stage + 1, run } };
  }
  const { run: _run, passedBy: _passedBy, ...rest } = handling;
  const beganMs = waitingSinceMs + (lastStepS(policy) + (policy.again?.afterS ?? 0)) * 1000;
  return { ...alert, handling: { ...rest, steps: [], stage: 0, round: round + 1, waitingSinceMs: beganMs } };
}

/** Is there a step to come, in this round, that could tell somebody new? */
export function hasStepsLeft(alert: Alert, policy: Steps): boolean {
  const { stage = 0 } = handlingOf(inStep(alert, policy));
  return policy.steps.some(({ target }, index) => index >= stage && target !== 'sameContacts');
}

/** The next step that tells somebody new is due now, and those after it keep their distance from it. */
export function hurried(alert: Alert, policy: Steps, nowMs: number): Alert {
  const { stage = 0 } = handlingOf(alert);
  return dueNow(alert, policy, nowMs, (index) => index >= stage && policy.steps[index]?.target !== 'sameContacts');
}

/** Everything up to the centre's step is due now: somebody took it in hand and nothing came of it. */
export function hurriedToTheCentre(alert: Alert, policy: Steps, nowMs: number): Alert {
  const { stage = 0 } = handlingOf(alert);
  const centre = policy.steps.findLastIndex(({ target }) => target === 'centre');
  const last = centre >= 0 ? centre : policy.steps.length - 1;
  const from = stage > last ? last : stage; // told before: told once more
  const waitingSinceMs = nowMs - (policy.steps[last]?.afterS ?? 0) * 1000;
  return { ...alert, handling: { ...handlingOf(alert), waitingSinceMs, stage: from } };
}

function dueNow(alert: Alert, policy: Steps, nowMs: number, isMeant: (index: number) => boolean): Alert {
  const found = policy.steps.findIndex((_step, index) => isMeant(index));
  const stage = found < 0 ? policy.steps.length : found;
  const waitingSinceMs = nowMs - (policy.steps[stage]?.afterS ?? lastStepS(policy)) * 1000;
  return { ...alert, handling: { ...handlingOf(alert), waitingSinceMs, stage } };
}

/**
 * The same alert, unless the clock was set back since the run began: then it is taken to be as far as its last step, and
 * the next is not an hour later for it.
 */
export function waitingNoLaterThan(alert: Alert, policy: Steps | undefined, nowMs: number): Alert {
  const handling = handlingOf(alert);
  const { waitingSinceMs, stage = 0 } = handling;
  if (waitingSinceMs === undefined || waitingSinceMs <= nowMs) return alert;
  const doneS = policy?.steps[stage - 1]?.afterS ?? 0;
  return { ...alert, handling: { ...handling, waitingSinceMs: nowMs - doneS * 1000 } };
}
