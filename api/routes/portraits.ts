import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { type Context, carers, centre, type Http, userOf } from '../access.ts';
import { pictureIn, pictureLimit, showPicture, takesPictures } from '../pictures.ts';
import { requireResident } from '../residents.ts';

const IdParams = z.object({ id: z.string() });

/** How a resident looks, for whoever looks for her or stands at her door. */
export function portraitRoutes(http: Http, context: Context): void {
  http.register(async (withPictures: Http) => {
    takesPictures(withPictures);
    putRoute(withPictures, context);
  });
  getRoute(http, context);
  removeRoute(http, context);
}

function putRoute(http: Http, { parts: { directory, records, clock } }: Context): void {
  const requireSlowly = pictureLimit(http);
  http.put('/residents/:id/photo', {
    config: { access: centre },
    schema: {
      tags: ['residents'],
      summary: 'A photo of the resident (JPEG, PNG or WebP, 1 MB at most), in place of the one before',
      params: IdParams,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = request.params;
      requireResident(directory, user, id);
      await requireSlowly(request);
      const photo = pictureIn(request.body);
      const detail = { bytes: photo.bytes.length, type: photo.type };
      if (!(await records.putPortrait(id, photo)))
        throw new AppError('notFound', 'This resident was erased meanwhile.');
      await records.audit([{ atMs: clock(), who: user.id, what: 'portraitPut', about: id, detail }]);
      return reply.code(204).send(null);
    },
  });
}

function getRoute(http: Http, { parts: { directory, records, clock } }: Context): void {
  http.get('/residents/:id/photo', {
    config: { access: carers },
    schema: {
      tags: ['residents'],
      summary: 'The photo of a resident; 204 when there is none',
      description: 'Never masked, so not for walls and not for the public. Each look is in the audit log.',
      params: IdParams,
      produces: ['image/*'],
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = request.params;
      requireResident(directory, user, id);
      const photo = await records.portrait(id);
      if (photo === undefined) return reply.code(204).send(null);
      await records.auditLooks([{ atMs: clock(), who: user.id, what: 'portraitRead', about: id }]);
      return showPicture(reply, photo);
    },
  });
}

function removeRoute(http: Http, { parts: { directory, records, clock } }: Context): void {
  http.delete('/residents/:id/photo', {
    config: { access: centre },
    schema: {
      tags: ['residents'],
      summary: 'Removes the photo of a resident',
      params: IdParams,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = request.params;
      requireResident(directory, user, id);
      const wasThere = await records.removePortrait(id);
      if (wasThere) await records.audit([{ atMs: clock(), who: user.id, what: 'portraitRemoved', about: id }]);
      return reply.code(204).send(null);
    },
  });
}
