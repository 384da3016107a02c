import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const LocalDoor = z.object({ pid: z.int(), http: z.url(), mqtt: z.url(), token: z.string() });
/** How the command line on the same machine reaches the running service: its address and a session only the owner of the folder can read. */
export type LocalDoor = z.infer<typeof LocalDoor>;

const fileOf = (dataDir: string): string => join(dataDir, 'service.json');

export function openLocalDoor(dataDir: string, door: LocalDoor): void {
  writeFileSync(fileOf(dataDir), JSON.stringify(door), { mode: 0o600 });
}

export function closeLocalDoor(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

/** Undefined when no service runs on this folder (a file left by one that was killed counts as none). */
export function findLocalDoor(dataDir: string): LocalDoor | undefined {
  try {
    const door = LocalDoor.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
    process.kill(door.pid, 0);
    return door;
  } catch {
    return undefined;
  }
}
