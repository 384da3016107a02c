import type { CommitBatch } from '../contracts.ts';
import { type CommitRecord, encodeCommit } from './commits.ts';
import { type Chain, touchDay } from './ground.ts';
import { commitKey, quarantineKey, readingKey, stateKey } from './keys.ts';
import { neighboursTogether } from './neighbours.ts';
import type { Opened } from './opening.ts';
import { encodeReading } from './reading-row.ts';
import { encodeJson, seal } from './rows.ts';

/**
 * A LevelDB batch with the commit's readings in it: most of the work, and none of it needs to wait for the commit before.
 * A chained batch hands each row over as it is made: measured 15 % faster here than an array of operations, which
 * LevelDB's binding copies twice.
 */
export function begun({ db }: Opened, { readings }: CommitBatch): Chain {
  const chain = db.batch();
  for (const reading of neighboursTogether(readings)) {
    const key = readingKey(reading);
    chain.put(key, encodeReading(key, reading));
  }
  return chain;
}

/**
 * Puts everything else the commit writes into the batch; in turn, for it depends on the commit before. The disk waits
 * meanwhile: days that cannot have a roll-up are noted when it is at work (`UnrolledDays.note`).
 */
export function fill(
  chain: Chain,
  opened: Opened,
  batch: CommitBatch,
  record: CommitRecord,
  keptCommits: number,
): void {
  for (const { subjectId, takenAtMs } of batch.readings)
    if (opened.unrolled.mayBeRolled(takenAtMs)) touchDay(chain, opened, subjectId, takenAtMs);
  for (const [subjectId, json] of batch.states) {
    const key = stateKey(subjectId);
    chain.put(key, seal(key, json));
  }
  for (const [key, signal] of opened.outbox.admit(batch.signals, record.sequence))
    chain.put(key, encodeJson(key, signal));
  fillQuarantine(chain, opened, batch, record.sequence);
  chain.put(...encodeCommit(record));
  if (record.sequence > keptCommits) chain.del(commitKey(record.sequence - keptCommits));
}

function fillQuarantine(chain: Chain, { quarantine }: Opened, batch: CommitBatch, sequence: number): void {
  batch.quarantined.forEach((message, index) => {
    const key = quarantineKey(sequence, index, message.deviceId);
    chain.put(key, encodeJson(key, message));
    for (const evicted of quarantine.admit(key)) chain.del(evicted);
  });
}
