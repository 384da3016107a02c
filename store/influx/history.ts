import { AppError } from '../../model/errors.ts';
import type { Metric, Reading } from '../../model/reading.ts';
import type {
  AggregatePoint,
  Bucketing,
  History,
  HistoryStatistics,
  MetricPoint,
  Purpose,
  TimeRange,
  TrackPoint,
} from '../contracts.ts';
import type { Slice } from '../telemetry/buckets.ts';
import { joined, sliceMs } from './buckets.ts';
import { Deletion } from './deletion.ts';
import { eraseSubject } from './eraser.ts';
import { bounded, identifier, isTag, within } from './influxql.ts';
import { type Cell, InfluxQuery, type Row } from './query.ts';
import { delayField, fieldNamesOf, lineOf, measurement, pointsOf } from './schema.ts';
import type { InfluxServer } from './server.ts';
import { servedBy } from './serves.ts';
import { type InfluxWriter, openInfluxWriter } from './writer.ts';

export type InfluxHistory = History & { close(): void };

const readingsPerWrite = 2_000;
/** A question about more subjects is asked in parts: the time it takes grows with the square of the list (measured on 1.6.7). */
const subjectsPerQuestion = 200;
const writeTimeoutMs = 30_000;

/**
 * History in an InfluxDB 1.8, 2.x or 3.x: written to the v2 endpoint, read with InfluxQL.
 * Nothing is asked of the server yet. Every answer may be AppError `unavailable` with what the server said.
 */
export function openInfluxHistory(server: InfluxServer): InfluxHistory {
  return new InfluxDbHistory(server);
}

class InfluxDbHistory implements InfluxHistory {
  readonly #server: InfluxServer;
  readonly #query: InfluxQuery;
  readonly #writer: InfluxWriter;
  readonly #deletion: Deletion;
  /** How far each purpose has been let go, so that what counts a reading goes with its last; the next round knows it again. */
  readonly #expired = new Map<Purpose, number>();

  constructor(server: InfluxServer) {
    this.#server = server;
    this.#query = new InfluxQuery(server);
    this.#writer = openInfluxWriter(server, { timeoutMs: writeTimeoutMs });
    this.#deletion = new Deletion(server, this.#query);
  }

  async append(readings: readonly Reading[]): Promise<void> {
    for (let at = 0; at < readings.length; at += readingsPerWrite) {
      const lines = readings
        .slice(at, at + readingsPerWrite)
        .flatMap(pointsOf)
        .map(lineOf);
      const result = await this.#writer.write(lines);
      if (result.outcome !== 'written') {
        throw new AppError('unavailable', `InfluxDB did not take the readings: ${result.reason}`);
      }
    }
  }

