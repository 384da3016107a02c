import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Alert } from '../../model/alert.ts';
import { viewOfAlert } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import { readConfig } from '../config.ts';
import { Replay } from '../replay.ts';
import { UsageError } from '../usage.ts';
import { readJson } from './documents.ts';

const usage = 'usage: anju replay <file> --community <import.json>';

const Line = z.object({ at: z.number(), topic: z.string(), payload: z.unknown() });

/** `anju replay`: recorded messages through codecs, rules and alerts, time moved by `at`; alerts as NDJSON. No network, no clock. */
export async function replay(words: readonly string[]): Promise<number> {
  const { file, communityFile } = options(words);
  const { timeZone } = readConfig(process.env);
  const session = await Replay.open(await readJson(communityFile), timeZone, print);
  let number = 0;
  for await (const text of createInterface({ input: await readable(file) })) {
    number += 1;
    if (text.trim() === '') continue;
    const { at, topic, payload } = parsed(text, `${file}:${number}`);
    await session.message(at, topic, typeof payload === 'string' ? payload : JSON.stringify(payload));
  }
  await session.close();
  if (session.refused.size > 0) process.stderr.write(`anju: not understood: ${inWords(session.refused)}\n`);
  return 0;
}

function inWords(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

function print(atMs: number, alert: Alert): void {
  process.stdout.write(`${JSON.stringify({ at: atMs, ...viewOfAlert(alert) })}\n`);
}

function parsed(text: string, where: string): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    throw new AppError('badRequest', `${where} is not a line {"at": epoch ms, "topic": …, "payload": …}`);
  }
}

function readable(file: string): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    const stream = createReadStream(file);
    stream.once('open', () => resolve(stream));
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(new AppError('badRequest', `${file} cannot be read (${error.code ?? error.message})`)),
    );
  });
}

function options(words: readonly string[]): { file: string; communityFile: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { community: { type: 'string' } },
      allowPositionals: true,
    });
    const [file, ...extra] = positionals;
    if (file === undefined || extra.length > 0 || values.community === undefined) throw new UsageError(usage);
    return { file, communityFile: values.community };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
