import type { Reading } from '../../model/reading.ts';
import type { ForwardLag, ForwardLog, ForwardRefusal, ForwardStep } from '../contracts.ts';
import type { CommitRecord } from './commits.ts';
import type { DamageLog } from './damage.ts';
import { padded, readingKey } from './keys.ts';
import type { Opened } from './opening.ts';
import { decodeReading } from './reading-row.ts';
import { seal, unseal } from './rows.ts';
import { getMany, scan } from './scan.ts';

/*
 * What a second store still has to be told:
 *   f!{sequence}    of each commit the keys of its readings; removed when they have been told
 *   fr!             the newest refusals
 * Keys and not readings: what is erased or let go meanwhile is then not told either, and a commit grows little.
 */

type Chain = ReturnType<Opened['db']['batch']>;

/** What the log may do with the store it lives in. */
export type ForwardLogHost = {
  readonly opened: () => Opened;
  readonly last: () => CommitRecord;
  /** In turn with the commits; not synced. */
  readonly write: (fill: (chain: Chain) => void) => Promise<void>;
  readonly damage: DamageLog;
};

const refusalsKey = 'fr!';
const maxRefusals = 1_000;
/** Of a commit with thousands of readings, so many at a time: about a millisecond of the main thread. */
const readingsAtATime = 512;
/** Rows of a full commit are large. */
const rowsAtATime = 16;

type Refusals = { readonly total: number; readonly newest: readonly ForwardRefusal[] };
/** `totalReadings`: from the first commit ever, this one included. */
type Row = {
  readonly commit: number;
  readonly totalReadings: number;
  readonly receivedAtMs: number;
  readonly keys: readonly string[];
};

export class LevelForwardLog implements ForwardLog {
  readonly #host: ForwardLogHost;
  /** Read by whoever tells, not told yet. */
  #read: Row[] = [];
  #toldReadings = 0;
  #sinceMs: number | undefined;
  #refusals: Refusals = { total: 0, newest: [] };

  private constructor(host: ForwardLogHost) {
    this.#host = host;
  }

  static async open(host: ForwardLogHost): Promise<LevelForwardLog> {
    const log = new LevelForwardLog(host);
    const [value] = await getMany(host.opened().db, [refusalsKey], host.damage);
    const json = value === undefined ? undefined : unseal(refusalsKey, value);
    // The checksum proves it is what we wrote.
    if (json !== undefined) log.#refusals = JSON.parse(json) as Refusals;
    const [oldest] = await log.#rowsAfter(0);
    log.#sinceMs = oldest?.receivedAtMs;
    log.#toldReadings = oldest === undefined ? host.last().totalReadings : oldest.totalReadings - oldest.keys.length;
    return log;
  }

  get lag(): ForwardLag {
    const readings = Math.max(0, this.#host.last().totalReadings - this.#toldReadings);
    return { readings, sinceMs: readings === 0 ? undefined : this.#sinceMs };
  }

  get refusals(): Refusals {
    return this.#refusals;
  }

  /** Notes a commit in its own batch. */
  add(chain: Chain, record: CommitRecord, readings: readonly Reading[]): void {
    if (readings.length === 0) return;
    const key = rowKey(record.sequence);
    const head = `${record.totalReadings} ${record.receivedAtMs}`;
    chain.put(key, seal(key, [head, ...readings.map(readingKey)].join('\n')));
  }

  /** It is on disk. */
  committed({ readings, receivedAtMs }: CommitRecord): void {
    if (readings > 0) this.#sinceMs ??= receivedAtMs;
  }

  async *steps(afterCommit: number): AsyncGenerator<ForwardStep> {
    let rows = await this.#rowsAfter(afterCommit);
    while (rows.length > 0) {
      for (const row of rows) {
        const readings = await this.#readingsOf(row);
        if (row.commit > (this.#read.at(-1)?.commit ?? 0)) this.#read.push({ ...row, keys: [] });
        yield { commit: row.commit, readings };
      }
      rows = await this.#rowsAfter(rows.at(-1)!.commit); // not empty: see the loop
    }
  }

  async told(commit: number, refused: readonly ForwardRefusal[]): Promise<void> {
    const told = this.#read.filter((row) => row.commit <= commit);
    const refusals = refused.length === 0 ? this.#refusals : withThese(this.#refusals, refused);
    await this.#host.write((chain) => {
      for (const row of told) chain.del(rowKey(row.commit));
      if (refused.length > 0) chain.put(refusalsKey, seal(refusalsKey, JSON.stringify(refusals)));
    });
    this.#refusals = refusals;
    this.#read = this.#read.slice(told.length);
    this.#toldReadings = told.at(-1)?.totalReadings ?? this.#toldReadings;
    this.#sinceMs = undefined; // a commit that comes now sets it, and an older one found below goes before
    const [oldest] = await this.#rowsAfter(commit);
    if (oldest !== undefined) this.#sinceMs = oldest.receivedAtMs;
  }

  async forget(subjectId: string): Promise<void> {
    const newest = this.#refusals.newest.filter((refusal) => refusal.subjectId !== subjectId);
    if (newest.length === this.#refusals.newest.length) return;
    const refusals = { ...this.#refusals, newest };
    await this.#host.write((chain) => chain.put(refusalsKey, seal(refusalsKey, JSON.stringify(refusals))));
    this.#refusals = refusals;
  }

  async #rowsAfter(commit: number): Promise<Row[]> {
    const rows: Row[] = [];
    const range = { gte: rowKey(commit + 1), lt: 'f"' };
    for await (const [key, value] of scan(this.#host.opened().db, range, this.#host.damage)) {
      rows.push(this.#rowOf(key, value));
      if (rows.length === rowsAtATime) break;
    }
    return rows;
  }

  /** A damaged one is told to be empty: what it stood for cannot be found, and what comes after it can. */
  #rowOf(key: string, value: string): Row {
    const commit = Number(key.slice(2));
    const [head = '', ...keys] = unseal(key, value)?.split('\n') ?? [];
    const [totalReadings = 0, receivedAtMs = 0] = head.split(' ').map(Number);
    if (head === '') {
      this.#host.damage.add({ what: 'what had to be forwarded is damaged', where: `commit ${commit}` });
      return { commit, totalReadings: this.#toldReadings, receivedAtMs, keys };
    }
    return { commit, totalReadings, receivedAtMs, keys };
  }

  async #readingsOf({ keys }: Row): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (let at = 0; at < keys.length; at += readingsAtATime) {
      const some = keys.slice(at, at + readingsAtATime);
      const values = await getMany(this.#host.opened().db, some, this.#host.damage);
      some.forEach((key, index) => {
        const value = values[index];
        const reading = value === undefined ? undefined : decodeReading(key, value);
        if (reading !== undefined) readings.push(reading);
      });
    }
    return readings;
  }
}

function rowKey(commit: number): string {
  return `f!${padded(commit)}`;
}

function withThese({ total, newest }: Refusals, refused: readonly ForwardRefusal[]): Refusals {
  return { total: total + refused.length, newest: [...newest, ...refused].slice(-maxRefusals) };
}
