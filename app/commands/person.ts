import { createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { ErasureReceipt, PersonData } from '../../api/parts.ts';
import { AppError } from '../../model/errors.ts';
import { readConfig } from '../config.ts';
import { findLocalDoor, type LocalDoor } from '../local-door.ts';
import { piecesOf, requestOf } from '../local-request.ts';
import { offlinePersonData } from '../offline-person-data.ts';
import { UsageError } from '../usage.ts';

const usage = `usage: anju person export <residentId> <new file>
       anju person erase <residentId> --confirm <residentId>`;

/** Who it was, in the audit log, when nobody had to log in. */
const owner = 'admin';

/** `anju person export|erase`: a copy of everything kept about one resident, or the end of it. */
export async function person(words: readonly string[]): Promise<number> {
  const { positionals, confirm } = parsed(words);
  const [action, id, file, ...extra] = positionals;
  if (id === undefined || extra.length > 0) throw new UsageError(usage);
  if (action === 'export' && file !== undefined) return exportTo(id, file);
  if (action === 'erase' && file === undefined) return erase(id, confirm);
  throw new UsageError(usage);
}

async function exportTo(id: string, file: string): Promise<number> {
  if (existsSync(file)) throw new AppError('conflict', `${file} is there already: name a new file`);
  const bytes = await withPersonData(
    async (door) => piecesOf(await requestOf(door, 'GET', pathOf(id))),
    async (data) => Readable.from(data.export(id)),
    (pieces) => save(pieces, file),
  );
  process.stdout.write(`${file}: everything about ${id}, ${(bytes / 1e6).toFixed(1)} MB\n`);
  return 0;
}

/** A file that was not finished is taken away: half a copy looks like a whole one. */
async function save(pieces: Readable, file: string): Promise<number> {
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  try {
    await pipeline(pieces, target);
    return target.bytesWritten;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

async function erase(id: string, confirm: string | undefined): Promise<number> {
  if (confirm !== id) throw new UsageError(`nothing was erased: --confirm must repeat ${id}\n${usage}`);
  const receipt = await withPersonData(
    async (door) => (await (await requestOf(door, 'DELETE', pathOf(id), { confirm })).json()) as ErasureReceipt,
    (data) => data.erase(id, owner),
    async (answer) => answer,
  );
  process.stdout.write(`${JSON.stringify({ residentId: id, ...receipt }, undefined, 2)}\n`);
  for (const name of receipt.queued) {
    process.stderr.write(`anju: the copy in ${name} could not be reached; the service erases it when it can\n`);
  }
  return 0;
}

/** Through the service when one runs, otherwise on the folder itself. */
async function withPersonData<T, R>(
  online: (door: LocalDoor) => Promise<T>,
  offline: (data: PersonData) => Promise<T>,
  use: (found: T) => Promise<R>,
): Promise<R> {
  const config = readConfig(process.env);
  const door = await findLocalDoor(config.dataDir);
  if (door !== undefined) return use(await online(door));
  return offlinePersonData(config, async (data) => use(await offline(data)));
}

function pathOf(id: string): string {
  return `/residents/${encodeURIComponent(id)}/data`;
}

function parsed(words: readonly string[]): { positionals: string[]; confirm: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: { confirm: { type: 'string' } },
      allowPositionals: true,
    });
    return { positionals, confirm: values.confirm };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
