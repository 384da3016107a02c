import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { administrators, type Context, type Http, isLocal, userOf } from '../access.ts';
import { sendPieces } from '../downloads.ts';
import type { BackupProgress } from '../parts.ts';

const Where = z.strictObject({ dir: z.string().min(1).max(4096) });

/** Copies everything to a folder on this machine while the service runs; only for administrators who are on it. */
export function backupRoutes(http: Http, { parts }: Context): void {
  http.post('/backup', {
    config: { access: administrators },
    schema: {
      tags: ['oversight'],
      summary: 'Copies everything, while the service runs',
      description:
        'Lines of JSON: how many rows so far; the last has `done`, or `error` in words. Only from the machine itself.',
      body: Where,
      produces: ['application/x-ndjson'],
    },
    handler: async (request, reply) => {
      requireHere(request);
      const { dir } = request.body;
      const progress = parts.backup(dir)[Symbol.asyncIterator]();
      const first = await progress.next(); // what is wrong with the folder is an answer of its own
      await parts.records.audit([
        { atMs: parts.clock(), who: userOf(request).id, what: 'backup', about: 'everybody', detail: { dir } },
      ]);
      return sendPieces(reply, lines(first, progress), { contentType: 'application/x-ndjson' });
    },
  });
}

/** It names a folder of this machine, which is nothing to be chosen from elsewhere. */
function requireHere(request: FastifyRequest): void {
  if (isLocal(request)) return;
  throw new AppError('forbidden', 'A backup is made from the machine the service runs on: anju backup <dir>.');
}

async function* lines(
  first: IteratorResult<BackupProgress>,
  progress: AsyncIterator<BackupProgress>,
): AsyncGenerator<string> {
  try {
    for (let step = first; !step.done; step = await progress.next()) yield `${JSON.stringify(step.value)}\n`;
  } catch (error) {
    yield `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`;
  } finally {
    await progress.return?.();
  }
}
