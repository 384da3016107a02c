import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { Metric } from '../../model/reading.ts';
import type { MetricPoint, TimeRange } from '../../store/contracts.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { type Aggregate, aggregates, type Bucket, bucketMs, chosen } from '../aggregate.ts';
import { csvLine } from '../csv.ts';
import { pageOfPoints, startOf } from '../cursor.ts';
import { sendTexts } from '../downloads.ts';
import { instant, listOf, rangeOf, rangeQuery } from '../range.ts';
import { requireResident } from '../residents.ts';
import { pageOf } from '../views.ts';

const dayMs = 86_400_000;
const rowsAtMost = 10_000;
const contentTypes = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
} as const;
const IdParams = z.object({ id: z.string() });
const ReadingsQuery = z.strictObject({
  ...rangeQuery,
  metric: Metric,
  format: z.enum(['json', 'ndjson', 'csv']).default('json'),
  limit: z.coerce.number().int().min(1).max(rowsAtMost).optional(),
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

/** What was measured of a resident: each value or in buckets; page by page as JSON, or all of it as a file. */
export function readingsRoutes(http: Http, context: Context): void {
  const { parts } = context;
  http.get('/residents/:id/readings', {
    config: { access: carers },
    schema: {
      tags: ['residents'],
      summary: 'Readings of one metric, raw or in buckets',
      description: 'JSON comes page by page; `format=csv` and `ndjson` are the whole range, streamed.',
      params: IdParams,
      querystring: ReadingsQuery,
      produces: Object.values(contentTypes),
      response: { 200: z.union([pageOf(RawPoint), pageOf(BucketPoint)]) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { query } = request;
      const user = userOf(request);
      requireResident(parts.directory, user, id);
      const range = rangeOf(query, parts.clock(), dayMs);
      const detail = { metric: query.metric, ...range };
      await parts.records.auditLooks([{ atMs: parts.clock(), who: user.id, what: 'readingsRead', about: id, detail }]);
      if (query.format === 'json')
        return query.bucket === undefined ? raw(context, id, range, query) : bucketed(context, id, range, query);
      requireWhole(query);
      const lines =
        query.bucket === undefined ? rawLines(context, id, range, query) : bucketLines(context, id, range, query);
      const download = { contentType: contentTypes[query.format], fileName: `${id}-${query.metric}.${query.format}` };
      return sendTexts(reply, lines, download) as never; // a text stands for the described answer
    },
  });
}

function requireWhole({ format, limit, cursor }: ReadingsQuery): void {
  if (limit === undefined && cursor === undefined) return;
  const reason = `${format} is sent whole, without pages`;
  throw new AppError('badRequest', 'The readings cannot be given like that.', [{ path: 'query.limit', reason }]);
}

async function raw({ parts }: Context, id: string, range: TimeRange, { metric, limit, cursor }: ReadingsQuery) {
  const start = startOf(cursor, range.fromMs);
  const from = { fromMs: Math.max(range.fromMs, start.atMs), toMs: range.toMs };
  if (from.fromMs >= from.toMs) return { items: [], nextCursor: null };
  const { points, nextCursor } = await pageOfPoints(parts.telemetry.metric(id, metric, from), start, limit ?? 1000);
  return { items: points.map(itemOf), nextCursor };
}

function itemOf({ atMs, value, deviceId }: MetricPoint) {
  return { t: instant(atMs), value, deviceId };
}

async function* rawLines({ parts }: Context, id: string, range: TimeRange, { metric, format }: ReadingsQuery) {
  if (format === 'csv') yield csvLine(['t', metric, 'deviceId']);
  for await (const point of parts.telemetry.metric(id, metric, range)) {
    const { t, value, deviceId } = itemOf(point);
    yield format === 'csv' ? csvLine([t, value, deviceId]) : `${JSON.stringify({ t, value, deviceId })}\n`;
  }
}

function bucketsOf({ parts }: Context, id: string, range: TimeRange, query: ReadingsQuery): AsyncIterable<Bucket> {
  const bucketing = { everyMs: bucketMs(query.bucket ?? ''), timeZone: parts.timeZone };
  return chosen(parts.telemetry.aggregate(id, query.metric, range, bucketing), wanted(query));
}

function wanted({ agg }: ReadingsQuery): readonly Aggregate[] {
  return agg ?? aggregates;
}

async function bucketed(context: Context, id: string, range: TimeRange, query: ReadingsQuery) {
  if ((range.toMs - range.fromMs) / bucketMs(query.bucket ?? '') > rowsAtMost) {
    const reason = `must give at most ${rowsAtMost} buckets in the range`;
    throw new AppError('badRequest', 'The buckets are too small.', [{ path: 'query.bucket', reason }]);
  }
  const items = [];
  for await (const bucket of bucketsOf(context, id, range, query)) items.push({ ...bucket, t: instant(bucket.t) });
  return { items, nextCursor: null };
}

async function* bucketLines(context: Context, id: string, range: TimeRange, query: ReadingsQuery) {
  const names = wanted(query);
  if (query.format === 'csv') yield csvLine(['t', ...names]);
  for await (const { t, ...rest } of bucketsOf(context, id, range, query)) {
    const at = instant(t);
    yield query.format === 'csv'
      ? csvLine([at, ...names.map((name) => rest[name])])
      : `${JSON.stringify({ t: at, ...rest })}\n`;
  }
}
