import type { Signal } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { Reading } from '../../model/reading.ts';
import type {
  AggregatePoint,
  CommitBatch,
  DamageReport,
  ErasedTraces,
  ForwardLog,
  History,
  HistoryStatistics,
  MetricPoint,
  Quarantined,
  TelemetrySnapshot,
  TelemetryStore,
  TimeRange,
  TrackPoint,
} from '../contracts.ts';
import { type CommitRecord, followedBy } from './commits.ts';
import { DamageLog, inWords } from './damage.ts';
import { begun, fill } from './fill.ts';
import { LevelForwardLog } from './forward-log.ts';
import type { Chain } from './ground.ts';
import { LevelHistory } from './history.ts';
import { rangeOfPrefix, stateKey } from './keys.ts';
import { type LevelOptions, type Opened, openLevel } from './opening.ts';
import type { QuarantineLimits } from './quarantine.ts';
import { decodeJson, unseal } from './rows.ts';
import { getMany, scan } from './scan.ts';
import { snapshotOf } from './snapshot.ts';
import { compact, forgetLogs, oldQuarantine, placesOf, tracesOf } from './traces.ts';
import { Writes } from './writes.ts';

export type TelemetryOptions = LevelOptions &
  QuarantineLimits & {
    /** Commits remembered one by one: more than LevelDB ever reads again from its logs. */
    readonly keptCommits: number;
    /** Remembers of each commit what a second store still has to be told (`forwardLog`). */
    readonly keepsForwardLog: boolean;
  };

const defaults: TelemetryOptions = {
  writeBufferBytes: 64 * 1024 * 1024,
  cacheBytes: 64 * 1024 * 1024,
  maxOverall: 10_000,
  maxPerDevice: 100,
  keptCommits: 200_000,
  keepsForwardLog: false,
};

/**
 * The embedded telemetry store in a folder of its own, made when missing.
 * Throws AppError `unavailable` with a sentence when the folder cannot be opened.
 */
export async function openTelemetry(dir: string, options: Partial<TelemetryOptions> = {}): Promise<TelemetryStore> {
  const settled = { ...defaults, ...options };
  const damage = new DamageLog();
  const store = new LevelTelemetry(dir, settled, damage, await openLevel(dir, settled, damage));
  if (settled.keepsForwardLog) await store.openForwardLog();
  return store;
}

/**
 * States: *serving*; *failed* after a commit that did not reach the disk (every later one is refused, because what lies
 * in LevelDB's log is uncertain) until `reopen`; *closed*.
 */
class LevelTelemetry implements TelemetryStore {
  readonly #dir: string;
  readonly #options: TelemetryOptions;
  readonly #damage: DamageLog;
  readonly #history: LevelHistory;
  #opened: Opened;
  #last: CommitRecord;
  readonly #writes = new Writes();
  #forwardLog: LevelForwardLog | undefined;

