import type { Alert } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { nextWordAtMs } from './by-time.ts';
import { leftHome } from './device-gone.ts';
import type { Log } from './log.ts';

/**
 * When time has the next word about each open alert, worked out once per revision: the desk looks twice a second, and
 * thousands may be open. Worked out again when policies or the area tree change, when a device leaves a home, and when the
 * clock was set back.
 */
export class NextWords {
  readonly #directory: Directory;
  readonly #timeZone: string;
  #atMs = new WeakMap<Alert, number>();
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  /** `timeZone`: IANA name, for quiet hours. */
  constructor(directory: Directory, timeZone: string) {
    this.#directory = directory;
    this.#timeZone = timeZone;
    directory.onChange((change, before) => {
      if (change.kind === 'policies' || change.kind === 'areas' || leftHome(change, before)) this.#atMs = new WeakMap();
    });
  }

  /** Those whose time has come, in their order; all that wait when the clock went back. */
  due(open: Iterable<Alert>, nowMs: number, log: Log): Alert[] {
    const isSetBack = nowMs < this.#lookedAtMs;
    this.#lookedAtMs = nowMs;
    if (isSetBack) {
      this.#atMs = new WeakMap();
      return [...open];
    }
    return [...open].filter((alert) => this.#atMsOf(alert, nowMs, log) <= nowMs);
  }

  #atMsOf(alert: Alert, nowMs: number, log: Log): number {
    const kept = this.#atMs.get(alert);
    if (kept !== undefined) return kept;
    const atMs = this.#workedOut(alert, nowMs, log);
    this.#atMs.set(alert, atMs);
    return atMs;
  }

  /** An alert that cannot be read is looked at each time, and harms no other. */
  #workedOut(alert: Alert, nowMs: number, log: Log): number {
    try {
      const { waitingSinceMs = nowMs, progressAtMs = nowMs } = alert.handling ?? {};
      // What began later than now was begun before the clock was set back: to be looked at.
      if (Math.max(waitingSinceMs, progressAtMs) > nowMs) return nowMs;
      return nextWordAtMs(alert, { directory: this.#directory, timeZone: this.#timeZone, nowMs });
    } catch (error) {
      log.error({ alertId: alert.id, error: String(error) }, 'the next deadline of an alert could not be worked out');
      return nowMs;
    }
  }
}
