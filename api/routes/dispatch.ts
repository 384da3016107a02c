import { z } from 'zod';
import { AlertView } from '../../model/alert.ts';
import { AppError } from '../../model/errors.ts';
import { namedViewOf } from '../../model/named-alert.ts';
import { actingRoles } from '../../model/scope.ts';
import { type Context, carers, centre, type Http, userOf } from '../access.ts';
import { requireAlert } from './alerts.ts';

const IdParams = z.object({ id: z.string() });
const Words = z.object({ zh: z.string(), en: z.string() });
const HandOverCard = z.object({
  dial: z.enum(['110', '119', '120']),
  name: z.string(),
  ageYears: z.int().optional(),
  what: Words,
  address: z.string().optional(),
  gcj02: z.object({ lat: z.number(), lon: z.number() }),
  place: z.enum(['lastSeen', 'home']),
  accuracyM: z.number().optional(),
  conditions: z.string().optional(),
  entry: z.string().optional(),
  contacts: z.array(z.object({ name: z.string(), phone: z.string().optional() })),
  say: Words,
});

/** What goes with working an alert: the card for an emergency number, who dialled it, and how it went in the end. */
export function dispatchRoutes(http: Http, context: Context): void {
  cardRoute(http, context);
  callRoute(http, context);
  callBackRoute(http, context);
  promiseRoute(http, context);
}

function cardRoute(http: Http, context: Context): void {
  const { directory, records, clock } = context.parts;
  http.get('/alerts/:id/card', {
    config: { access: carers },
    schema: {
      tags: ['alerts'],
      summary: 'What to read out to 110, 119 or 120; a person dials',
      params: IdParams,
      response: { 200: HandOverCard },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const alert = await requireAlert(context, user, request.params.id);
      const resident = directory.residents.get(alert.residentId);
      if (resident === undefined) throw new AppError('notFound', 'This alert is about no resident: there is no card.');
      const look = { atMs: clock(), who: user.id, what: 'cardRead', about: resident.id };
      await records.auditLooks([{ ...look, detail: { alertId: alert.id } }]);
      reply.header('cache-control', 'no-store');
      return context.parts.handOverCard(alert, resident, clock()) as z.infer<typeof HandOverCard>; // checked on its way out
    },
  });
}

const Call = z.strictObject({
  number: z.string().regex(/^[0-9+ -]{2,20}$/, 'must be a telephone number'),
  result: z.string().max(1000).optional(),
});

function callRoute(http: Http, context: Context): void {
  http.post('/alerts/:id/calls', {
    config: { access: actingRoles },
    schema: {
      tags: ['alerts'],
      summary: 'Writes down that somebody called an emergency number',
      params: IdParams,
      body: Call,
      response: { 200: AlertView },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = await requireAlert(context, user, request.params.id);
      const { number, result } = request.body;
      const note = { kind: 'called' as const, number, ...(result !== undefined && { result }) };
      const { desk, directory, clock } = context.parts;
      return namedViewOf(await desk.note(id, note, user, clock()), directory);
    },
  });
}

const CallBack = z.strictObject({
  reached: z.boolean(),
  rating: z.int().min(1).max(5).optional(),
  note: z.string().max(4000).optional(),
});

function callBackRoute(http: Http, context: Context): void {
  http.post('/alerts/:id/callback', {
    config: { access: centre },
    schema: {
      tags: ['alerts'],
      summary: 'Writes down how it went, asked afterwards',
      params: IdParams,
      body: CallBack,
      response: { 200: AlertView },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = await requireAlert(context, user, request.params.id);
      const { reached, rating, note: text } = request.body;
      const note = {
        kind: 'calledBack' as const,
        reached,
        ...(rating !== undefined && { rating }),
        ...(text !== undefined && { note: text }),
      };
      const { desk, directory, clock } = context.parts;
      return namedViewOf(await desk.note(id, note, user, clock()), directory);
    },
  });
}

const Promised = z.strictObject({
  for: z.iso.datetime({ offset: true }),
  note: z.string().max(4000).optional(),
});

function promiseRoute(http: Http, context: Context): void {
  http.post('/alerts/:id/promises', {
    config: { access: ['admin', 'operator', 'responder'] },
    schema: {
      tags: ['alerts'],
      summary: 'Writes down that somebody was promised a call-back; the next shift is told until they were reached',
      params: IdParams,
      body: Promised,
      response: { 200: AlertView },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = await requireAlert(context, user, request.params.id);
      const { for: at, note: text } = request.body;
      const note = {
        kind: 'callBackPromised' as const,
        forMs: Date.parse(at),
        ...(text !== undefined && { note: text }),
      };
      const { desk, directory, clock } = context.parts;
      return namedViewOf(await desk.note(id, note, user, clock()), directory);
    },
  });
}
