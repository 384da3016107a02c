import { z } from 'zod';
import { ActionRequest, type Alert, AlertState, AlertType, AlertView, Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import { AppError } from '../../model/errors.ts';
import { namedViewOf } from '../../model/named-alert.ts';
import { nameOfUser, type User } from '../../model/people.ts';
import { actingRoles, maySeeSubject } from '../../model/scope.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { alertScope } from '../alert-scope.ts';
import { DispatchView, viewOfDispatch } from '../dispatch-view.ts';
import { instant, listOf, rangeQuery } from '../range.ts';
import { NotificationView, pageOf, viewOfNotification } from '../views.ts';

const AlertsQuery = z.strictObject({
  ...rangeQuery,
  state: listOf(AlertState.options).optional(),
  severity: listOf(Severity.options).optional(),
  type: listOf(AlertType.options).optional(),
  area: z.string().max(64).optional(),
  resident: z.string().max(70).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(500).optional(),
});
type AlertsQuery = z.infer<typeof AlertsQuery>;
const IdParams = z.object({ id: z.string() });
const AlertWithStory = AlertView.extend({
  timeline: z.array(
    z.object({
      at: z.iso.datetime(),
      what: z.string(),
      who: z.string(),
      whoName: z.string().optional(),
      detail: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  notifications: z.array(NotificationView),
  dispatch: DispatchView,
});

/** Alerts: lists, one with its story, and what people do to them. */
export function alertRoutes(http: Http, context: Context): void {
  listRoute(http, context);
  storyRoute(http, context);
  actionRoute(http, context);
  readRoute(http, context);
}

function listRoute(http: Http, { parts }: Context): void {
  http.get('/alerts', {
    config: { access: carers },
    schema: {
      tags: ['alerts'],
      summary: 'Alerts of the scope, newest first',
      querystring: AlertsQuery,
      response: { 200: pageOf(AlertView) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const scope = alertScope(parts.directory, user, request.query);
      if (scope === undefined) return { items: [], nextCursor: null };
      const page = await parts.records.alerts({ ...scope, ...filterOf(request.query) });
      const seen = page.items.filter((alert) => maySeeSubject(parts.directory, user, alert.residentId));
      return { items: seen.map((alert) => namedViewOf(alert, parts.directory)), nextCursor: page.nextCursor ?? null };
    },
  });
}

function filterOf({ state, severity, type, from, to, limit, cursor }: AlertsQuery) {
  return {
    limit,
    ...(state && { states: state }),
    ...(severity && { severities: severity }),
    ...(type && { types: type }),
    ...(from !== undefined && { fromMs: from }),
    ...(to !== undefined && { toMs: to }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** @throws AppError `notFound` when there is none or it is not theirs to see */
export async function requireAlert({ parts }: Context, user: User, id: string): Promise<Alert> {
  const alert = await parts.records.alert(id);
  if (alert && maySeeSubject(parts.directory, user, alert.residentId)) return alert;
  throw new AppError('notFound', 'There is no such alert among those you look after.');
}

function storyRoute(http: Http, context: Context): void {
  const { records, directory, responders, clock } = context.parts;
  http.get('/alerts/:id', {
    config: { access: carers },
    schema: {
      tags: ['alerts'],
      summary: 'An alert with its time line',
      params: IdParams,
      response: { 200: AlertWithStory },
    },
    handler: async (request) => {
      const user = userOf(request);
      const alert = await requireAlert(context, user, request.params.id);
      const look = { atMs: clock(), who: user.id, what: 'alertRead', about: alert.residentId };
      await records.auditLooks([{ ...look, detail: { alertId: alert.id } }]); // it says where somebody was
      const [entries, notifications] = await Promise.all([
        records.timeline(alert.id),
        records.notificationsOf(alert.id),
      ]);
      const seesNames = user.role !== 'family';
      const nowMs = clock();
      return {
        ...namedViewOf(alert, directory),
        timeline: entries.map(({ atMs, what, who, detail }) => ({
          at: instant(atMs),
          what,
          who,
          ...nameOfWho(directory, alert, who),
          ...(detail && { detail }),
        })),
        dispatch: viewOfDispatch(responders.dispatchOf(alert, nowMs), { seesOffer: seesNames, directory, nowMs }),
        notifications: notifications.map((notification) => viewOfNotification(notification, seesNames)),
      };
    },
  });
}

/** Whoever did something is a user or a contact of hers; the service itself has no name. */
function nameOfWho({ users, residents }: Directory, { residentId }: Alert, id: string): { whoName?: string } {
  const user = users.get(id);
  const contact = residents.get(residentId)?.contacts.find((one) => one.id === id);
  const name = user === undefined ? contact?.name : nameOfUser(user);
  return name === undefined ? {} : { whoName: name };
}

function actionRoute(http: Http, context: Context): void {
  const { desk, directory, clock } = context.parts;
  http.post('/alerts/:id/actions', {
    config: { access: actingRoles },
    schema: {
      tags: ['alerts'],
      summary: 'Claims, answers or closes an alert',
      params: IdParams,
      body: ActionRequest,
      response: { 200: AlertView },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = await requireAlert(context, user, request.params.id);
      return namedViewOf(await desk.act(id, request.body, user, clock()), directory);
    },
  });
}

function readRoute(http: Http, context: Context): void {
  http.post('/alerts/:id/read', {
    config: { access: carers },
    schema: {
      tags: ['alerts'],
      summary: 'The caller has opened the alert: what their pages and apps were sent of it is read',
      params: IdParams,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = await requireAlert(context, user, request.params.id);
      await context.parts.desk.read(id, user);
      return reply.code(204).send(null);
    },
  });
}
