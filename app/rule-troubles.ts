import type { RuleTrouble } from '../rules/engine.ts';
import type { Log } from './log.ts';

/** One line for each rule in so long: a rule that breaks at every reading must not fill the log. */
const lineEveryMs = 1_000;

/** Counts the times rules broke, and says so in the log with rule and home. */
export class RuleTroubles {
  /** `rule_failures{rule="…"}` */
  readonly counters = new Map<string, number>();
  readonly #log: Log;
  readonly #steadyClock: () => number;
  readonly #saidAtMs = new Map<string, number>();

  constructor(log: Log, steadyClock: () => number = () => performance.now()) {
    this.#log = log;
    this.#steadyClock = steadyClock;
  }

  note({ rule, subjectId, error }: RuleTrouble): void {
    const name = `rule_failures_total{rule="${rule}"}`;
    this.counters.set(name, (this.counters.get(name) ?? 0) + 1);
    const nowMs = this.#steadyClock();
    if (nowMs - (this.#saidAtMs.get(rule) ?? Number.NEGATIVE_INFINITY) < lineEveryMs) return;
    this.#saidAtMs.set(rule, nowMs);
    this.#log.error({ rule, subjectId, err: error }, 'a rule broke over one home; the others go on');
  }
}