  constructor(dir: string, options: TelemetryOptions, damage: DamageLog, opened: Opened) {
    this.#dir = dir;
    this.#options = options;
    this.#damage = damage;
    this.#opened = opened;
    this.#last = opened.last;
    this.#history = new LevelHistory({
      opened: () => this.#opened,
      damage,
      inTurn: (work) => this.#writes.inTurn(work),
      write: (prepare, sync) => this.#writes.write(prepare, sync),
      newestMs: () => this.#last.receivedAtMs,
    });
  }

  get forwardLog(): ForwardLog | undefined {
    return this.#forwardLog;
  }

  async openForwardLog(): Promise<void> {
    this.#forwardLog = await LevelForwardLog.open({
      opened: () => this.#opened,
      last: () => this.#last,
      // Not synced: what is told twice overwrites itself.
      write: (fillIn) =>
        this.#writes.inTurn(() =>
          this.#writes.write(() => {
            const chain = this.#opened.db.batch();
            fillIn(chain);
            return chain;
          }, false),
        ),
      damage: this.#damage,
    });
  }

  get damage(): readonly DamageReport[] {
    return this.#damage.reports;
  }

  async commit(batch: CommitBatch): Promise<void> {
    const early = this.#begun(batch);
    await this.#writes.inTurn(async () => {
      const record = followedBy(this.#last, batch);
      const written = this.#writes.write(() => {
        const chain = early?.opened === this.#opened ? early.chain : begun(this.#opened, batch);
        fill(chain, this.#opened, batch, record, this.#options.keptCommits);
        this.#forwardLog?.add(chain, record, batch.readings);
        return chain;
      }, true);
      // While the disk is at work; nobody else has a turn before it is done.
      this.#opened.unrolled.note(batch.readings);
      await written;
      this.#last = record;
      this.#forwardLog?.committed(record);
      this.#opened.mark.note(record);
      this.#history.committed(batch.readings);
    });
  }

  forgetSignals(signalIds: readonly string[]): Promise<void> {
    return this.#writes.inTurn(async () => {
      const { db, outbox } = this.#opened;
      const keys = outbox.keysOf(signalIds);
      if (keys.length === 0) return;
      // Not synced: a signal that comes back after a power cut is recognised by its id.
      await this.#writes.write(() => keys.reduce((chain, key) => chain.del(key), db.batch()), false);
      outbox.forget(signalIds);
    });
  }

  async reopen(): Promise<void> {
    await this.#writes.inTurn(async () => {
      await this.#shut();
      this.#opened = await openLevel(this.#dir, this.#options, this.#damage);
      this.#last = this.#opened.last;
      this.#writes.begin();
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

  readings(subjectId: string, range: TimeRange): AsyncIterable<Reading> {
    return this.#history.readings(subjectId, range);
  }

  track(...asked: Parameters<History['track']>): AsyncIterable<TrackPoint> {
    return this.#history.track(...asked);
  }

  metric(...asked: Parameters<History['metric']>): AsyncIterable<MetricPoint> {
    return this.#history.metric(...asked);
  }

  aggregate(...asked: Parameters<History['aggregate']>): AsyncIterable<AggregatePoint> {
    return this.#history.aggregate(...asked);
  }

  latestPositions(...asked: Parameters<History['latestPositions']>): Promise<Map<string, TrackPoint>> {
    return this.#history.latestPositions(...asked);
  }

  latestValues(...asked: Parameters<History['latestValues']>): Promise<Map<string, MetricPoint>> {
    return this.#history.latestValues(...asked);
  }

  expire(...asked: Parameters<History['expire']>): Promise<number> {
    return this.#history.expire(...asked);
  }

  erase(subjectId: string): Promise<number> {
    return this.#history.erase(subjectId);
  }

  statistics(): Promise<HistoryStatistics> {
    return this.#history.statistics();
  }

  rollUp(atMost: number): Promise<number> {
    return this.#history.rollUp(atMost);
  }

  latest(...asked: Parameters<TelemetryStore['latest']>): Promise<Reading | undefined> {
    return this.#history.latest(...asked);
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

  expireQuarantine(beforeMs: number, atMost: number): Promise<number> {
    return this.#writes.inTurn(async () => {
      const keys = await oldQuarantine(this.#opened, beforeMs, atMost, this.#damage);
      await this.#remove(keys);
      return keys.length;
    });
  }

  eraseTraces(subjectId: string, deviceIds: readonly string[]): Promise<ErasedTraces> {
    return this.#writes.inTurn(async () => {
      const { keys, signalIds, ...counts } = await tracesOf(this.#opened, subjectId, deviceIds, this.#damage);
      await this.#remove(keys);
      this.#opened.outbox.forget(signalIds);
      return counts;
    });
  }

  async rewrite(subjectId: string): Promise<void> {
    await compact(this.#opened.db, placesOf(subjectId));
    // LevelDB's manifest and log name the first and last key of each file it ever had; both are begun anew.
    await this.reopen();
    await forgetLogs(this.#dir);
  }

  snapshot(): Promise<TelemetrySnapshot> {
    return this.#writes.inTurn(async () => snapshotOf(this.#opened.db));
  }

  async close(): Promise<void> {
    await this.#writes.inTurn(() => this.#shut());
    this.#writes.end(new AppError('unavailable', 'the telemetry store is closed'));
  }

  async #shut(): Promise<void> {
    await this.#opened.mark.close();
    await this.#opened.db.close();
  }

  /** While the commit before is on its way; undefined when it would be refused anyway. */
  #begun(batch: CommitBatch): { readonly opened: Opened; readonly chain: Chain } | undefined {
    const opened = this.#opened;
    return !this.#writes.haveFailed && opened.db.status === 'open'
      ? { opened, chain: begun(opened, batch) }
      : undefined;
  }

  async #remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#writes.write(() => keys.reduce((chain, key) => chain.del(key), this.#opened.db.batch()), true);
    this.#opened.quarantine.remove(keys);
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
