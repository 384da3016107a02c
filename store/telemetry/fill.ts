import type { CommitBatch } from '../contracts.ts';
import { type CommitRecord, encodeCommit } from './commits.ts';
import { type Chain, touchDay } from './ground.ts';
import { commitKey, quarantineKey, readingKey, stateKey } from './keys.ts';
import type { Opened } from './opening.ts';
import { encodeReading } from './reading-row.ts';
import { encodeJson, seal } from './rows.ts';
import type { Row } from './scan.ts';

/** A commit's readings as rows: most of the work, and none of it needs to wait for the commit before. */
export function rowsOf(batch: CommitBatch): Row[] {
  return batch.readings.map((reading) => {
    const key = readingKey(reading);
    return [key, encodeReading(key, reading)];
  });
}

/**
 * Everything a commit writes, as one LevelDB batch. A chained batch hands each row over as it is made: measured 15 %
 * faster here than an array of operations, which LevelDB's binding copies twice.
 */
export function fill(
  opened: Opened,
  batch: CommitBatch,
  rows: readonly Row[],
  record: CommitRecord,
  keptCommits: number,
): Chain {
  const chain = opened.db.batch();
  for (const [key, value] of rows) chain.put(key, value);
  for (const { subjectId, takenAtMs } of batch.readings) touchDay(chain, opened, subjectId, takenAtMs);
  for (const [subjectId, json] of batch.states) {
    const key = stateKey(subjectId);
    chain.put(key, seal(key, json));
  }
  for (const [key, signal] of opened.outbox.admit(batch.signals, record.sequence))
    chain.put(key, encodeJson(key, signal));
  fillQuarantine(chain, opened, batch, record.sequence);
  chain.put(...encodeCommit(record));
  if (record.sequence > keptCommits) chain.del(commitKey(record.sequence - keptCommits));
  return chain;
}

function fillQuarantine(chain: Chain, { quarantine }: Opened, batch: CommitBatch, sequence: number): void {
  batch.quarantined.forEach((message, index) => {
    const key = quarantineKey(sequence, index, message.deviceId);
    chain.put(key, encodeJson(key, message));
    for (const evicted of quarantine.admit(key)) chain.del(evicted);
  });
}
