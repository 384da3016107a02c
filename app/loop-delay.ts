import { monitorEventLoopDelay } from 'node:perf_hooks';

type Histogram = ReturnType<typeof monitorEventLoopDelay>;

const resolutionMs = 10;
const windowMs = 60_000;

/** How long this process keeps everybody waiting: looked at every 10 ms, over the last minute and what has begun of the next. */
export class LoopDelay {
  readonly #histogram: Histogram;
  #sinceMs: number;
  readonly #clock: () => number;

  /** `clock` in ms, only forwards. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#sinceMs = clock();
    this.#histogram = monitorEventLoopDelay({ resolution: resolutionMs });
    this.#histogram.enable();
  }

  /** By its Prometheus name, in seconds. A look after a minute or more begins a new minute. */
  metrics(): ReadonlyMap<string, number> {
    const histogram = this.#histogram;
    const metrics = new Map([
      ['event_loop_delay_p50_seconds', secondsAt(histogram, 50)],
      ['event_loop_delay_p99_seconds', secondsAt(histogram, 99)],
      ['event_loop_delay_max_seconds', histogram.count === 0 ? 0 : beyondResolution(histogram.max)],
    ]);
    if (this.#clock() - this.#sinceMs >= windowMs) this.#begin();
    return metrics;
  }

  stop(): void {
    this.#histogram.disable();
  }

  #begin(): void {
    this.#sinceMs = this.#clock();
    this.#histogram.reset();
  }
}

function secondsAt(histogram: Histogram, percentile: number): number {
  return histogram.count === 0 ? 0 : beyondResolution(histogram.percentile(percentile));
}

/** The histogram holds the whole time between two looks, in ns; the time that was meant to pass is no delay. */
function beyondResolution(ns: number): number {
  return Math.max(0, ns - resolutionMs * 1e6) / 1e9;
}
