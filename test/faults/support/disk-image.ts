import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { descriptorOf, lastNumberOf, type SystemCall, textsOf } from './trace.ts';

/*
 * What is on a disk after the power went, from a record of what a program asked of it:
 *
 * - What was written to a file before a sync of that file began, and whose sync was answered, is there.
 * - Of what was written later any part may be there: each write whole, not at all, or its first sectors.
 * - Names (files made, renamed, removed) are kept in one order, as the journals of ext4 and XFS do: everything up to the
 *   last sync that was answered, whatever it was of, and of what followed a beginning.
 */

/** A disk writes a sector whole or not at all. */
const sectorBytes = 512;

type Change =
  | { readonly kind: 'bytes'; readonly at: number; readonly bytes: Buffer; readonly call: SystemCall }
  | { readonly kind: 'length'; readonly length: number; readonly call: SystemCall };

type File = { readonly changes: Change[]; readonly syncs: SystemCall[] };

type Naming = { readonly call: SystemCall } & (
  | { readonly kind: 'made'; readonly name: string; readonly file: File }
  | { readonly kind: 'renamed'; readonly name: string; readonly to: string }
  | { readonly kind: 'removed'; readonly name: string }
);

/** In 0..1, the same each time for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Everything a program did to the files of one folder. */
export class DiskHistory {
  readonly #folder: string;
  readonly #namings: Naming[] = [];
  readonly #syncs: SystemCall[] = [];
  readonly #files = new Map<string, File>();
  readonly #open = new Map<number, { readonly file: File; at: number }>();
  /** Writes to anything that is no file of the folder: what it said to others. */
  readonly said: SystemCall[] = [];

  constructor(folder: string, calls: readonly SystemCall[]) {
    this.#folder = folder;
    for (const call of calls) if (call.result >= 0) this.#follow(call);
  }

  /** Lays the disk as it may be after the power went at line `cut` of the record into an empty folder. */
  lay(cut: number, into: string, random: () => number): void {
    for (const [name, file] of this.#namesAt(cut, random)) {
      if (basename(name).endsWith('-shm')) continue; // SQLite's shared memory: made anew at each start
      const path = join(into, name.slice(this.#folder.length));
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, contentAt(file, cut, random), { mode: 0o600 });
    }
  }

  #follow(call: SystemCall): void {
    if (call.name === 'openat') this.#opened(call);
    else if (/^(rename|unlink)/.test(call.name)) this.#named(call);
    else this.#touched(call);
  }

  #opened(call: SystemCall): void {
    const name = textsOf(call)[0]?.toString() ?? '';
    if (!name.startsWith(`${this.#folder}/`)) return;
    const isEmptied = call.args.includes('O_TRUNC');
    let file = this.#files.get(name);
    if (file === undefined && call.args.includes('O_CREAT')) {
      file = { changes: [], syncs: [] };
      this.#files.set(name, file);
      this.#namings.push({ kind: 'made', name, file, call });
    }
    file ??= { changes: [], syncs: [] }; // a folder, opened to be synced
    if (isEmptied) file.changes.push({ kind: 'length', length: 0, call });
    this.#open.set(call.result, { file, at: call.args.includes('O_APPEND') ? lengthOf(file) : 0 });
  }

  #named(call: SystemCall): void {
    const [name = '', to = ''] = textsOf(call).map(String);
    const file = this.#files.get(name);
    if (file === undefined) return;
    this.#files.delete(name);
    if (to !== '') this.#files.set(to, file);
    this.#namings.push(to !== '' ? { kind: 'renamed', name, to, call } : { kind: 'removed', name, call });
  }

  #touched(call: SystemCall): void {
    const opened = this.#open.get(descriptorOf(call));
    if (call.name === 'close') this.#open.delete(descriptorOf(call));
    else if (call.name.endsWith('sync')) this.#synced(call, opened?.file);
    else if (opened === undefined) this.said.push(call);
    else if (call.name === 'ftruncate') opened.file.changes.push({ kind: 'length', length: lastNumberOf(call), call });
    else this.#written(call, opened);
  }

  #synced(call: SystemCall, file: File | undefined): void {
    file?.syncs.push(call);
    if (file !== undefined) this.#syncs.push(call);
  }

  #written(call: SystemCall, opened: { readonly file: File; at: number }): void {
    const bytes = Buffer.concat(textsOf(call)).subarray(0, call.result);
    const isPlaced = call.name.startsWith('p');
    opened.file.changes.push({ kind: 'bytes', at: isPlaced ? lastNumberOf(call) : opened.at, bytes, call });
    if (!isPlaced) opened.at += bytes.length;
  }

  #namesAt(cut: number, random: () => number): Map<string, File> {
    const begun = this.#namings.filter(({ call }) => call.began < cut);
    const lastSync = this.#syncs.findLast(({ ended }) => ended < cut);
    const certain = begun.filter(({ call }) => lastSync !== undefined && call.ended < lastSync.began).length;
    const kept = certain + Math.floor(random() * (begun.length - certain + 1));
    const names = new Map<string, File>();
    for (const naming of begun.slice(0, kept)) {
      if (naming.kind === 'made') names.set(naming.name, naming.file);
      const file = naming.kind === 'renamed' ? names.get(naming.name) : undefined;
      if (naming.kind !== 'made') names.delete(naming.name);
      if (naming.kind === 'renamed' && file !== undefined) names.set(naming.to, file);
    }
    return names;
  }
}

function lengthOf({ changes }: File): number {
  return changes.reduce(
    (length, change) => (change.kind === 'length' ? change.length : Math.max(length, change.at + change.bytes.length)),
    0,
  );
}

function contentAt({ changes, syncs }: File, cut: number, random: () => number): Buffer {
  const answered = syncs.filter(({ ended }) => ended < cut);
  const lastBegan = answered.at(-1)?.began ?? Number.NEGATIVE_INFINITY;
  const luck = [0, 1, random()][Math.floor(random() * 3)] ?? 0; // nothing more, everything, or some of it
  const content = new Content(changes);
  for (const change of changes.filter(({ call }) => call.began < cut)) {
    const isWhole = change.call.ended < lastBegan || random() < luck;
    const isBegun = random() < luck;
    if (isWhole) content.apply(change, 1);
    else if (isBegun) content.apply(change, random());
  }
  return content.bytes();
}

/** A file as change after change makes it. */
class Content {
  readonly #room: Buffer;
  #length = 0;

  /** With room for everything that may happen to it. */
  constructor(changes: readonly Change[]) {
    const ends = changes.map((change) => (change.kind === 'length' ? change.length : change.at + change.bytes.length));
    this.#room = Buffer.alloc(ends.reduce((most, end) => Math.max(most, end), 0));
  }

  /** `share` of the sectors of a write; a change of length happens or not. */
  apply(change: Change, share: number): void {
    if (change.kind === 'length') {
      if (share === 1) this.#resize(change.length);
      return;
    }
    const end = change.at + change.bytes.length * share;
    const bytes = change.bytes.subarray(0, share === 1 ? end : Math.max(0, end - (end % sectorBytes) - change.at));
    if (bytes.length === 0) return;
    this.#length = Math.max(this.#length, change.at + bytes.length);
    bytes.copy(this.#room, change.at);
  }

  bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  /** What is cut off is nothing when the file grows again. */
  #resize(length: number): void {
    if (length < this.#length) this.#room.fill(0, length, this.#length);
    this.#length = length;
  }
}
