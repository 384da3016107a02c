import { readFile } from 'node:fs/promises';
import { AppError } from '../../model/errors.ts';
import { asAdministrator } from '../administrator.ts';
import { requireNoMore, UsageError } from '../usage.ts';

/** Reads a JSON file; a missing or broken one is the user's to mend, in one sentence. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AppError('badRequest', `${file} cannot be read (${error.code ?? error.message})`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('badRequest', `${file} is not JSON: ${(error as Error).message}`);
  }
}

/** `anju import <file>`: all of it or nothing. */
export async function importFile(words: readonly string[]): Promise<number> {
  const [file, ...extra] = words;
  if (file === undefined || extra.length > 0) throw new UsageError('usage: anju import <file>');
  const document = await readJson(file);
  const counts = await asAdministrator((administrator) => administrator.importDocument(document));
  const parts = Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []));
  process.stdout.write(`imported ${parts.join(', ') || 'nothing: the document is empty'}\n`);
  return 0;
}

/** `anju export`: what is stored, without secrets, on stdout. */
export async function exportDocument(words: readonly string[]): Promise<number> {
  requireNoMore(words, 'usage: anju export > <file>');
  const document = await asAdministrator((administrator) => administrator.exportDocument());
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  return 0;
}
