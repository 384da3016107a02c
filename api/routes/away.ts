import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { testModeIdOf } from '../../model/silence.ts';
import { type Context, centre, type Http, userOf } from '../access.ts';
import { requireDevice } from '../devices.ts';
import { instant } from '../range.ts';
import { requireResident } from '../residents.ts';

const dayMs = 86_400_000;
/** Longer than that nobody is away by a word from the family alone. */
const awayAtMostMs = 31 * dayMs;
const IdParams = z.object({ id: z.string() });
const Away = z.strictObject({ until: z.iso.datetime({ offset: true }).nullable() });
const AwayAnswer = z.object({ until: z.iso.datetime({ offset: true }).nullable() });
const TestMode = z.strictObject({ minutes: z.int().min(1).max(30).default(30) });
const TestAnswer = z.object({ until: z.iso.datetime() });

/** When alerts are expected: she is away, or a device is being tried. */
export function awayRoutes(http: Http, context: Context): void {
  awayRoute(http, context);
  testRoute(http, context);
  testEndRoute(http, context);
}

function awayRoute(http: Http, { parts }: Context): void {
  const { directory, administration, records, clock } = parts;
  http.put('/residents/:id/away', {
    config: { access: ['admin', 'operator', 'family'] },
    schema: {
      tags: ['residents'],
      summary: 'She is away until then, and not missed at home meanwhile; null: she is back',
      params: IdParams,
      body: Away,
      response: { 200: AwayAnswer },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = request.params;
      const { until } = request.body;
      const may = () => requireResident(directory, user, id);
      may();
      if (until !== null) requireWithin(until, clock());
      await administration.patch('residents', id, { awayUntil: until }, may);
      const entry = { atMs: clock(), who: user.id, what: 'away', about: id, detail: { until } };
      await records.audit([entry]);
      return { until };
    },
  });
}

function requireWithin(until: string, nowMs: number): void {
  const aheadMs = Date.parse(until) - nowMs;
  if (aheadMs > 0 && aheadMs <= awayAtMostMs) return;
  const reason = aheadMs <= 0 ? 'must be ahead' : 'must be within 31 days';
  throw new AppError('badRequest', 'She cannot be away until then.', [{ path: 'body.until', reason }]);
}

function testRoute(http: Http, context: Context): void {
  const { administration, records, clock } = context.parts;
  http.put('/devices/:id/test', {
    config: { access: centre },
    schema: {
      tags: ['devices'],
      summary: 'For half an hour at most, alerts of this device are exercises',
      params: IdParams,
      body: TestMode,
      response: { 200: TestAnswer },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = request.params;
      const may = () => requireDevice(context.parts.directory, user, id);
      may();
      const nowMs = clock();
      const until = instant(nowMs + request.body.minutes * 60_000);
      const silence = { id: testModeIdOf(id), deviceId: id, from: instant(nowMs), to: until, reason: 'test' };
      await administration.put('silences', { ...silence, exercise: true, tells: true, by: user.id }, may);
      await records.audit([{ atMs: nowMs, who: user.id, what: 'testMode', about: `devices/${id}`, detail: { until } }]);
      return { until };
    },
  });
}

function testEndRoute(http: Http, context: Context): void {
  const { administration, records, clock, directory } = context.parts;
  http.delete('/devices/:id/test', {
    config: { access: centre },
    schema: { tags: ['devices'], summary: 'The test is over', params: IdParams, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = request.params;
      const may = () => requireDevice(context.parts.directory, user, id);
      may();
      if (directory.silences.has(testModeIdOf(id))) await administration.remove('silences', testModeIdOf(id), may);
      await records.audit([{ atMs: clock(), who: user.id, what: 'testModeOver', about: `devices/${id}` }]);
      return reply.code(204).send(null);
    },
  });
}
