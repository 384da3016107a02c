import { Readable } from 'node:stream';
import { z } from 'zod';
import { viewOfAlert } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import type { User } from '../../model/people.ts';
import { Metric } from '../../model/reading.ts';
import { maySeeResident } from '../../model/scope.ts';
import type { MetricPoint, TimeRange } from '../../store/contracts.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { aggregates, bucketMs, inBuckets } from '../aggregate.ts';
import { instant, listOf, rangeOf, rangeQuery } from '../range.ts';
import { simplified } from '../simplify.ts';
import { type TrackFormat, trackFormats, written } from '../track-formats.ts';
import { LiveView, pageOf, viewOfLive } from '../views.ts';

const dayMs = 86_400_000;
const rowsAtMost = 10_000;
const IdParams = z.object({ id: z.string() });
const formats = Object.keys(trackFormats) as TrackFormat[];
const TrackQuery = z.strictObject({
  ...rangeQuery,
  format: z.enum(formats).default('json'),
  simplifyM: z.coerce.number().positive().max(10_000).optional(),
});
const ReadingsQuery = z.strictObject({
  ...rangeQuery,
  metric: Metric,
  limit: z.coerce.number().int().min(1).max(rowsAtMost).default(1000),
  cursor: z.string().max(100).optional(),
  bucket: z.string().max(10).optional(),
  agg: listOf(aggregates).optional(),
});
type ReadingsQuery = z.infer<typeof ReadingsQuery>;
const RawPoint = z.object({ t: z.iso.datetime(), value: z.number(), deviceId: z.string() });
const BucketPoint = z.object({
  t: z.iso.datetime(),
  mean: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  count: z.int().optional(),
  last: z.number().optional(),
});

/** What is known of one resident: now, where they were, what was measured. */
export function residentRoutes(http: Http, context: Context): void {
  liveRoute(http, context);
  trackRoute(http, context);
  readingsRoute(http, context);
}

function requireResident({ parts }: Context, user: User, id: string): void {
  if (parts.directory.residents.has(id) && maySeeResident(parts.directory, user, id)) return;
  throw new AppError('notFound', `There is no ${id} among the residents you look after.`);
}

function liveRoute(http: Http, context: Context): void {
  const { parts, board } = context;
  http.get('/residents/:id/live', {
    config: { access: carers },
    schema: { tags: ['residents'], params: IdParams, response: { 200: LiveView } },
    handler: async (request, reply) => {
      const { id } = request.params;
      const user = userOf(request);
      requireResident(context, user, id);
      const nowMs = parts.clock();
      // Written before it is shown: a look that leaves no trace must not be possible.
      await parts.records.audit([{ atMs: nowMs, who: user.id, what: 'livePositionRead', about: id }]);
      const alerts = parts.desk.open().filter((alert) => alert.residentId === id);
      const live = await board.live(id, nowMs);
      reply.header('cache-control', 'no-store');
      return viewOfLive(id, live, alerts.map(viewOfAlert), parts.directory, nowMs);
    },
  });
}

function trackRoute(http: Http, context: Context): void {
  const { parts } = context;
  http.get('/residents/:id/track', {
    config: { access: carers },
    schema: { tags: ['residents'], params: IdParams, querystring: TrackQuery },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { format: name, simplifyM } = request.query;
      const user = userOf(request);
      requireResident(context, user, id);
      const range = rangeOf(request.query, parts.clock(), dayMs);
      await parts.records.audit([{ atMs: parts.clock(), who: user.id, what: 'trackRead', about: id, detail: range }]);
      const whole = parts.telemetry.track(id, range);
      const points = simplifyM === undefined ? whole : simplified(whole, simplifyM);
      const format = trackFormats[name];
      reply.type(format.contentType).header('cache-control', 'no-store');
      return reply.send(Readable.from(written(points, format)));
    },
  });
}

function readingsRoute(http: Http, context: Context): void {
  const { parts } = context;
  http.get('/residents/:id/readings', {
    config: { access: carers },
    schema: {
      tags: ['residents'],
      params: IdParams,
      querystring: ReadingsQuery,
      response: { 200: z.union([pageOf(RawPoint), pageOf(BucketPoint)]) },
    },
    handler: async (request) => {
      const { id } = request.params;
      requireResident(context, userOf(request), id);
      const range = rangeOf(request.query, parts.clock(), dayMs);
      if (request.query.bucket !== undefined) return bucketed(context, id, range, request.query, request.query.bucket);
      return raw(context, id, range, request.query);
    },
  });
}

async function bucketed({ parts }: Context, id: string, range: TimeRange, query: ReadingsQuery, bucket: string) {
  const widthMs = bucketMs(bucket);
  if ((range.toMs - range.fromMs) / widthMs > rowsAtMost) {
    const reason = `must give at most ${rowsAtMost} buckets in the range`;
    throw new AppError('badRequest', 'The buckets are too small.', [{ path: 'query.bucket', reason }]);
  }
  const points = parts.telemetry.metric(id, query.metric, range);
  const items = [];
  for await (const { t, ...rest } of inBuckets(points, widthMs, query.agg ?? aggregates, parts.timeZone)) {
    items.push({ t: instant(t), ...rest });
  }
  return { items, nextCursor: null };
}

/** A page of points. The cursor is the last point's time and how many of that very time have been given. */
async function raw({ parts }: Context, id: string, range: TimeRange, { metric, limit, cursor }: ReadingsQuery) {
  const start = cursor === undefined ? { atMs: range.fromMs, given: 0 } : startOf(cursor);
  const from = { fromMs: Math.max(range.fromMs, start.atMs), toMs: range.toMs };
  if (from.fromMs >= from.toMs) return { items: [], nextCursor: null };
  const page: MetricPoint[] = [];
  let skipped = 0;
  for await (const point of parts.telemetry.metric(id, metric, from)) {
    if (point.atMs === start.atMs && skipped < start.given) skipped += 1;
    else page.push(point);
    if (page.length > limit) break;
  }
  const items = page.slice(0, limit).map(({ atMs, value, deviceId }) => ({ t: instant(atMs), value, deviceId }));
  return { items, nextCursor: page.length > limit ? cursorAfter(page.slice(0, limit), start) : null };
}

type Start = { readonly atMs: number; readonly given: number };

function cursorAfter(given: readonly MetricPoint[], start: Start): string {
  const atMs = given.at(-1)?.atMs ?? start.atMs;
  const now = given.filter((point) => point.atMs === atMs).length;
  return `${atMs}.${atMs === start.atMs ? start.given + now : now}`;
}

function startOf(cursor: string): Start {
  const [, atMs, given] = /^(\d{1,15})\.(\d{1,6})$/.exec(cursor) ?? [];
  if (atMs !== undefined && given !== undefined) return { atMs: Number(atMs), given: Number(given) };
  throw new AppError('badRequest', 'The cursor is none of ours.', [
    { path: 'query.cursor', reason: 'must be a nextCursor' },
  ]);
}
