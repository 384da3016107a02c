import type { Signal } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { Metric, Reading } from '../../model/reading.ts';
import {
  type CommitBatch,
  CommitFailed,
  type DamageReport,
  type MetricPoint,
  type Quarantined,
  type TelemetryStore,
  type TimeRange,
  type TrackPoint,
} from '../contracts.ts';
import { type CommitRecord, followedBy } from './commits.ts';
import { DamageLog, inWords } from './damage.ts';
import { fill } from './fill.ts';
import { type LevelOptions, type Opened, openLevel } from './opening.ts';
import type { QuarantineLimits } from './quarantine.ts';
import { decodeJson, decodeReading, rangeOfPrefix, rangeOfReadings, stateKey, unseal } from './rows.ts';
import { getMany, scan } from './scan.ts';

export type TelemetryOptions = LevelOptions &
  QuarantineLimits & {
    /** Commits remembered one by one: more than LevelDB ever reads again from its logs. */
    readonly keptCommits: number;
  };

const defaults: TelemetryOptions = {
  writeBufferBytes: 64 * 1024 * 1024,
  cacheBytes: 64 * 1024 * 1024,
  maxOverall: 10_000,
  maxPerDevice: 100,
  keptCommits: 200_000,
};

/**
 * The embedded telemetry store in a folder of its own, made when missing.
 * Throws AppError `unavailable` with a sentence when the folder cannot be opened.
 */
export async function openTelemetry(dir: string, options: Partial<TelemetryOptions> = {}): Promise<TelemetryStore> {
  const settled = { ...defaults, ...options };
  const damage = new DamageLog();
  return new LevelTelemetry(dir, settled, damage, await openLevel(dir, settled, damage));
}

/**
 * States: *serving*; *failed* after a commit that did not reach the disk (every later one is refused, because what lies
 * in LevelDB's log is uncertain) until `reopen`; *closed*.
 */
class LevelTelemetry implements TelemetryStore {
  readonly #dir: string;
  readonly #options: TelemetryOptions;
  readonly #damage: DamageLog;
  #opened: Opened;
  #last: CommitRecord;
  #failure: unknown;
  /** Commits go to disk one after the other, so that their sequence has no hole after a crash. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dir: string, options: TelemetryOptions, damage: DamageLog, opened: Opened) {
    this.#dir = dir;
    this.#options = options;
    this.#damage = damage;
    this.#opened = opened;
    this.#last = opened.last;
  }

  get damage(): readonly DamageReport[] {
    return this.#damage.reports;
  }

  commit(batch: CommitBatch): Promise<void> {
    return this.#inTurn(async () => {
      const record = followedBy(this.#last, batch);
      await this.#write(() => fill(this.#opened, batch, record, this.#options.keptCommits), true);
      this.#last = record;
      this.#opened.mark.note(record);
    });
  }

  forgetSignals(signalIds: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      const { db, outbox } = this.#opened;
      const keys = outbox.keysOf(signalIds);
      if (keys.length === 0) return;
      // Not synced: a signal that comes back after a power cut is recognised by its id.
      await this.#write(() => keys.reduce((chain, key) => chain.del(key), db.batch()), false);
      outbox.forget(signalIds);
    });
  }

  async reopen(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#shut();
      this.#opened = await openLevel(this.#dir, this.#options, this.#damage);
      this.#last = this.#opened.last;
      this.#failure = undefined;
    });
  }

  async *states(): AsyncGenerator<readonly [subjectId: string, json: string]> {
    for await (const [key, value] of this.#scan(rangeOfPrefix('s'))) {
      const json = this.#whole(unseal(key, value), 'rule state', key);
      if (json !== undefined) yield [key.slice(2), json];
    }
  }

  async state(subjectId: string): Promise<string | undefined> {
    const key = stateKey(subjectId);
    const [value] = await getMany(this.#opened.db, [key], this.#damage);
    return value === undefined ? undefined : this.#whole(unseal(key, value), 'rule state', key);
  }

  async *pendingSignals(): AsyncGenerator<Signal> {
    for await (const [key, value] of this.#scan(rangeOfPrefix('o'))) {
      const signal = this.#whole(decodeJson<Signal>(key, value), 'signal', key);
      if (signal !== undefined) yield signal;
    }
  }

  async *readings(subjectId: string, range: TimeRange): AsyncGenerator<Reading> {
    for await (const [key, value] of this.#scan(rangeOfReadings(subjectId, range))) {
      const reading = this.#whole(decodeReading(key, value), 'reading', key);
      if (reading !== undefined) yield reading;
    }
  }

  async *track(subjectId: string, range: TimeRange): AsyncGenerator<TrackPoint> {
    for await (const { takenAtMs, deviceId, facts } of this.readings(subjectId, range)) {
      if (facts.position === undefined) continue;
      const { lat, lon, accuracyM } = facts.position;
      yield { atMs: takenAtMs, lat, lon, ...(accuracyM !== undefined && { accuracyM }), deviceId };
    }
  }

  async *metric(subjectId: string, metric: Metric, range: TimeRange): AsyncGenerator<MetricPoint> {
    for await (const { takenAtMs, deviceId, facts } of this.readings(subjectId, range)) {
      const value = facts[metric];
      if (value !== undefined) yield { atMs: takenAtMs, value: Number(value), deviceId };
    }
  }

  async latest(
    subjectId: string,
    wanted: (reading: Reading) => boolean,
    atMs: number,
    withinMs: number,
  ): Promise<Reading | undefined> {
    const range = rangeOfReadings(subjectId, { fromMs: atMs - withinMs, toMs: atMs + 1 });
    for await (const [key, value] of this.#scan({ ...range, reverse: true })) {
      const reading = this.#whole(decodeReading(key, value), 'reading', key);
      if (reading !== undefined && wanted(reading)) return reading;
    }
    return undefined;
  }

  async quarantined(filter: { readonly deviceId?: string; readonly limit: number }): Promise<Quarantined[]> {
    const { db, quarantine } = this.#opened;
    const keys = quarantine.newest(filter.deviceId, filter.limit);
    const values = await getMany(db, keys, this.#damage);
    return keys.flatMap((key, index) => {
      const value = values[index];
      if (value === undefined) return []; // evicted, or its commit is still on the way
      return this.#whole(decodeJson<Quarantined>(key, value), 'quarantined message', key) ?? [];
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#shut());
    this.#failure ??= new AppError('unavailable', 'the telemetry store is closed');
  }

  async #shut(): Promise<void> {
    await this.#opened.mark.close();
    await this.#opened.db.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** A write that fails may leave half a record in LevelDB's log; anything written after it could be lost on opening. */
  async #write(prepare: () => ReturnType<Opened['db']['batch']>, sync: boolean): Promise<void> {
    if (this.#failure !== undefined) throw new CommitFailed(this.#failure);
    try {
      await prepare().write({ sync });
    } catch (error) {
      this.#failure = error;
      throw new CommitFailed(error);
    }
  }

  #scan(range: Parameters<typeof scan>[1]): ReturnType<typeof scan> {
    return scan(this.#opened.db, range, this.#damage);
  }

  #whole<T>(row: T | undefined, what: string, key: string): T | undefined {
    if (row === undefined)
      this.#damage.add({ what: `a ${what} is damaged and was left out`, where: inWords(key, 'row') });
    return row;
  }
}
