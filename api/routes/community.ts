import { z } from 'zod';
import { CommunityDocument } from '../../model/community.ts';
import { administrators, type Context, centre, type Http, userOf } from '../access.ts';
import { atWork } from '../at-work.ts';
import { requireDevice } from '../devices.ts';

/** A community of 100,000 devices is about 10 MB. Parsing holds everybody up for a moment, so not more than needed. */
const documentBytesAtMost = 16 * 1_048_576;
/** Who sends half a million wrong things is not told each of them. */
const problemsToldAtMost = 1_000;
const ImportCounts = z.record(z.string(), z.int());
const ImportPreview = z.object({
  counts: z.record(z.string(), z.object({ created: z.int(), changed: z.int(), unchanged: z.int() })),
  problems: z.array(z.object({ path: z.string(), reason: z.string() })),
  problemsTotal: z.int(),
});
const IdParams = z.object({ id: z.string() });

/** The community as one document, and the tokens of its devices. */
export function communityRoutes(http: Http, context: Context): void {
  documentRoutes(http, context);
  tokenRoutes(http, context);
}

function documentRoutes(http: Http, { parts }: Context): void {
  const audit = (who: string, what: string) =>
    parts.records.audit([{ atMs: parts.clock(), who, what, about: 'community' }]);
  http.post('/import', {
    config: { access: administrators },
    bodyLimit: documentBytesAtMost,
    // The body is proved by the administration, which knows more than a schema: what refers to what, which shapes cross themselves.
    schema: {
      tags: ['community'],
      summary: 'Imports a community: all of it or nothing',
      description:
        'A document as in the schema of GET /export. Answers how many of each kind; with `preview=true` nothing is changed and the answer is what would be created, changed and left as it is, and every problem with its path.',
      querystring: z.strictObject({ preview: z.stringbool().default(false) }),
      body: z.unknown(),
      response: { 200: z.union([ImportCounts, ImportPreview]) },
    },
    handler: async (request) => {
      if (request.query.preview) return previewOf(parts, request.body);
      const { counts } = await atWork(request, () => parts.administration.importDocument(request.body));
      await audit(userOf(request).id, 'import');
      return counts;
    },
  });
  http.get('/export', {
    config: { access: administrators },
    schema: {
      tags: ['community'],
      summary: 'The whole community, without secrets',
      response: { 200: CommunityDocument },
    },
    handler: async (request) => {
      await audit(userOf(request).id, 'export');
      return parts.administration.exportDocument();
    },
  });
}

async function previewOf({ administration }: Context['parts'], document: unknown) {
  const { counts, problems } = await administration.previewImport(document);
  const told = problems.slice(0, problemsToldAtMost);
  return { counts: { ...counts }, problems: [...told], problemsTotal: problems.length };
}

function tokenRoutes(http: Http, { parts }: Context): void {
  const audit = (who: string, what: string, about: string) =>
    parts.records.audit([{ atMs: parts.clock(), who, what, about }]);
  http.post('/devices/:id/token', {
    config: { access: centre },
    schema: {
      tags: ['devices'],
      summary: 'A new token, shown once; the old one stops working',
      params: IdParams,
      description: '`qr` is what a QR code for the installer holds: `anju:1:{deviceId}:{token}`.',
      response: { 201: z.object({ token: z.string(), qr: z.string() }) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const may = () => requireDevice(parts.directory, userOf(request), id);
      may();
      const token = await parts.administration.issueDeviceToken(id, may);
      await audit(userOf(request).id, 'deviceToken', id);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ token, qr: `anju:1:${id}:${token}` });
    },
  });
  http.delete('/devices/:id/token', {
    config: { access: centre },
    schema: { tags: ['devices'], summary: 'No token works any more', params: IdParams, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const { id } = request.params;
      const may = () => requireDevice(parts.directory, userOf(request), id);
      may();
      await parts.administration.revokeDeviceToken(id, may);
      await audit(userOf(request).id, 'deviceTokenRevoked', id);
      return reply.code(204).send(null);
    },
  });
}
