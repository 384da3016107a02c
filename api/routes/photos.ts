import { z } from 'zod';
import { AlertView } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import { namedViewOf } from '../../model/named-alert.ts';
import { actingRoles } from '../../model/scope.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { pictureIn, pictureLimit, showPicture, takesPictures } from '../pictures.ts';
import { requireAlert } from './alerts.ts';

const IdParams = z.object({ id: z.string() });

/** What was found at the door. */
export function photoRoutes(http: Http, context: Context): void {
  http.register(async (withPictures: Http) => {
    takesPictures(withPictures);
    putRoute(withPictures, context);
  });
  getRoute(http, context);
}

function putRoute(http: Http, context: Context): void {
  const { desk, records, directory, clock } = context.parts;
  const requireSlowly = pictureLimit(http);
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
      await requireSlowly(request);
      const photo = pictureIn(request.body);
      const note = { kind: 'photo' as const, bytes: photo.bytes.length, type: photo.type };
      // The picture first: an alert never says that it has one which is not there.
      const keep = async () => {
        if (!(await records.putPhoto(id, photo))) throw new AppError('notFound', 'This alert was erased meanwhile.');
      };
      return namedViewOf(await desk.note(id, note, user, clock(), keep), directory);
    },
  });
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
      return showPicture(reply, photo);
    },
  });
}
