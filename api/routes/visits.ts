import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { nameOfUser, type Role, VisitTier } from '../../model/people.ts';
import { mayUseArea } from '../../model/scope.ts';
import { type Visit, VisitKind, VisitOutcome, VisitRequest } from '../../model/visit.ts';
import type { VisitState } from '../../model/visit-plan.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { placeAfter, placeOf } from '../place-cursor.ts';
import { instant } from '../range.ts';
import { requireResident } from '../residents.ts';
import { pageOf } from '../views.ts';
import { type ToVisit, VisitsDue } from '../visits-due.ts';

const dayMs = 86_400_000;
/** Further back nobody remembers what day it was. */
const backAtMostMs = 31 * dayMs;
/** What was pressed by mistake is noticed soon. */
const takenBackWithinMs = 10 * 60_000;
/** Who goes and calls. */
const visitors: readonly Role[] = ['admin', 'operator', 'responder'];
const IdParams = z.object({ id: z.string() });
const paging = {
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(100).optional(),
};
const VisitView = z.object({
  id: z.string(),
  residentId: z.string(),
  kind: VisitKind,
  at: z.iso.datetime(),
  outcome: VisitOutcome,
  note: z.string().optional(),
  by: z.string(),
  byName: z.string().optional(),
  recordedAt: z.iso.datetime(),
});
const asked = { today: ['due', 'overdue'], overdue: ['overdue'] } as const satisfies Record<string, VisitState[]>;
const everyState: readonly VisitState[] = ['notDue', 'due', 'overdue'];
const DueQuery = z.strictObject({
  ...paging,
  area: z.string().max(64).optional(),
  due: z.enum(['today', 'overdue']).optional(),
});
const DueView = z.object({
  resident: z.object({ id: z.string(), name: z.string(), areaId: z.string(), address: z.string().optional() }),
  tier: VisitTier,
  plannedSince: z.iso.datetime(),
  lastContactAt: z.iso.datetime().optional(),
  awayUntil: z.iso.datetime().optional(),
  dueAt: z.iso.datetime(),
  overdueAt: z.iso.datetime(),
  state: z.enum(['notDue', 'due', 'overdue']).describe('`due`: today is the day, or the days of grace run'),
});

/** Who is to be visited, and who was. */
export function visitRoutes(http: Http, context: Context): void {
  recordRoute(http, context);
  takeBackRoute(http, context);
  historyRoute(http, context);
  dueRoute(http, context);
}

function recordRoute(http: Http, { parts }: Context): void {
  const { directory, administration, records, clock } = parts;
  http.post('/residents/:id/visits', {
    config: { access: visitors },
    schema: {
      tags: ['visits'],
      summary: 'Somebody went to see her, or called',
      description:
        'Recorded once, however often it is sent: by its `id`, or by kind, outcome and time (200: it was there already). ' +
        '`notReached` is kept, and is no contact. `needsHelp` raises no alert by itself.',
      params: IdParams,
      body: VisitRequest,
      response: { 200: VisitView, 201: VisitView },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id: residentId } = request.params;
      const may = () => requireResident(directory, user, residentId);
      may();
      const nowMs = clock();
      const { id = parts.newToken(), at, kind, outcome, note } = request.body;
      const atMs = requirePast(at, nowMs);
      const facts = { id, residentId, kind, atMs, outcome, ...(note !== undefined && { note }) };
      const { visit, isNew } = await administration.recordVisit({ ...facts, by: user.id, recordedAtMs: nowMs }, may);
      const entry = { atMs: nowMs, who: user.id, what: 'visit', about: residentId, detail: { id, kind, outcome } };
      if (isNew) await records.audit([entry]);
      return reply.code(isNew ? 201 : 200).send(viewOf(parts, visit));
    },
  });
}

function requirePast(at: string | undefined, nowMs: number): number {
  const atMs = at === undefined ? nowMs : Date.parse(at);
  if (atMs <= nowMs && nowMs - atMs <= backAtMostMs) return atMs;
  const reason = atMs > nowMs ? 'must not be ahead' : 'must be within the last 31 days';
  throw new AppError('badRequest', 'Nobody can have been there then.', [{ path: 'body.at', reason }]);
}

