import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { Datum } from '../../model/geo.ts';
import type { Area, User } from '../../model/people.ts';
import { mayUseArea } from '../../model/scope.ts';
import { type Context, type Http, userOf } from '../access.ts';
import { TickCache } from '../tick-cache.ts';
import { countsOf } from '../wall/counts.ts';
import { answeredToday } from '../wall/figures.ts';
import { gatheredPositionsOf } from '../wall/gathered.ts';
import { Overview, overviewOf, withoutPeople } from '../wall/overview.ts';
import { positionsOf } from '../wall/positions.ts';
import { type PositionsText, positionColumns } from '../wall/rows.ts';

/** Walls ask every few seconds; what they are given is at most so old. */
const tickMs = 2_000;
const areasAtMost = 200;
/** A wall that hangs on is one look in the audit log, not one every few seconds. */
const oneLookMs = 15 * 60_000;
const looksAtMost = 10_000;
const watchers = ['admin', 'operator', 'responder', 'viewer'] as const;
const IdParams = z.object({ id: z.string() });
const WallQuery = z.strictObject({ datum: Datum.default('WGS84') });

const Positions = z.object({
  now: z.iso.datetime(),
  datum: Datum,
  columns: z.array(z.enum(positionColumns)),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

/** What hangs on the wall of a centre: an area and those below it in numbers, and everybody of it on a map. */
export function wallRoutes(http: Http, context: Context): void {
  overviewRoute(http, context);
  positionsRoute(http, context);
}

function overviewRoute(http: Http, context: Context): void {
  const { parts, board } = context;
  const answers = answeredToday(context);
  const cache = new TickCache<Promise<Overview>>(tickMs, areasAtMost);
  http.get('/areas/:id/overview', {
    config: { access: watchers, displays: true },
    schema: {
      tags: ['areas'],
      summary: 'An area and those right below it in numbers, at most 2 s old (answers of today: 15 s)',
      params: IdParams,
      querystring: WallQuery,
      response: { 200: Overview },
    },
    handler: async (request) => {
      const user = userOf(request);
      const area = requireArea(context, user, request.params.id);
      const { datum } = request.query;
      const key = `${area.id} ${datum}`;
      const nowMs = parts.clock();
      const made = cache.get(key, nowMs, () => {
        const counts = countsOf(area.id, { directory: parts.directory, open: parts.desk.open(), board, datum });
        return overviewOf(context, answers, { area, counts, datum, nowMs });
      });
      made.catch(() => cache.drop(key));
      const overview = await made;
      return user.role === 'viewer' ? withoutPeople(overview) : overview;
    },
  });
}

function positionsRoute(http: Http, context: Context): void {
  const { parts, board } = context;
  const cache = new TickCache<PositionsText>(tickMs, areasAtMost);
  const looks = new TickCache<Promise<void>>(oneLookMs, looksAtMost);
  const noteLook = (user: User, areaId: string, nowMs: number): Promise<void> => {
    const key = `${user.id} ${areaId}`;
    const look = { atMs: nowMs, who: user.id, what: 'positionsRead', about: `areas/${areaId}` };
    const noted = looks.get(key, nowMs, () => parts.records.auditLooks([look]));
    noted.catch(() => looks.drop(key));
    return noted;
  };
  http.get('/areas/:id/positions', {
    config: { access: watchers, displays: true },
    schema: {
      tags: ['areas'],
      summary: 'Everybody of an area on a map, in compact rows, at most 2 s old',
      description:
        'A row is [id, name, areaId, lat, lon, accuracyM, t, severity]; `t` in epoch seconds, null where the home stands for a position; `severity` of the gravest open alert or null. `masked=true`: ids made up, names masked, places to 100 m. Viewers get the middle and the name of the smallest area around the home in which at least five live, and no row where there is none. Answers 304 to `If-None-Match`.',
      params: IdParams,
      querystring: WallQuery.extend({ masked: z.stringbool().default(false) }),
      headers: z.looseObject({ 'if-none-match': z.string().max(100).optional() }),
      response: { 200: Positions, 304: z.null() },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = requireArea(context, user, request.params.id);
      const { datum } = request.query;
      const view = user.role === 'viewer' ? 'gathered' : request.query.masked ? 'masked' : 'named';
      const nowMs = parts.clock();
      await noteLook(user, id, nowMs);
      const { directory, desk } = parts;
      const made = cache.get(`${id} ${datum} ${view}`, nowMs, () => {
        const facts = { directory, open: desk.open(), board, datum, nowMs };
        return view === 'gathered'
          ? gatheredPositionsOf(id, facts)
          : positionsOf(id, { ...facts, isMasked: view === 'masked' });
      });
      reply.header('etag', made.etag);
      if (isKnown(request, made)) return reply.code(304).send(null);
      return reply
        .type('application/json; charset=utf-8')
        .serializer(String)
        .send(made.text as never); // text already, once for many
    },
  });
}

function isKnown({ headers }: Pick<FastifyRequest, 'headers'>, { etag }: PositionsText): boolean {
  return headers['if-none-match'] === etag;
}

/** Throws AppError `notFound` for an area that is not there, or not theirs. */
function requireArea({ parts: { directory } }: Context, user: User, id: string): Area {
  const area = directory.areas.get(id);
  if (area !== undefined && mayUseArea(directory, user, id)) return area;
  throw new AppError('notFound', `There is no area ${id} among those you look after.`);
}
