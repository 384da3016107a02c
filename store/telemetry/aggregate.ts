import type { Metric } from '../../model/reading.ts';
import type { AggregatePoint, Bucketing, TimeRange } from '../contracts.ts';
import { Buckets, type Slice } from './buckets.ts';
import { damagedReading, inWords } from './damage.ts';
import { dayMs, dayOf, denseFrom, fiveMinutes, type Grain, hours } from './day.ts';
import { slicesIn } from './day-row.ts';
import type { Ground } from './ground.ts';
import { dayIn, lastDay, rangeOfReadings, rangeOfRolled, takenAtIn } from './keys.ts';
import { metricIn } from './reading-row.ts';
import { firstOpenDay, rollDay } from './rolling.ts';
import { isWhole } from './rows.ts';
import { chunks, firstKey, type Row, scan } from './scan.ts';

/**
 * One question. Whole slices of days that are over come from their roll-ups, hours where they fit and five minutes
 * elsewhere, made when they are not there; everything else, and buckets that no slice fits into, from the readings.
 */
export class Aggregation {
  readonly #ground: Ground;
  readonly #subjectId: string;
  readonly #metric: Metric;
  readonly #buckets: Buckets;
  readonly #dense = new DenseDays();

  constructor(ground: Ground, subjectId: string, metric: Metric, bucketing: Bucketing) {
    this.#ground = ground;
    this.#subjectId = subjectId;
    this.#metric = metric;
    this.#buckets = new Buckets(bucketing);
  }

  async *over(range: TimeRange): AsyncGenerator<AggregatePoint> {
    for await (const _ of this.#parts(range)) yield* this.#buckets.full();
    yield* this.#buckets.end();
    // Whoever asks first waits for it, at the end; the next one need not.
    const openDay = firstOpenDay(this.#ground.newestMs());
    for (const day of this.#dense.found) if (day < openDay) await rollDay(this.#ground, this.#subjectId, day);
  }

  async *#parts(range: TimeRange): AsyncGenerator<void> {
    if (this.#buckets.everyMs % fiveMinutes.sliceMs !== 0) {
      yield* this.#values(range);
      return;
    }
    const bounded = { fromMs: Math.max(range.fromMs, 0), toMs: Math.min(range.toMs, lastDay * dayMs) };
    // Where the question ends: somebody may ask from 1970 on, when the clocks were other ones.
    const newest = dayAround(Math.min(bounded.toMs - 1, this.#ground.newestMs()));
    yield* this.#buckets.fits(hours.sliceMs, newest) ? this.#inHours(bounded) : this.#inFiveMinutes(bounded);
  }

  async *#inHours(range: TimeRange): AsyncGenerator<void> {
    yield* this.#days(hours, range, (between) => this.#unrolled(between));
  }

  /** Days without such a row have few readings, or nobody has made it yet. */
  async *#inFiveMinutes(range: TimeRange): AsyncGenerator<void> {
    yield* this.#days(fiveMinutes, range, (between) => this.#values(between, this.#dense));
  }

  async *#days(
    grain: Grain,
    { fromMs, toMs }: TimeRange,
    between: (range: TimeRange) => AsyncGenerator<void>,
  ): AsyncGenerator<void> {
    let atMs = fromMs;
    const rolled = rangeOfRolled(grain.kind, this.#subjectId, dayOf(fromMs), dayOf(toMs - 1) + 1);
    for await (const row of scan(this.#ground.opened().db, rolled, this.#ground.damage)) {
      const startMs = dayIn(row[0]) * dayMs;
      yield* between({ fromMs: atMs, toMs: Math.min(startMs, toMs) });
      atMs = Math.min(startMs + dayMs, toMs);
      yield* this.#rolled(grain, row, { fromMs: Math.max(startMs, fromMs), toMs: atMs });
    }
    yield* between({ fromMs: atMs, toMs });
  }

  /** Days without a roll-up: those that are over get one. */
  async *#unrolled({ fromMs, toMs }: TimeRange): AsyncGenerator<void> {
    const openDay = firstOpenDay(this.#ground.newestMs());
    for (let atMs = fromMs; atMs < toMs; ) {
      const first = await firstKey(
        this.#ground.opened().db,
        rangeOfReadings(this.#subjectId, { fromMs: atMs, toMs }),
        this.#ground.damage,
      );
      if (first === undefined) return;
      const day = dayOf(takenAtIn(first));
      const part = { fromMs: Math.max(atMs, day * dayMs), toMs: Math.min((day + 1) * dayMs, toMs) };
      const row = day < openDay ? await rollDay(this.#ground, this.#subjectId, day) : undefined;
      yield* row === undefined ? this.#values(part) : this.#rolled(hours, row, part);
      atMs = part.toMs;
    }
  }

  async *#rolled(grain: Grain, [key, value]: Row, part: TimeRange): AsyncGenerator<void> {
    const { sliceMs } = grain;
    const slices = this.#slicesOf(grain, key, value);
    const wholeFromMs = Math.ceil(part.fromMs / sliceMs) * sliceMs;
    const wholeToMs = Math.floor(part.toMs / sliceMs) * sliceMs;
    if (slices === undefined || wholeFromMs >= wholeToMs) {
      yield* this.#values(part);
      return;
    }
    yield* this.#values({ fromMs: part.fromMs, toMs: wholeFromMs });
    for (const slice of slices) if (slice.atMs >= wholeFromMs && slice.atMs < wholeToMs) this.#buckets.addSlice(slice);
    yield;
    yield* this.#values({ fromMs: wholeToMs, toMs: part.toMs });
  }

  /** Undefined when a slice does not lie in one bucket, or the row is damaged. */
  #slicesOf(grain: Grain, key: string, value: string): Slice[] | undefined {
    if (!isWhole(key, value)) {
      this.#ground.damage.add({
        what: 'a roll-up is damaged; readings were asked instead',
        where: inWords(key, 'row'),
      });
      return undefined;
    }
    const fromMs = dayIn(key) * dayMs;
    if (!this.#buckets.fits(grain.sliceMs, { fromMs, toMs: fromMs + dayMs })) return undefined;
    return slicesIn(value, this.#metric, fromMs, grain);
  }

  async *#values(range: TimeRange, dense?: DenseDays): AsyncGenerator<void> {
    if (range.fromMs >= range.toMs) return;
    const keys = rangeOfReadings(this.#subjectId, range);
    for await (const rows of chunks(this.#ground.opened().db, keys, this.#ground.damage)) {
      for (const [key, value] of rows) this.#value(key, value);
      for (const [key] of dense === undefined ? [] : rows) dense?.note(takenAtIn(key));
      yield;
    }
  }

  #value(key: string, value: string): void {
    if (!isWhole(key, value)) {
      this.#ground.damage.add(damagedReading(key));
      return;
    }
    const found = metricIn(key, value, this.#metric);
    if (found !== undefined) this.#buckets.addValue(takenAtIn(key), found);
  }
}

/** Days, in order, of which so many readings were seen that five-minute slices are worth making. */
class DenseDays {
  readonly found: number[] = [];
  #day = -1;
  #readings = 0;

  note(takenAtMs: number): void {
    const day = dayOf(takenAtMs);
    this.#readings = day === this.#day ? this.#readings + 1 : 1;
    this.#day = day;
    if (this.#readings === denseFrom) this.found.push(day);
  }
}

function dayAround(atMs: number): TimeRange {
  const fromMs = dayOf(atMs) * dayMs;
  return { fromMs, toMs: fromMs + dayMs };
}