  async *metric(subjectId: string, metric: Metric, range: TimeRange): AsyncGenerator<MetricPoint> {
    const question = `SELECT ${columns(metric, 'device')} ${from(subjectId, range)}`;
    for await (const { cells } of this.#query.rows(question)) yield pointAt(cells);
  }

  async *track(subjectId: string, range: TimeRange): AsyncGenerator<TrackPoint> {
    const question = `SELECT ${columns('lat', 'lon', 'accuracyM', 'device')} ${from(subjectId, range)}`;
    for await (const { cells } of this.#query.rows(question)) yield placeAt(cells);
  }

  aggregate(subjectId: string, metric: Metric, range: TimeRange, bucketing: Bucketing): AsyncGenerator<AggregatePoint> {
    const field = identifier(metric);
    const each = ['sum', 'min', 'max', 'count', 'last'].map((name) => `${name}(${field})`).join(', ');
    const slices = `GROUP BY time(${sliceMs(bucketing, range)}ms) fill(none)`;
    return joined(this.#slices(`SELECT ${each} ${from(subjectId, range)} ${slices}`), bucketing);
  }

  async latestPositions(subjectIds: readonly string[], atMs: number, withinMs: number) {
    const found = new Map<string, TrackPoint>();
    const wanted = `last("lat") AS "lat", ${columns('lon', 'accuracyM', 'device')}`;
    for await (const { tags, cells } of this.#latest(wanted, subjectIds, atMs, withinMs)) {
      found.set(tags.subject ?? '', placeAt(cells));
    }
    return found;
  }

  async latestValues(subjectIds: readonly string[], metric: Metric, atMs: number, withinMs: number) {
    const found = new Map<string, MetricPoint>();
    const wanted = `last(${identifier(metric)}) AS "value", "device"`;
    for await (const { tags, cells } of this.#latest(wanted, subjectIds, atMs, withinMs)) {
      found.set(tags.subject ?? '', pointAt(cells));
    }
    return found;
  }

  /** Resolves with how many points it were: a reading of several purposes is several. */
  async expire(purpose: Purpose, beforeMs: number, atMost: number): Promise<number> {
    this.#expired.set(purpose, Math.max(beforeMs, this.#expired.get(purpose) ?? 0));
    let gone = 0;
    for (const serves of await this.#combinations()) {
      if (gone >= atMost || !servedBy(serves).includes(purpose)) continue;
      gone += await this.#expireThese(serves, atMost - gone);
    }
    return gone;
  }

  erase(subjectId: string): Promise<number> {
    return eraseSubject(this.#server, this.#query, subjectId);
  }

  async statistics(): Promise<HistoryStatistics> {
    let readings = 0;
    let subjects = 0;
    const question = `SELECT count(${identifier(delayField)}) FROM ${identifier(measurement)} GROUP BY "subject"`;
    for await (const { cells } of this.#query.rows(question)) {
      readings += Number(cells[1]);
      subjects += 1;
    }
    const [oldestMs, newestMs] = [await this.#edge('first'), await this.#edge('last')];
    return { readings, subjects, oldestMs, newestMs, bytesOnDisk: undefined };
  }

  close(): void {
    this.#query.close();
    this.#writer.close();
  }

  async *#slices(question: string): AsyncGenerator<Slice> {
    for await (const { cells } of this.#query.rows(question)) {
      const [atMs = 0, sum = 0, min = 0, max = 0, count = 0, last = 0] = cells.map(Number);
      // Some servers tell of empty slices all the same.
      if (count > 0) yield { atMs, sum, min, max, count, last };
    }
  }

  async *#latest(wanted: string, subjectIds: readonly string[], atMs: number, withinMs: number): AsyncGenerator<Row> {
    const range = within({ fromMs: atMs - withinMs, toMs: atMs + 1 });
    for (let at = 0; at < subjectIds.length; at += subjectsPerQuestion) {
      const these = isTag('subject', subjectIds.slice(at, at + subjectsPerQuestion));
      yield* this.#query.rows(
        `SELECT ${wanted} FROM ${identifier(measurement)} WHERE ${these} AND ${range} GROUP BY "subject"`,
      );
    }
  }

  async #combinations(): Promise<string[]> {
    const found: string[] = [];
    const question = `SHOW TAG VALUES FROM ${identifier(measurement)} WITH KEY = "serves"`;
    for await (const { cells } of this.#query.rows(question)) found.push(String(cells.at(-1)));
    return found;
  }

  /** Of one purpose or combination of purposes, as far as all of them have been let go. */
  async #expireThese(serves: string, atMost: number): Promise<number> {
    const all = servedBy(serves);
    const beforeMs = Math.min(...all.map((purpose) => this.#expired.get(purpose) ?? 0));
    const these = `${isTag('serves', [serves])} AND time < ${bounded(beforeMs)}ms`;
    const [only] = all;
    const names = only === undefined || all.length > 1 ? [delayField] : fieldNamesOf(only);
    const question = `SELECT ${columns(...names)} FROM ${identifier(measurement)} WHERE ${these} LIMIT ${atMost}`;
    let count = 0;
    let newest: Cell = null;
    for await (const { cells } of this.#query.rows(question, 'text')) {
      count += 1;
      newest = cells[0] ?? null;
    }
    if (newest !== null) await this.#deletion.of({ serves }, String(newest));
    return count;
  }

  async #edge(which: 'first' | 'last'): Promise<number | undefined> {
    const question = `SELECT ${which}(${identifier(delayField)}) FROM ${identifier(measurement)}`;
    for await (const { cells } of this.#query.rows(question)) return Number(cells[0]);
    return undefined;
  }
}

function columns(...names: string[]): string {
  return names.map(identifier).join(', ');
}

function from(subjectId: string, range: TimeRange): string {
  return `FROM ${identifier(measurement)} WHERE ${isTag('subject', [subjectId])} AND ${within(range)}`;
}

function pointAt([atMs, value, deviceId]: readonly Cell[]): MetricPoint {
  return { atMs: Number(atMs), value: Number(value), deviceId: String(deviceId) };
}

function placeAt([atMs, lat, lon, accuracyM, deviceId]: readonly Cell[]): TrackPoint {
  const accuracy = accuracyM === null ? {} : { accuracyM: Number(accuracyM) };
  return { atMs: Number(atMs), lat: Number(lat), lon: Number(lon), ...accuracy, deviceId: String(deviceId) };
}
