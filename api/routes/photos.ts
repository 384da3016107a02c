import { z } from 'zod';
import { AlertView } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import { namedViewOf } from '../../model/named-alert.ts';
import { type Photo, photoBytesAtMost, photoTypeOf, photoTypes } from '../../model/photo.ts';
import { actingRoles } from '../../model/scope.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { requireAlert } from './alerts.ts';

const IdParams = z.object({ id: z.string() });
const endings = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;

/** Each is written in 12 ms in which nothing else is done: one person does not fill the minute with them. */
const photosPerMinute = 20;

/** What was found at the door. Only here does the service take pictures, and nothing larger than a megabyte. */
export function photoRoutes(http: Http, context: Context): void {
  http.register(async (withPictures: Http) => {
    withPictures.addContentTypeParser(
      [...photoTypes],
      { parseAs: 'buffer', bodyLimit: photoBytesAtMost },
      (_request, body, done) => done(null, body),
    );
    putRoute(withPictures, context);
  });
  getRoute(http, context);
}

function putRoute(http: Http, context: Context): void {
  const { desk, records, directory, clock } = context.parts;
  const perUser = http.createRateLimit({
    max: photosPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => userOf(request).id,
  });
  http.put('/alerts/:id/photo', {
    config: { access: actingRoles },
    schema: {
      tags: ['alerts'],
      summary: 'A photo with the alert (JPEG, PNG or WebP, 1 MB at most), in place of the one before',
      params: IdParams,
      response: { 200: AlertView },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = await requireAlert(context, user, request.params.id);
      const verdict = await perUser(request);
      if (!verdict.isAllowed && verdict.isExceeded) throw new AppError('tooMany', 'Enough photos for a minute.');
      const photo = photoIn(request.body);
      const note = { kind: 'photo' as const, bytes: photo.bytes.length, type: photo.type };
      // The picture first: an alert never says that it has one which is not there.
      const keep = async () => {
        if (!(await records.putPhoto(id, photo))) throw new AppError('notFound', 'This alert was erased meanwhile.');
      };
      return namedViewOf(await desk.note(id, note, user, clock(), keep), directory);
    },
  });
}

/** Throws AppError `badRequest` for what is no picture, whatever its media type says. */
function photoIn(body: unknown): Photo {
  const type = body instanceof Uint8Array ? photoTypeOf(body) : undefined;
  if (body instanceof Uint8Array && type !== undefined) return { type, bytes: body };
  throw new AppError('badRequest', 'This is no picture: send the bytes of a JPEG, PNG or WebP file as the body.');
}

function getRoute(http: Http, context: Context): void {
  const { records, clock } = context.parts;
  http.get('/alerts/:id/photo', {
    config: { access: carers },
    schema: { tags: ['alerts'], summary: 'The photo of an alert', params: IdParams },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id, residentId } = await requireAlert(context, user, request.params.id);
      const photo = await records.photo(id);
      if (photo === undefined) throw new AppError('notFound', 'This alert has no photo.');
      const look = { atMs: clock(), who: user.id, what: 'photoRead', about: residentId, detail: { alertId: id } };
      await records.auditLooks([look]);
      // Somebody sent it: a browser shows it as a picture, and never as a page with scripts of its own.
      return reply
        .type(photo.type)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('content-disposition', `inline; filename="photo.${endings[photo.type]}"`)
        .send(Buffer.from(photo.bytes));
    },
  });
}
