import type { CommitBatch, DamageReport } from '../contracts.ts';
import { commitKey, keyParts } from './keys.ts';
import { decodeJson, encodeJson } from './rows.ts';

/** What is remembered of one commit: what it holds, and the totals from the first commit ever, itself included. */
export type CommitRecord = {
  readonly sequence: number;
  readonly readings: number;
  readonly signals: number;
  readonly totalReadings: number;
  readonly totalSignals: number;
  /** Of its newest message, or of the commit before when it had none. */
  readonly receivedAtMs: number;
};

export const beforeTheFirst: CommitRecord = {
  sequence: 0,
  readings: 0,
  signals: 0,
  totalReadings: 0,
  totalSignals: 0,
  receivedAtMs: 0,
};

/** The record of the commit that follows `last`. */
export function followedBy(last: CommitRecord, batch: CommitBatch): CommitRecord {
  const newest = batch.readings.at(-1)?.receivedAtMs ?? batch.quarantined.at(-1)?.receivedAtMs;
  return {
    sequence: last.sequence + 1,
    readings: batch.readings.length,
    signals: batch.signals.length,
    totalReadings: last.totalReadings + batch.readings.length,
    totalSignals: last.totalSignals + batch.signals.length,
    receivedAtMs: newest ?? last.receivedAtMs,
  };
}

export function encodeCommit(record: CommitRecord): readonly [key: string, value: string] {
  const key = commitKey(record.sequence);
  const { readings, signals, totalReadings, totalSignals, receivedAtMs } = record;
  return [key, encodeJson(key, [readings, signals, totalReadings, totalSignals, receivedAtMs])];
}

/** Undefined when the record is damaged. */
export function decodeCommit(key: string, value: string): CommitRecord | undefined {
  const body = decodeJson<readonly [number, number, number, number, number]>(key, value);
  if (body === undefined) return undefined;
  const [readings, signals, totalReadings, totalSignals, receivedAtMs] = body;
  return { sequence: Number(keyParts(key, 2)[1]), readings, signals, totalReadings, totalSignals, receivedAtMs };
}

/**
 * Follows the commits in order and says which are missing. A commit is one LevelDB batch, on disk as a whole or not at
 * all, so a hole in the sequence is all that damage in the middle of its log leaves behind.
 */
export class CommitCheck {
  readonly #report: (damage: DamageReport) => void;
  #last: CommitRecord | undefined;

  constructor(report: (damage: DamageReport) => void) {
    this.#report = report;
  }

  /** The next record found; undefined when it is damaged. */
  next(key: string, record: CommitRecord | undefined): void {
    if (record === undefined) {
      this.#report({ what: 'the record of a commit is damaged', where: `commit ${Number(keyParts(key, 2)[1])}` });
      return;
    }
    if (this.#last !== undefined) this.#compare(this.#last, before(record));
    this.#last = record;
  }

  /** After the last one: `confirmed` is the newest commit known to have been on disk. Returns where to go on from. */
  end(confirmed: CommitRecord | undefined): CommitRecord {
    const last = this.#last ?? beforeTheFirst;
    if (confirmed === undefined || confirmed.sequence <= last.sequence) return last;
    this.#compare(last, confirmed);
    return confirmed;
  }

  /** Everything after `from` up to and with `to` ought to be there and is not. */
  #compare(from: CommitRecord, to: CommitRecord): void {
    const missing = to.sequence - from.sequence;
    if (missing <= 0) return;
    const readings = to.totalReadings - from.totalReadings;
    const signals = to.totalSignals - from.totalSignals;
    this.#report({
      what: `${missing} confirmed commit(s) missing, with ${readings} reading(s) and ${signals} signal(s)`,
      where: `commits ${from.sequence + 1} to ${to.sequence}, received ${period(from.receivedAtMs, to.receivedAtMs)}`,
    });
  }
}

/** Sequence and totals as they were before this commit. */
function before(record: CommitRecord): CommitRecord {
  return {
    ...record,
    sequence: record.sequence - 1,
    totalReadings: record.totalReadings - record.readings,
    totalSignals: record.totalSignals - record.signals,
  };
}

function period(fromMs: number, toMs: number): string {
  const until = new Date(toMs).toISOString();
  return fromMs === 0 ? `until ${until}` : `between ${new Date(fromMs).toISOString()} and ${until}`;
}
