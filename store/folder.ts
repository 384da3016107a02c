import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../model/errors.ts';

/** Lies in a folder while a backup is being put into it. */
export const restoringMark = 'restoring';

/** The data folder in our hands, with where its parts lie. */
export type DataFolder = {
  readonly dir: string;
  /** For `openTelemetry`. */
  readonly telemetryDir: string;
  /** For `openRecords`. */
  readonly recordsFile: string;
  /** Lets another process have it. */
  release(): Promise<void>;
};

/**
 * Makes the folder (for its owner only) and keeps every other process out of it until `release` or our end.
 * Throws AppError `unavailable` naming the process that has it, or saying why it cannot be used.
 */
export async function openDataFolder(dir: string): Promise<DataFolder> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    if (existsSync(join(dir, restoringMark))) throw new AppError('unavailable', unfinished(dir));
    await keepToOwner(dir);
    const lock = await take(dir);
    await writeFile(join(dir, 'pid'), `${process.pid}\n`, { mode: 0o600 });
    return {
      dir,
      telemetryDir: join(dir, 'telemetry'),
      recordsFile: join(dir, 'records.sqlite'),
      // The file stays: removing it would let a third process lock a new one while a second still waits for the old.
      release: async () => lock.close(),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('unavailable', `the data folder ${dir} cannot be used: ${reason}`);
  }
}

/**
 * The folder may have been made by somebody else, open to all (a mounted volume is): what lies in it is made, or made to
 * be, for its owner only. SQLite gives its own further files the mode of the first.
 */
async function keepToOwner(dir: string): Promise<void> {
  for (const name of ['lock', 'records.sqlite']) {
    const file = await open(join(dir, name), 'a', 0o600);
    await file.chmod(0o600);
    await file.close();
  }
  for (const name of ['records.sqlite-wal', 'records.sqlite-shm', 'pid'])
    await chmod(join(dir, name), 0o600).catch(() => undefined);
  await mkdir(join(dir, 'telemetry'), { mode: 0o700 }).catch(() => undefined);
  await chmod(join(dir, 'telemetry'), 0o700);
}

/**
 * The lock is the operating system's, through an empty SQLite file: it ends with the process however that ends, so there
 * is no stale lock to recognise, and it holds where process numbers mean nothing (two containers on one volume).
 */
async function take(dir: string): Promise<DatabaseSync> {
  const lock = new DatabaseSync(join(dir, 'lock'));
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const pid = (await readFile(join(dir, 'pid'), 'utf8').catch(() => '')).trim();
    const who = pid === '' ? 'another process' : `the process ${pid}`;
    throw new AppError('unavailable', `the data folder ${dir} is in use by ${who}: stop it, or use another folder`);
  }
}

function unfinished(dir: string): string {
  return `a backup was being restored to ${dir} and is only half there: empty the folder and restore it again`;
}

function isBusy(error: unknown): boolean {
  const busy = 5; // SQLITE_BUSY
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}
