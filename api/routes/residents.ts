import { z } from 'zod';
import { Datum } from '../../model/geo.ts';
import { namedViewOf } from '../../model/named-alert.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { requireResident } from '../residents.ts';
import { LiveView, viewOfLive } from '../views.ts';

const IdParams = z.object({ id: z.string() });
const LiveQuery = z.strictObject({ datum: Datum.default('WGS84') });

/** What is known of one resident now. */
export function residentRoutes(http: Http, { parts, board }: Context): void {
  http.get('/residents/:id/live', {
    config: { access: carers },
    schema: {
      tags: ['residents'],
      summary: 'What is known of a resident now',
      params: IdParams,
      querystring: LiveQuery,
      response: { 200: LiveView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const user = userOf(request);
      requireResident(parts.directory, user, id);
      const nowMs = parts.clock();
      // Written before it is shown: a look that leaves no trace must not be possible.
      await parts.records.auditLooks([{ atMs: nowMs, who: user.id, what: 'livePositionRead', about: id }]);
      const alerts = parts.desk.open().filter((alert) => alert.residentId === id);
      const live = await board.live(id, nowMs);
      reply.header('cache-control', 'no-store');
      const { datum } = request.query;
      const { directory, timeZone } = parts;
      const backSinceMs = parts.backSince(id);
      const named = alerts.map((alert) => namedViewOf(alert, directory));
      return viewOfLive(id, live, { alerts: named, directory, nowMs, datum, timeZone, backSinceMs });
    },
  });
}
