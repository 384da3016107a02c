import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const LocalDoor = z.object({ pid: z.int(), http: z.url(), mqtt: z.url(), token: z.string() });
/** How the command line on the same machine reaches the running service: its address and a session only the owner of the folder can read. */
export type LocalDoor = z.infer<typeof LocalDoor>;

const answersWithinMs = 3_000;

const fileOf = (dataDir: string): string => join(dataDir, 'service.json');

export function openLocalDoor(dataDir: string, door: LocalDoor): void {
  // Made anew: the mode of a file that lay there already would stay what it was.
  closeLocalDoor(dataDir);
  writeFileSync(fileOf(dataDir), JSON.stringify(door), { mode: 0o600, flag: 'wx' });
}

export function closeLocalDoor(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

/**
 * Undefined when no service answers on this folder. One that was killed leaves its file, and its process number may belong
 * to somebody else by now, so only an answer counts; whoever then goes to the folder itself meets its lock.
 */
export async function findLocalDoor(dataDir: string): Promise<LocalDoor | undefined> {
  try {
    const door = LocalDoor.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
    await fetch(new URL('/health/live', door.http), { signal: AbortSignal.timeout(answersWithinMs) });
    return door;
  } catch {
    return undefined;
  }
}
