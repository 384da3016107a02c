import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { administrators, type Context, type Http, userOf } from '../access.ts';
import { atWork } from '../at-work.ts';
import { confirmedWithinMs } from '../confirmed.ts';
import { sendTexts } from '../downloads.ts';

const IdParams = z.object({ id: z.string().max(64) });
const Confirmation = z.strictObject({ confirm: z.string().max(64) });
const Receipt = z.object({
  at: z.iso.datetime(),
  counts: z.record(z.string(), z.int()).readonly(),
  queued: z.array(z.string()).readonly(),
  rewritten: z.boolean(),
  salt: z.string(),
  digest: z.string(),
});

/** A copy of everything that is kept about one person, and its erasure. */
export function personDataRoutes(http: Http, { parts }: Context): void {
  http.get('/residents/:id/data', {
    config: { access: administrators },
    schema: {
      tags: ['residents'],
      summary: 'Everything kept about a resident',
      description:
        'Everything that is kept about one resident, one JSON object a line; the last has `kind: "end"` and counts the others.',
      params: IdParams,
      produces: ['application/x-ndjson'],
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (!parts.directory.residents.has(id)) throw new AppError('notFound', `There is no ${id} among the residents.`);
      await parts.records.audit([{ atMs: parts.clock(), who: userOf(request).id, what: 'personExported', about: id }]);
      await parts.records.durable(confirmedWithinMs);
      const download = { contentType: 'application/x-ndjson', fileName: `${id}.ndjson` };
      return sendTexts(reply, parts.personData.export(id), download);
    },
  });
  http.delete('/residents/:id/data', {
    config: { access: administrators },
    schema: {
      tags: ['residents'],
      summary: 'Erases a resident',
      description:
        'Erases everything about one resident. `confirm` repeats the id. Refused (409) while an alert of theirs is open.',
      params: IdParams,
      body: Confirmation,
      response: { 200: Receipt },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (request.body.confirm !== id) {
        throw new AppError('badRequest', 'Nothing was erased.', [{ path: 'body.confirm', reason: `must be ${id}` }]);
      }
      reply.header('cache-control', 'no-store');
      return atWork(request, () => parts.personData.erase(id, userOf(request).id));
    },
  });
}
