import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { BackupProgress } from '../api/parts.ts';
import { AppError } from '../model/errors.ts';
import type { CopiedRows, RecordStore, TelemetryStore } from '../store/contracts.ts';

/** What a backup says of itself. Written last: a folder without it was not finished. */
export const BackupManifest = z.object({
  format: z.literal('anju-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  telemetry: z.object({ rows: z.int(), checksum: z.int() }),
  /** A file beside, or a database that is copied by its own means. */
  records: z.union([z.object({ bytes: z.int(), sha256: z.string() }), z.object({ elsewhere: z.literal('postgres') })]),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export type BackupParts = {
  readonly dataDir: string;
  readonly records: Pick<RecordStore, 'snapshot'>;
  readonly telemetry: Pick<TelemetryStore, 'snapshot'>;
  readonly clock: () => number;
};

/** Where the parts of a backup lie. */
export function placesIn(dir: string) {
  return {
    manifest: join(dir, 'backup.json'),
    records: join(dir, 'records.sqlite'),
    telemetry: join(dir, 'telemetry'),
  };
}

const progressEveryMs = 500;

/**
 * Copies everything to `dir`, made for it, as it is at one moment; commits go on meanwhile. The telemetry is held still
 * first, the records a moment later: a signal that both have is known by its mark, one that neither has yet comes again
 * from nobody. Says how far it is now and then. Whoever stops listening stops it, and nothing is left of it.
 */
export async function* backUp(parts: BackupParts, dir: string): AsyncGenerator<BackupProgress> {
  await requireRoom(dir, parts.dataDir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chmod(dir, 0o700); // it may have been there, empty and open to all
  let isDone = false;
  try {
    yield* copied(parts, dir);
    isDone = true;
  } finally {
    if (!isDone) await empty(dir);
  }
}

async function* copied(parts: BackupParts, dir: string): AsyncGenerator<BackupProgress> {
  const createdAt = new Date(parts.clock()).toISOString();
  const telemetry = await parts.telemetry.snapshot();
  const records = parts.records.snapshot();
  const places = placesIn(dir);
  try {
    await records?.copyTo(places.records);
    const rows = yield* watched((onRows) => telemetry.copyTo(places.telemetry, onRows));
    const manifest: BackupManifest = {
      format: 'anju-backup',
      version: 1,
      createdAt,
      telemetry: { rows: rows.rows, checksum: rows.checksum },
      records: records === undefined ? { elsewhere: 'postgres' } : await sealOf(places.records),
    };
    await writeSynced(places.manifest, `${JSON.stringify(manifest, undefined, 2)}\n`);
    yield { rows: rows.rows, done: { rows: rows.rows, bytes: await bytesIn(dir) } };
  } finally {
    records?.release();
    await telemetry.release();
  }
}

/** Tells of a copy while it is made; stops it when nobody listens any more. */
async function* watched(
  copy: (onRows: (rows: number) => void) => Promise<CopiedRows>,
): AsyncGenerator<BackupProgress, CopiedRows> {
  const far = { rows: 0, isStopped: false };
  const copying = copy((rows) => {
    if (far.isStopped) throw new AppError('unavailable', 'the backup was stopped');
    far.rows = rows;
  });
  const ended = copying.then(
    () => true,
    () => true,
  );
  try {
    while (!(await Promise.race([ended, delay(progressEveryMs, false, { ref: false })]))) yield { rows: far.rows };
    return await copying;
  } finally {
    far.isStopped = true;
    await ended; // the folder may only be removed when nobody writes there any more
  }
}

async function requireRoom(dir: string, dataDir: string): Promise<void> {
  if (!isAbsolute(dir)) throw new AppError('badRequest', `the folder must be named from the root, got ${dir}`);
  const below = relative(resolve(dataDir), dir);
  if (below === '' || !(below.startsWith('..') || isAbsolute(below))) {
    throw new AppError('badRequest', `${dir} lies in the data folder: a backup belongs elsewhere`);
  }
  if ((await readdir(dir).catch(() => [])).length > 0) {
    throw new AppError('conflict', `${dir} is not empty: name a new folder for each backup`);
  }
}

async function empty(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}

/** Length and SHA-256 of a file, hex. */
export async function sealOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), sum);
  return { bytes: (await stat(file)).size, sha256: sum.digest('hex') };
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function bytesIn(dir: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

/** What a backup says of itself; throws AppError `badRequest` when it is none, or was not finished. */
export async function readManifest(dir: string): Promise<BackupManifest> {
  const text = await readFile(placesIn(dir).manifest, 'utf8').catch(() => undefined);
  if (text === undefined) throw new AppError('badRequest', `${dir} holds no finished backup: backup.json is missing`);
  try {
    return BackupManifest.parse(JSON.parse(text));
  } catch {
    throw new AppError('badRequest', `${dir}/backup.json is none that this version reads`);
  }
}
