import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory where there is a file system in it: what is killed here is a process, not a machine, and a disk only takes its time. */
const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function newRecordsFile(): string {
  return join(folder, `anju-story-${randomUUID()}.db`);
}

export function removeRecordsFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-synced']) rmSync(file + suffix, { force: true });
}
