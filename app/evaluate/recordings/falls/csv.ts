import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** Every row of a CSV file, gzipped or not, as fields by name. Fields hold no quotes in the data sets read here. */
export async function* rowsOf(dir: string, name: string): AsyncGenerator<Readonly<Record<string, string>>> {
  let names: string[] | undefined;
  for (const fields of linesOf(await bytesOf(dir, name))) {
    if (names === undefined) names = fields;
    else yield Object.fromEntries(names.map((field, i) => [field, fields[i] ?? '']));
  }
}

/** The rows of a large file as arrays, without its header. */
export async function* columnsOf(dir: string, name: string): AsyncGenerator<readonly string[]> {
  let isHeader = true;
  for (const fields of linesOf(await bytesOf(dir, name))) {
    if (!isHeader) yield fields;
    isHeader = false;
  }
}

/** A piece at a time: a whole file as one string of text is longer than a string may be. */
function* linesOf(bytes: Buffer): Generator<string[]> {
  const newline = 0x0a;
  let from = 0;
  while (from < bytes.length) {
    const found = bytes.indexOf(newline, from);
    const to = found < 0 ? bytes.length : found;
    const line = bytes.toString('latin1', from, to).trimEnd();
    if (line !== '') yield line.split(',');
    from = to + 1;
  }
}

async function bytesOf(dir: string, name: string): Promise<Buffer> {
  const zipped = join(dir, `${name}.gz`);
  return existsSync(zipped) ? await unzip(await readFile(zipped)) : await readFile(join(dir, name));
}
