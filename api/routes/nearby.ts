import { z } from 'zod';
import { toWgs84 } from '../../model/datum.ts';
import type { Sighting } from '../../model/dispatch.ts';
import { Datum, LatLon } from '../../model/geo.ts';
import { nameOfUser } from '../../model/people.ts';
import { type Context, type Http, userOf } from '../access.ts';
import { ApproachView, viewOfApproach } from '../dispatch-view.ts';
import { placeIn } from '../in-datum.ts';
import { requireAlert } from './alerts.ts';

const IdParams = z.object({ id: z.string() });
const Position = z.strictObject({
  ...LatLon.shape,
  accuracyM: z.number().positive().max(100_000).optional(),
  datum: Datum.default('WGS84'),
});
const DatumQuery = z.strictObject({ datum: Datum.default('WGS84') });
const RespondersAnswer = z.object({
  datum: Datum,
  items: z.array(
    z.object({
      userId: z.string(),
      username: z.string(),
      name: z.string(),
      position: z.object({ ...LatLon.shape, accuracyM: z.number().optional(), ageS: z.int() }).optional(),
      ...ApproachView.shape,
    }),
  ),
});

/** Where the people on duty are: told by themselves, in memory for 15 minutes, stored nowhere. */
export function nearbyRoutes(http: Http, context: Context): void {
  positionRoutes(http, context);
  respondersRoute(http, context);
}

function positionRoutes(http: Http, { parts }: Context): void {
  const { responders, clock } = parts;
  http.put('/me/position', {
    config: { access: ['responder'] },
    schema: {
      tags: ['duty'],
      summary: 'Where the caller is now: forgotten after 15 minutes, stored nowhere',
      body: Position,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const { datum, lat, lon, accuracyM } = request.body;
      const place = toWgs84({ lat, lon }, datum);
      const sighting = { lat: place.lat, lon: place.lon, ...(accuracyM !== undefined && { accuracyM }), atMs: clock() };
      responders.isAt(userOf(request).id, sighting);
      return reply.code(204).send(null);
    },
  });
  http.delete('/me/position', {
    config: { access: ['responder'] },
    schema: { tags: ['duty'], summary: 'Forgets where the caller is', response: { 204: z.null() } },
    handler: async (request, reply) => {
      responders.left(userOf(request).id);
      return reply.code(204).send(null);
    },
  });
}

function respondersRoute(http: Http, context: Context): void {
  const { responders, clock } = context.parts;
  http.get('/alerts/:id/responders', {
    config: { access: ['admin', 'operator', 'responder'] },
    schema: {
      tags: ['duty'],
      summary: 'Responders on duty around an alert, nearest first',
      params: IdParams,
      querystring: DatumQuery,
      response: { 200: RespondersAnswer },
    },
    handler: async (request) => {
      const alert = await requireAlert(context, userOf(request), request.params.id);
      const nowMs = clock();
      const { datum } = request.query;
      const items = responders.around(alert, nowMs).map(({ user, sighting, approach }) => ({
        userId: user.id,
        username: user.username,
        name: nameOfUser(user),
        ...(sighting && { position: viewOfSighting(sighting, datum, nowMs) }),
        ...(approach && viewOfApproach(approach, nowMs)),
      }));
      return { datum, items };
    },
  });
}

function viewOfSighting({ accuracyM, atMs, ...place }: Sighting, datum: Datum, nowMs: number) {
  const ageS = Math.round((nowMs - atMs) / 1000);
  return { ...placeIn(place, datum), ...(accuracyM !== undefined && { accuracyM }), ageS };
}
