import { randomUUID } from 'node:crypto';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../model/errors.ts';
import type { RecordStore } from '../store/contracts.ts';

/*
 * Readings and records belong together: signals wait in the folder for the records they are applied to. A folder whose
 * records are in a database notes which one, so that neither is ever begun anew for want of a setting.
 */

const Note = z.object({ kind: z.literal('postgres'), id: z.string() });
const fileOf = (dataDir: string): string => join(dataDir, 'records-elsewhere.json');
const idKey = 'recordsId';

/** Throws AppError `conflict` when the records of this folder are somewhere else than the settings say. */
export async function requireRecordsHere(dataDir: string, recordsFile: string, isElsewhere: boolean): Promise<void> {
  const wrong = isElsewhere ? await wrongWithFile(dataDir, recordsFile) : await wrongWithNote(dataDir);
  if (wrong !== undefined) throw new AppError('conflict', wrong);
}

async function wrongWithFile(dataDir: string, recordsFile: string): Promise<string | undefined> {
  const size = await stat(recordsFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return undefined;
  return `${dataDir} has records of its own (${recordsFile}), and ANJU_RECORDS_URL names others: unset it, or take another folder`;
}

async function wrongWithNote(dataDir: string): Promise<string | undefined> {
  if ((await noteIn(dataDir)) === undefined) return undefined;
  return `the records of ${dataDir} are in PostgreSQL: set ANJU_RECORDS_URL, or take another folder`;
}

/** Notes in the folder which database has its records. Throws AppError `conflict` when it noted another one before. */
export async function noteRecordsElsewhere(dataDir: string, records: RecordStore): Promise<void> {
  const [id, noted] = [await idOf(records), await noteIn(dataDir)];
  if (noted?.id === id) return;
  if (noted !== undefined)
    throw new AppError(
      'conflict',
      `the records of ${dataDir} are in another database than the one ANJU_RECORDS_URL names: name that one, or take another folder`,
    );
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, JSON.stringify({ kind: 'postgres', id }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function idOf(records: RecordStore): Promise<string> {
  const known = await records.setting(idKey);
  if (known !== undefined) return known;
  const id = randomUUID();
  await records.putSetting(idKey, id);
  return id;
}

async function noteIn(dataDir: string): Promise<z.infer<typeof Note> | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Note.parse(JSON.parse(text));
}
