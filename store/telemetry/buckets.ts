import type { Mutable } from '../../model/mutable.ts';
import type { AggregatePoint, Bucketing, TimeRange } from '../contracts.ts';
import { type Calendar, calendarOf } from './calendar.ts';

/** What is known of the values from a moment on; enough to join it with what follows. */
export type Slice = {
  readonly atMs: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly last: number;
};

/**
 * Puts values, in order of time, into buckets that are whole on the wall clock. When the clocks change within a bucket,
 * it began at what the clock showed then; when they change by a whole bucket or more, the hour that comes twice is two.
 */
export class Buckets {
  readonly everyMs: number;
  readonly #calendar: Calendar;
  #open: Mutable<Slice> | undefined;
  /** What is earlier than this is in the open bucket. */
  #sureUntilMs = Number.NEGATIVE_INFINITY;
  #full: AggregatePoint[] = [];

  constructor({ everyMs, timeZone }: Bucketing) {
    this.everyMs = everyMs;
    this.#calendar = calendarOf(timeZone);
  }

  /** Where the bucket of a moment begins. */
  startOf(atMs: number): number {
    const { aheadMs } = this.#calendar.at(atMs);
    const startMs = this.#wholeBefore(atMs, aheadMs);
    const changeMs = aheadMs - this.#calendar.at(startMs).aheadMs;
    return Math.abs(changeMs) < this.everyMs ? startMs + changeMs : startMs;
  }

  /** Does every slice of a range that lies within one week, counted from its beginning, lie in one bucket? */
  fits(sliceMs: number, { fromMs, toMs }: TimeRange): boolean {
    if (this.everyMs % sliceMs !== 0) return false;
    const { aheadMs, untilMs } = this.#calendar.at(fromMs);
    if (untilMs >= toMs) return aheadMs % sliceMs === 0;
    for (let atMs = fromMs; atMs < toMs; atMs += sliceMs)
      if (this.startOf(atMs) !== this.startOf(atMs + sliceMs - 1)) return false;
    return true;
  }

  addValue(atMs: number, value: number): void {
    const open = this.#at(atMs);
    open.sum += value;
    open.count += 1;
    if (value < open.min) open.min = value;
    if (value > open.max) open.max = value;
    open.last = value;
  }

  /** The whole slice lies in one bucket. */
  addSlice({ atMs, sum, min, max, count, last }: Slice): void {
    const open = this.#at(atMs);
    open.sum += sum;
    open.count += count;
    open.min = Math.min(open.min, min);
    open.max = Math.max(open.max, max);
    open.last = last;
  }

  /** Buckets to which nothing can be added any more, each given once. */
  full(): AggregatePoint[] {
    const full = this.#full;
    this.#full = [];
    return full;
  }

  /** After the last value. */
  end(): AggregatePoint[] {
    this.#close();
    return this.full();
  }

  #at(atMs: number): Mutable<Slice> {
    if (this.#open !== undefined && atMs < this.#sureUntilMs) return this.#open;
    const startMs = this.startOf(atMs);
    const { aheadMs, untilMs } = this.#calendar.at(atMs);
    this.#sureUntilMs = Math.min(this.#wholeBefore(atMs, aheadMs) + this.everyMs, untilMs);
    if (this.#open?.atMs === startMs) return this.#open;
    this.#close();
    const fresh = { sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, count: 0, last: 0 };
    this.#open = { atMs: startMs, ...fresh };
    return this.#open;
  }

  #wholeBefore(atMs: number, aheadMs: number): number {
    return Math.floor((atMs + aheadMs) / this.everyMs) * this.everyMs - aheadMs;
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { atMs, sum, min, max, count, last } = this.#open;
    this.#full.push({ atMs, mean: sum / count, min, max, count, last });
    this.#open = undefined;
  }
}
