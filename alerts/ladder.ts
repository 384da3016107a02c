import type { Notification } from '../model/notification.ts';

const seconds = (...rungs: number[]): readonly number[] => rungs.map((rung) => rung * 1000);
const [minute, hour] = [60, 3600];

/** Waits between attempts, after the Standard Webhooks specification. */
const ladderMs = seconds(5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour);
/** A life may hang on it: five quick attempts first. */
const ladderOfP1Ms = [...seconds(2, 5, 10, 20, 30), ...ladderMs.slice(1)];
/** A recipient may ask us to wait, but not for ever. */
const longestAskedWaitMs = { P1: 60_000, other: 3_600_000 };

/** A wait drawn by lot is never shorter: whoever fails at once must not be asked again at once. */
const shortestWaitMs = 500;

/** Is its next attempt due? One that lies further ahead than its longest wait was planned before the clock was set back. */
export function isDue(notification: Notification, nowMs: number): boolean {
  const leftMs = notification.nextAttemptAtMs - nowMs;
  const longestMs = waitMs(notification, 1, Number.POSITIVE_INFINITY) ?? 0;
  return leftMs <= 0 || leftMs > Math.max(longestMs, notification.heldForMs ?? 0);
}

/** Nothing is kept waiting for longer than the whole ladder takes. */
export function isTooOld({ queuedAtMs }: Pick<Notification, 'queuedAtMs'>, nowMs: number): boolean {
  return nowMs - queuedAtMs > ladderMs.reduce((sum, rung) => sum + rung, 0);
}

/**
 * How long to wait after the `attempts`-th attempt failed, in ms; undefined when it is time to give up.
 *
 * Full jitter: anything up to the rung is drawn by lot (`random` in 0..1), so that a thousand alerts that failed together
 * do not come back together. `askedMs` is what the recipient asked for (Retry-After).
 */
export function waitMs(
  { severity, attempts }: Pick<Notification, 'severity' | 'attempts'>,
  random: number,
  askedMs = 0,
): number | undefined {
  const rung = (severity === 'P1' ? ladderOfP1Ms : ladderMs)[attempts - 1];
  if (rung === undefined) return undefined;
  const mostMs = severity === 'P1' ? longestAskedWaitMs.P1 : longestAskedWaitMs.other;
  return Math.max(shortestWaitMs, Math.round(random * rung), Math.min(askedMs, mostMs));
}
