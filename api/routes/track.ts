import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { Datum } from '../../model/geo.ts';
import type { TimeRange, TrackPoint } from '../../store/contracts.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { readMeanwhile } from '../ahead.ts';
import { pageOfPoints, startOf } from '../cursor.ts';
import { sendTexts } from '../downloads.ts';
import { pointsIn } from '../in-datum.ts';
import { rangeOf, rangeQuery } from '../range.ts';
import { requireResident } from '../residents.ts';
import { simplified } from '../simplify.ts';
import { itemOf, type TrackFormat, trackFormats, written } from '../track-formats.ts';
import { pageOf } from '../views.ts';

const dayMs = 86_400_000;
const pointsAtMost = 10_000;
const IdParams = z.object({ id: z.string() });
const formats = Object.keys(trackFormats) as TrackFormat[];
const TrackQuery = z.strictObject({
  ...rangeQuery,
  format: z.enum(formats).default('json'),
  simplifyM: z.coerce.number().positive().max(10_000).optional(),
  datum: Datum.optional(),
  limit: z.coerce.number().int().min(1).max(pointsAtMost).optional(),
  cursor: z.string().max(100).optional(),
});
type TrackQuery = z.infer<typeof TrackQuery>;
const Point = z.object({
  t: z.iso.datetime(),
  lat: z.number(),
  lon: z.number(),
  accuracyM: z.number().optional(),
  deviceId: z.string(),
});

/** Where a resident was: the whole range in any format, or page by page as JSON. */
export function trackRoutes(http: Http, context: Context): void {
  const { parts } = context;
  http.get('/residents/:id/track', {
    config: { access: carers },
    schema: {
      tags: ['residents'],
      summary: 'Where a resident was',
      description:
        'The whole range, streamed; with `limit` page by page (JSON only). GPX is WGS-84 by definition; other formats name the datum when it was asked for.',
      params: IdParams,
      querystring: TrackQuery,
      produces: Object.values(trackFormats).map(({ contentType }) => contentType),
      response: { 200: pageOf(Point).extend({ datum: Datum.optional() }) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { query } = request;
      const user = userOf(request);
      requireResident(parts.directory, user, id);
      requireSense(query);
      const range = rangeOf(query, parts.clock(), dayMs);
      const look = { atMs: parts.clock(), who: user.id, what: 'trackRead', about: id, detail: range } as const;
      const audited = () => parts.records.auditLooks([look]);
      if (query.limit !== undefined || query.cursor !== undefined) {
        await audited();
        reply.header('cache-control', 'no-store');
        return page(context, id, range, query);
      }
      // The disk looks for the points while the entry is written; without the entry nobody is told.
      const points = await readMeanwhile(parts.telemetry.track(id, range), audited);
      return whole(reply, id, points, query) as never; // a text stands for the described answer
    },
  });
}

function whole(reply: FastifyReply, id: string, points: AsyncIterable<TrackPoint>, query: TrackQuery) {
  const format = trackFormats[query.format];
  const fileName = query.format === 'json' ? undefined : `${id}-track.${query.format}`;
  const texts = written(inDatum(thinned(points, query), query), format, query.datum);
  return sendTexts(reply, texts, { contentType: format.contentType, ...(fileName && { fileName }) });
}

function requireSense({ format, datum, limit, cursor, simplifyM }: TrackQuery): void {
  const isPaged = limit !== undefined || cursor !== undefined;
  const wrong = [
    ...(format === 'gpx' && datum !== undefined && datum !== 'WGS84'
      ? [{ path: 'query.datum', reason: 'GPX is WGS84 by definition: take another format' }]
      : []),
    ...(isPaged && format !== 'json'
      ? [{ path: 'query.limit', reason: `${format} is sent whole, without pages` }]
      : []),
    ...(isPaged && simplifyM !== undefined
      ? [{ path: 'query.simplifyM', reason: 'a track is simplified as a whole, not page by page' }]
      : []),
  ];
  if (wrong.length > 0) throw new AppError('badRequest', 'The track cannot be given like that.', wrong);
}

function thinned(points: AsyncIterable<TrackPoint>, { simplifyM }: TrackQuery): AsyncIterable<TrackPoint> {
  return simplifyM === undefined ? points : simplified(points, simplifyM);
}

function inDatum(points: AsyncIterable<TrackPoint>, { datum }: TrackQuery): AsyncIterable<TrackPoint> {
  return datum === undefined || datum === 'WGS84' ? points : pointsIn(points, datum);
}

async function page({ parts }: Context, id: string, range: TimeRange, query: TrackQuery) {
  const start = startOf(query.cursor, range.fromMs);
  const from = { fromMs: Math.max(range.fromMs, start.atMs), toMs: range.toMs };
  const { datum } = query;
  if (from.fromMs >= from.toMs) return { ...(datum && { datum }), items: [], nextCursor: null };
  const points = inDatum(parts.telemetry.track(id, from), query);
  const found = await pageOfPoints(points, start, query.limit ?? pointsAtMost);
  return { ...(datum && { datum }), items: found.points.map(itemOf), nextCursor: found.nextCursor };
}
