import type { Watch } from '../rules/watch.ts';
import type { Log } from './log.ts';

/** Smaller steps are a clock being kept right. */
const jumpMs = 5_000;

/** Notices when the clock of the machine is set, or the machine slept: its time and a clock that only runs on part ways. */
export class ClockWatch {
  readonly #clock: () => number;
  readonly #steadyClock: () => number;
  #apartMs: number;

  constructor(clock: () => number, steadyClock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#steadyClock = steadyClock;
    this.#apartMs = clock() - steadyClock();
  }

  /** By how much the clock jumped since the last look, ms; negative when it was set back, 0 when it runs on. */
  look(): number {
    const apartMs = this.#clock() - this.#steadyClock();
    const byMs = apartMs - this.#apartMs;
    this.#apartMs = apartMs;
    return Math.abs(byMs) < jumpMs ? 0 : byMs;
  }
}

/** The clock was set, or the machine slept: nobody was silent meanwhile, and nothing is due an hour later for it. */
export function clockJumped(
  byMs: number,
  nowMs: number,
  engine: Pick<Watch, 'clockSetBack' | 'listensSince'>,
  log: Log,
): void {
  log.warn({ byMs }, 'the clock of this machine jumped');
  if (byMs < 0) engine.clockSetBack(-byMs);
  else engine.listensSince(nowMs);
}
