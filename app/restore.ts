import { cp, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../model/errors.ts';
import type { RecordStore } from '../store/contracts.ts';
import { openDataFolder, restoringMark } from '../store/folder.ts';
import { checkRecords } from '../store/records/check.ts';
import { openRecords } from '../store/records/records.ts';
import { readBack } from '../store/telemetry/snapshot.ts';
import { type BackupManifest, placesIn, readManifest, sealOf } from './backup.ts';
import type { Kept } from './config.ts';
import { openDatabase } from './open-database.ts';
import { noteRecordsElsewhere } from './records-place.ts';

/** What a folder may hold and still count as empty: where a service ran and everything was taken away. */
const meansNothing = new Set(['lock', 'pid']);

/** Throws AppError `badRequest` saying what of a backup is not as it was written. */
export async function verifyBackup(dir: string, onRows?: (rows: number) => void): Promise<BackupManifest> {
  const manifest = await readManifest(dir);
  const places = placesIn(dir);
  if (!('elsewhere' in manifest.records)) await verifyRecords(places.records, manifest.records);
  const telemetry = await readBack(join(places.telemetry, 'rows'), onRows).catch((error: unknown) => {
    throw damaged(places.telemetry, error instanceof Error ? error.message : String(error));
  });
  const { rows, checksum } = manifest.telemetry;
  if (telemetry.rows !== rows)
    throw damaged(places.telemetry, `${rows} rows were written, ${telemetry.rows} are there`);
  if (telemetry.checksum !== checksum) throw damaged(places.telemetry, 'its rows are not those that were written');
  return manifest;
}

async function verifyRecords(file: string, written: { readonly sha256: string }): Promise<void> {
  const records = await sealOf(file).catch(() => undefined);
  if (records?.sha256 !== written.sha256) throw damaged(file, 'it is not the file that was written');
  const [wrong] = checkRecords(file).damage;
  if (wrong !== undefined) throw damaged(file, `${wrong.where}: ${wrong.what}`);
}

/**
 * Puts a verified backup into an empty data folder. Everybody has to log in again: a session that was ended since the
 * backup must not come back to life. Records in PostgreSQL have been put back before, with its own means.
 * Throws AppError: `badRequest` when the backup is damaged, `conflict` when there is anything in the folder.
 */
export async function restore(dir: string, kept: Kept, onRows?: (rows: number) => void): Promise<BackupManifest> {
  await requireEmpty(kept.dataDir);
  requireSamePlace(await readManifest(dir), kept);
  const database = await databaseOf(kept);
  try {
    const manifest = await verifyBackup(dir, onRows);
    await putBack(dir, kept.dataDir, database);
    return manifest;
  } finally {
    await database?.close();
  }
}

/** Its records were put back before; a database without any is refused before anything is done. */
async function databaseOf({ recordsUrl }: Kept): Promise<RecordStore | undefined> {
  return recordsUrl === undefined ? undefined : openDatabase(recordsUrl, { mustExist: true });
}

async function putBack(dir: string, dataDir: string, database: RecordStore | undefined): Promise<void> {
  const folder = await openDataFolder(dataDir);
  try {
    const mark = join(dataDir, restoringMark);
    await (await open(mark, 'wx')).close();
    const from = placesIn(dir);
    await cp(from.telemetry, folder.telemetryDir, { recursive: true });
    if (database === undefined) await putBackFile(from.records, folder.recordsFile);
    else await noteRecordsElsewhere(dataDir, database).then(() => endSessions(database));
    await rm(mark);
  } finally {
    await folder.release();
  }
}

async function putBackFile(from: string, to: string): Promise<void> {
  await cp(from, to);
  const records = await openRecords(to);
  await endSessions(records);
  await records.close();
}

async function endSessions(records: RecordStore): Promise<void> {
  await records.dropSessions({ expiredAtMs: Number.MAX_SAFE_INTEGER });
}

function requireSamePlace({ records }: BackupManifest, { recordsUrl }: Kept): void {
  const isElsewhere = 'elsewhere' in records;
  if (isElsewhere === (recordsUrl !== undefined)) return;
  const words = isElsewhere
    ? 'the records of this backup are a copy made with pg_dump: put them back with pg_restore, set ANJU_RECORDS_URL, and restore then'
    : 'this backup holds the records as a file: restore it without ANJU_RECORDS_URL';
  throw new AppError('badRequest', words);
}

async function requireEmpty(dataDir: string): Promise<void> {
  const found: string[] = [];
  for (const name of await readdir(dataDir).catch(() => [])) {
    if (!meansNothing.has(name) && !(await isEmpty(join(dataDir, name)))) found.push(name);
  }
  if (found.length === 0) return;
  throw new AppError(
    'conflict',
    `${dataDir} is not empty (${found.slice(0, 5).join(', ')}): move it away, or restore into another folder`,
  );
}

/** Opening a folder makes files of length 0, for their mode. */
async function isEmpty(path: string): Promise<boolean> {
  const found = await stat(path);
  return found.isDirectory() ? (await readdir(path)).length === 0 : found.size === 0;
}

function damaged(place: string, what: string): AppError {
  return new AppError('badRequest', `${place} is damaged, nothing was restored: ${what}`);
}