function takeBackRoute(http: Http, { parts }: Context): void {
  const { directory, administration, records, clock } = parts;
  http.delete('/residents/:id/visits/:visitId', {
    config: { access: visitors },
    schema: {
      tags: ['visits'],
      summary: 'It was a slip: within ten minutes, by whoever recorded it',
      params: z.object({ id: z.string(), visitId: z.string() }),
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id: residentId, visitId } = request.params;
      const may = () => requireResident(directory, user, residentId);
      may();
      const visit = await records.visits().byId(visitId);
      if (visit?.residentId !== residentId) throw new AppError('notFound', 'There is no such visit to her.');
      const nowMs = clock();
      if (visit.by !== user.id || nowMs - visit.recordedAtMs > takenBackWithinMs)
        throw new AppError('conflict', 'A visit is taken back within ten minutes, by whoever recorded it.');
      await administration.takeBackVisit(visit, may);
      const detail = { id: visitId, kind: visit.kind, outcome: visit.outcome };
      await records.audit([{ atMs: nowMs, who: user.id, what: 'visitTakenBack', about: residentId, detail }]);
      return reply.code(204).send(null);
    },
  });
}

function historyRoute(http: Http, { parts }: Context): void {
  http.get('/residents/:id/visits', {
    config: { access: carers },
    schema: {
      tags: ['visits'],
      summary: 'Who went to see her, or called, latest first',
      params: IdParams,
      querystring: z.strictObject(paging),
      response: { 200: pageOf(VisitView) },
    },
    handler: async (request) => {
      const { id: residentId } = request.params;
      const { limit, cursor } = request.query;
      requireResident(parts.directory, userOf(request), residentId);
      const before = placeOf(cursor);
      const found = await parts.records
        .visits()
        .ofResident({ residentId, limit: limit + 1, ...(before && { before }) });
      const items = found.slice(0, limit);
      const nextCursor = found.length > limit ? placeAfter(items.at(-1)) : null;
      return { items: items.map((visit) => viewOf(parts, visit)), nextCursor };
    },
  });
}

function dueRoute(http: Http, { parts }: Context): void {
  const { directory, timeZone, clock } = parts;
  const visitsDue = new VisitsDue(directory, timeZone);
  http.get('/visits', {
    config: { access: visitors },
    schema: {
      tags: ['visits'],
      summary: 'Whom to visit in the scope, most overdue first',
      description: '`due=today`: who is due today or overdue; `due=overdue`: only those. Without, everybody planned.',
      querystring: DueQuery,
      response: { 200: pageOf(DueView) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { area: areaId, due, limit, cursor } = request.query;
      if (areaId !== undefined && !mayUseArea(directory, user, areaId))
        throw new AppError('notFound', `There is no area ${areaId} among those you look after.`);
      const states = due === undefined ? everyState : asked[due];
      const found = await visitsDue.list({ user, areaId, states, after: placeOf(cursor), nowMs: clock() });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const place = last && { atMs: last.due.overdueAtMs, id: last.resident.id };
      return { items: items.map(dueViewOf), nextCursor: found.length > limit ? placeAfter(place) : null };
    },
  });
}

function viewOf({ directory }: Context['parts'], visit: Visit): z.infer<typeof VisitView> {
  const { atMs, recordedAtMs, plan: _plan, ...rest } = visit;
  const by = directory.users.get(visit.by);
  return { ...rest, at: instant(atMs), recordedAt: instant(recordedAtMs), ...(by && { byName: nameOfUser(by) }) };
}

function dueViewOf({ resident, plan, due, state }: ToVisit): z.infer<typeof DueView> {
  const { id, name, areaId, address } = resident;
  const { tier, sinceMs, lastContactMs, awayUntilMs } = plan;
  return {
    resident: { id, name, areaId, ...(address !== undefined && { address }) },
    tier,
    plannedSince: instant(sinceMs),
    ...(lastContactMs !== undefined && { lastContactAt: instant(lastContactMs) }),
    ...(awayUntilMs !== undefined && { awayUntil: instant(awayUntilMs) }),
    dueAt: instant(due.dueAtMs),
    overdueAt: instant(due.overdueAtMs),
    state,
  };
}
