import { backup, DatabaseSync } from 'node:sqlite';
import { AppError } from '../../model/errors.ts';
import type { RecordsSnapshot } from '../contracts.ts';

/** Pages copied at a time, off the main thread. */
const pagesAtATime = 256;

/**
 * The records as they are at this moment, held still in a connection of their own while everybody goes on writing (in
 * SQLite's WAL a reader keeps what it saw first). `release` it: until then the WAL cannot be shortened.
 */
export function snapshotOf(file: string): RecordsSnapshot {
  if (file === ':memory:') throw new AppError('unavailable', 'records in memory cannot be copied');
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('begin');
  reader.prepare('select count(*) from settings').get(); // the first read fixes what is seen
  return {
    async copyTo(target) {
      await backup(reader, target, { rate: pagesAtATime });
    },
    release: () => reader.close(),
  };
}
