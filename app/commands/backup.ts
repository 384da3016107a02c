import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { backUp, readManifest } from '../backup.ts';
import { type Kept, readConfig } from '../config.ts';
import { findLocalDoor, type LocalDoor } from '../local-door.ts';
import { jsonLines, requestOf } from '../local-request.ts';
import { restore as restoreTo } from '../restore.ts';
import { openStores } from '../stores.ts';
import { UsageError } from '../usage.ts';
import { Progress } from './progress.ts';

const Step = z.object({
  rows: z.int().optional(),
  done: z.object({ rows: z.int(), bytes: z.int() }).optional(),
  error: z.string().optional(),
});
type Step = z.infer<typeof Step>;

/** `anju backup <dir>`: everything as it is at one moment; the service may go on meanwhile. */
export async function backup(words: readonly string[]): Promise<number> {
  const dir = resolve(folderOf(words, 'usage: anju backup <new folder>'));
  const config = readConfig(process.env);
  const door = await findLocalDoor(config.dataDir);
  const { rows, bytes } = await watched(door ? throughService(door, dir) : directly(config, dir));
  const size = (bytes / 1e6).toFixed(1);
  // What it says of itself: the service may have other settings than this command.
  const isElsewhere = 'elsewhere' in (await readManifest(dir)).records;
  const what = isElsewhere ? '' : ' and the records';
  process.stdout.write(`${dir}: ${rows.toLocaleString('en')} rows${what}, ${size} MB\n`);
  if (isElsewhere) process.stdout.write('The records are in PostgreSQL: copy them now, with pg_dump.\n');
  return 0;
}

async function watched(steps: AsyncIterable<Step>): Promise<{ rows: number; bytes: number }> {
  const progress = new Progress();
  try {
    for await (const { rows, done, error } of steps) {
      if (error !== undefined) throw new AppError('unavailable', `the backup was not made: ${error}`);
      if (done !== undefined) return done;
      progress.rows('copied', rows ?? 0);
    }
  } finally {
    progress.end();
  }
  throw new AppError('unavailable', 'the backup was not finished: the service went away');
}

async function* throughService(door: LocalDoor, dir: string): AsyncGenerator<Step> {
  const response = await requestOf(door, 'POST', '/backup', { dir });
  for await (const line of jsonLines(response)) yield Step.parse(line);
}

async function* directly({ dataDir, recordsUrl }: Kept, dir: string): AsyncGenerator<Step> {
  const { records, telemetry, close } = await openStores(dataDir, { recordsUrl });
  try {
    yield* backUp({ dataDir, records, telemetry, clock: Date.now }, dir);
  } finally {
    await close();
  }
}

/** `anju restore <dir>`: a verified backup into an empty data folder. */
export async function restore(words: readonly string[]): Promise<number> {
  const dir = resolve(folderOf(words, 'usage: anju restore <folder of a backup>'));
  const config = readConfig(process.env);
  const { dataDir } = config;
  const progress = new Progress();
  const { createdAt, telemetry } = await restoreTo(dir, config, (rows) => progress.rows('verified', rows)).finally(() =>
    progress.end(),
  );
  process.stdout.write(
    `${dataDir} is as it was at ${createdAt}: ${telemetry.rows.toLocaleString('en')} rows and the records. ` +
      'Everybody has to log in again. Repeat erasures made since.\n',
  );
  return 0;
}

function folderOf(words: readonly string[], usage: string): string {
  const [dir, ...extra] = words;
  if (dir === undefined || dir.startsWith('-') || extra.length > 0) throw new UsageError(usage);
  return dir;
}
