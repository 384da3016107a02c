import type { Metric, Reading } from '../../model/reading.ts';
import type {
  AggregatePoint,
  Bucketing,
  History,
  HistoryStatistics,
  MetricPoint,
  Purpose,
  TelemetryStore,
  TimeRange,
  TrackPoint,
} from '../contracts.ts';
import { Aggregation } from './aggregate.ts';
import { damagedReading } from './damage.ts';
import type { Ground } from './ground.ts';
import { rangeOfReadings } from './keys.ts';
import type { LatestOf } from './latest.ts';
import { decodeReading, metricPointIn, trackPointIn } from './reading-row.ts';
import { Removal } from './removal.ts';
import { firstOpenDay, rollDay } from './rolling.ts';
import { isWhole } from './rows.ts';
import { chunks, fewRows, type ScanOptions, scan } from './scan.ts';
import { statisticsOf } from './statistics.ts';

/** Searches under way at a time: LevelDB's binding has four threads. */
const searchesAtATime = 16;

type PointIn<P> = (key: string, value: string) => P | undefined;

/** The questions about what devices said, answered from LevelDB. */
export class LevelHistory implements Omit<History, 'append'> {
  readonly #ground: Ground;
  readonly #removal: Removal;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#removal = new Removal(ground);
  }

  /** After each commit. */
  committed(readings: readonly Reading[]): void {
    this.#ground.opened().latest.committed(readings);
  }

  track(subjectId: string, range: TimeRange): AsyncGenerator<TrackPoint> {
    return this.#points(subjectId, range, trackPointIn);
  }

  metric(subjectId: string, metric: Metric, range: TimeRange): AsyncGenerator<MetricPoint> {
    return this.#points(subjectId, range, (key, value) => metricPointIn(key, value, metric));
  }

  async *readings(subjectId: string, range: TimeRange): AsyncGenerator<Reading> {
    yield* this.#whole(rangeOfReadings(subjectId, range));
  }

  /** The newest at or before the moment that satisfies `wanted`. */
  async latest(
    subjectId: string,
    wanted: (reading: Reading) => boolean,
    atMs: number,
    withinMs: number,
  ): Promise<Reading | undefined> {
    const range = rangeOfReadings(subjectId, { fromMs: atMs - withinMs, toMs: atMs + 1 });
    for await (const reading of this.#whole({ ...range, reverse: true, firstRows: fewRows }))
      if (wanted(reading)) return reading;
    return undefined;
  }

  aggregate(subjectId: string, metric: Metric, range: TimeRange, bucketing: Bucketing): AsyncGenerator<AggregatePoint> {
    return new Aggregation(this.#ground, subjectId, metric, bucketing).over(range);
  }

  latestPositions(subjectIds: readonly string[], atMs: number, withinMs: number): Promise<Map<string, TrackPoint>> {
    return this.#newest(subjectIds, this.#ground.opened().latest.positions, atMs, withinMs, trackPointIn);
  }

  latestValues(
    subjectIds: readonly string[],
    metric: Metric,
    atMs: number,
    withinMs: number,
  ): Promise<Map<string, MetricPoint>> {
    const latest = this.#ground.opened().latest.ofMetric(metric);
    return this.#newest(subjectIds, latest, atMs, withinMs, (key, value) => metricPointIn(key, value, metric));
  }

  expire(purpose: Purpose, beforeMs: number, atMost: number): Promise<number> {
    return this.#removal.expire(purpose, beforeMs, atMost);
  }

  erase(subjectId: string): Promise<number> {
    return this.#removal.erase(subjectId);
  }

  statistics(): Promise<HistoryStatistics> {
    return statisticsOf(this.#ground);
  }

  async rollUp(atMost: number): Promise<number> {
    const past = this.#ground.opened().unrolled.past(firstOpenDay(this.#ground.newestMs()), atMost);
    for (const [subjectId, day] of past) await rollDay(this.#ground, subjectId, day);
    return past.length;
  }

  async *#whole(range: ScanOptions): AsyncGenerator<Reading> {
    const { damage } = this.#ground;
    for await (const [key, value] of scan(this.#ground.opened().db, range, damage)) {
      const reading = decodeReading(key, value);
      if (reading === undefined) damage.add(damagedReading(key));
      else yield reading;
    }
  }

  async *#points<P>(subjectId: string, range: TimeRange, pointIn: PointIn<P>): AsyncGenerator<P> {
    const { damage } = this.#ground;
    for await (const rows of chunks(this.#ground.opened().db, rangeOfReadings(subjectId, range), damage)) {
      for (const [key, value] of rows) {
        if (!isWhole(key, value)) damage.add(damagedReading(key));
        else {
          const point = pointIn(key, value);
          if (point !== undefined) yield point;
        }
      }
    }
  }

  async #newest<P extends { readonly atMs: number }>(
    subjectIds: readonly string[],
    latest: LatestOf<P>,
    atMs: number,
    withinMs: number,
    pointIn: PointIn<P>,
  ): Promise<Map<string, P>> {
    const found = new Map<string, P>();
    const waiting = [...subjectIds].values();
    const work = async (): Promise<void> => {
      for (const subjectId of waiting) {
        const search = (fromMs: number, toMs: number) => this.#searchBack(subjectId, fromMs, toMs, pointIn);
        const point = await latest.find(subjectId, atMs - withinMs, atMs, search);
        if (point !== undefined) found.set(subjectId, point);
      }
    };
    await Promise.all(Array.from({ length: searchesAtATime }, work));
    return found;
  }

  async #searchBack<P>(subjectId: string, fromMs: number, toMs: number, pointIn: PointIn<P>): Promise<P | undefined> {
    const range = { ...rangeOfReadings(subjectId, { fromMs, toMs: toMs + 1 }), reverse: true, firstRows: fewRows };
    for await (const rows of chunks(this.#ground.opened().db, range, this.#ground.damage)) {
      for (const [key, value] of rows) {
        const point = isWhole(key, value) ? pointIn(key, value) : undefined;
        if (point !== undefined) return point;
      }
    }
    return undefined;
  }
}

/** The telemetry store as a history, for whoever has readings and nothing else to commit. */
export function levelHistory(store: TelemetryStore): History {
  return {
    append: (readings) => store.commit({ readings, states: new Map(), signals: [], quarantined: [] }),
    metric: (...asked) => store.metric(...asked),
    track: (...asked) => store.track(...asked),
    aggregate: (...asked) => store.aggregate(...asked),
    latestPositions: (...asked) => store.latestPositions(...asked),
    latestValues: (...asked) => store.latestValues(...asked),
    expire: (...asked) => store.expire(...asked),
    erase: (subjectId) => store.erase(subjectId),
    statistics: () => store.statistics(),
  };
}
