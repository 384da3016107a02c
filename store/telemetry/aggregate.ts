import type { Metric } from '../../model/reading.ts';
import type { AggregatePoint, Bucketing, TimeRange } from '../contracts.ts';
import { Buckets, type Slice } from './buckets.ts';
import { damagedReading, inWords } from './damage.ts';
import { dayMs, dayOf, hourMs, hoursIn } from './day.ts';
import type { Ground } from './ground.ts';
import { dayIn, rangeOfReadings, rangeOfRolled, takenAtIn } from './keys.ts';
import { metricIn } from './reading-row.ts';
import { firstOpenDay, rollDay } from './rolling.ts';
import { isWhole } from './rows.ts';
import { chunks, firstKey, type Row, scan } from './scan.ts';

/**
 * One question. Whole hours of days that are over come from their roll-ups, made now when they are not there; everything
 * else, and buckets that no hour fits into, from the readings.
 */
export class Aggregation {
  readonly #ground: Ground;
  readonly #subjectId: string;
  readonly #metric: Metric;
  readonly #buckets: Buckets;
  readonly #inHours: boolean;

  constructor(ground: Ground, subjectId: string, metric: Metric, bucketing: Bucketing) {
    this.#ground = ground;
    this.#subjectId = subjectId;
    this.#metric = metric;
    this.#buckets = new Buckets(bucketing);
    this.#inHours = bucketing.everyMs % hourMs === 0;
  }

  async *over(range: TimeRange): AsyncGenerator<AggregatePoint> {
    const parts = this.#inHours ? this.#days(await this.#clipped(range)) : this.#values(range);
    for await (const _ of parts) yield* this.#buckets.full();
    yield* this.#buckets.end();
  }

  /** Where the subject has readings at all: somebody may ask from 1970 on. */
  async #clipped(range: TimeRange): Promise<TimeRange> {
    const { db } = this.#ground.opened();
    const keys = rangeOfReadings(this.#subjectId, range);
    const first = await firstKey(db, keys, this.#ground.damage);
    const last = await firstKey(db, { ...keys, reverse: true }, this.#ground.damage);
    if (first === undefined || last === undefined) return { fromMs: range.fromMs, toMs: range.fromMs };
    return { fromMs: Math.max(range.fromMs, takenAtIn(first)), toMs: Math.min(range.toMs, takenAtIn(last) + 1) };
  }

  async *#days({ fromMs, toMs }: TimeRange): AsyncGenerator<void> {
    let atMs = fromMs;
    const rolled = rangeOfRolled('a', this.#subjectId, dayOf(fromMs), dayOf(toMs - 1) + 1);
    for await (const row of scan(this.#ground.opened().db, rolled, this.#ground.damage)) {
      const startMs = dayIn(row[0]) * dayMs;
      yield* this.#unrolled({ fromMs: atMs, toMs: Math.min(startMs, toMs) });
      atMs = Math.min(startMs + dayMs, toMs);
      yield* this.#rolled(row, { fromMs: Math.max(startMs, fromMs), toMs: atMs });
    }
    yield* this.#unrolled({ fromMs: atMs, toMs });
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
      yield* row === undefined ? this.#values(part) : this.#rolled(row, part);
      atMs = part.toMs;
    }
  }

  async *#rolled([key, value]: Row, part: TimeRange): AsyncGenerator<void> {
    const hours = this.#hoursOf(key, value);
    const wholeFromMs = Math.ceil(part.fromMs / hourMs) * hourMs;
    const wholeToMs = Math.floor(part.toMs / hourMs) * hourMs;
    if (hours === undefined || wholeFromMs >= wholeToMs) {
      yield* this.#values(part);
      return;
    }
    yield* this.#values({ fromMs: part.fromMs, toMs: wholeFromMs });
    for (const hour of hours) if (hour.atMs >= wholeFromMs && hour.atMs < wholeToMs) this.#buckets.addSlice(hour);
    yield;
    yield* this.#values({ fromMs: wholeToMs, toMs: part.toMs });
  }

  /** Undefined when an hour does not lie in one bucket (half an hour off UTC), or the row is damaged. */
  #hoursOf(key: string, value: string): Slice[] | undefined {
    if (!isWhole(key, value)) {
      this.#ground.damage.add({
        what: 'a roll-up is damaged; readings were asked instead',
        where: inWords(key, 'row'),
      });
      return undefined;
    }
    const hours = hoursIn(value, this.#metric, dayIn(key) * dayMs);
    const fit = ({ atMs }: Slice) => this.#buckets.startOf(atMs) === this.#buckets.startOf(atMs + hourMs - 1);
    return hours.every(fit) ? hours : undefined;
  }

  async *#values(range: TimeRange): AsyncGenerator<void> {
    if (range.fromMs >= range.toMs) return;
    const keys = rangeOfReadings(this.#subjectId, range);
    for await (const rows of chunks(this.#ground.opened().db, keys, this.#ground.damage)) {
      for (const [key, value] of rows) this.#value(key, value);
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
