import { z } from 'zod';
import { AlertType, Severity } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import { AppError } from '../../model/errors.ts';
import { ChannelKind, Language, type User } from '../../model/people.ts';
import { Policy } from '../../model/policy.ts';
import type { PreviewQuestion } from '../../model/preview.ts';
import { mayUseArea } from '../../model/scope.ts';
import { ShiftHandOver } from '../../model/shift.ts';
import { administrators, type Context, centre, type Http, userOf } from '../access.ts';
import { instant, Moment, rangeOf, rangeQuery } from '../range.ts';
import { requireResident } from '../residents.ts';
import { Stretch, stretchOf } from '../stretches.ts';

const weekMs = 7 * 86_400_000;
/** A plan is looked at for so long at most. */
const longestMs = 370 * 86_400_000;
const IdParams = z.object({ id: z.string() });
const workers = ['admin', 'operator', 'responder'] as const;

/** Who is on duty, where nobody is, and who would be told when. */
export function dutyRoutes(http: Http, context: Context): void {
  rosterRoute(http, context);
  areaRoute(http, context);
  previewRoute(http, context);
  handOverRoute(http, context);
}

function ahead(query: { from?: number | undefined; to?: number | undefined }, nowMs: number) {
  const fromMs = query.from ?? nowMs;
  const range = rangeOf({ from: fromMs, to: query.to ?? fromMs + weekMs }, nowMs, weekMs);
  if (range.toMs - range.fromMs > longestMs)
    throw new AppError('badRequest', 'The plan of more than a year: ask for a shorter range.');
  return range;
}

function rosterRoute(http: Http, { parts }: Context): void {
  http.get('/rosters/:id/duty', {
    config: { access: workers },
    schema: {
      tags: ['duty'],
      summary: 'Who has duty when by this roster, and when nobody has',
      params: IdParams,
      querystring: z.strictObject(rangeQuery),
      response: { 200: z.object({ duties: z.array(Stretch), gaps: z.array(Stretch) }) },
    },
    handler: async (request) => {
      const roster = parts.directory.rosters.get(request.params.id);
      if (roster === undefined || !mayUseArea(parts.directory, userOf(request), roster.areaId))
        throw new AppError('notFound', 'There is no such roster among those you may see.');
      const { fromMs, toMs } = ahead(request.query, parts.clock());
      const duties = parts.duty.of(roster.id, fromMs, toMs).map(stretchOf);
      return { duties, gaps: duties.filter(({ userIds }) => userIds.length === 0) };
    },
  });
}

function areaRoute(http: Http, { parts }: Context): void {
  http.get('/areas/:id/duty', {
    config: { access: workers },
    schema: {
      tags: ['duty'],
      summary: 'Who is on duty in this area now, and its next gaps',
      params: IdParams,
      querystring: z.strictObject(rangeQuery),
      response: { 200: z.object({ now: z.array(z.string()), gaps: z.array(Stretch) }) },
    },
    handler: async (request) => {
      const { id } = request.params;
      requireArea(parts.directory, userOf(request), id);
      const { fromMs, toMs } = ahead(request.query, parts.clock());
      const gaps = parts.duty.gaps(id, fromMs, toMs).map(stretchOf);
      return { now: [...parts.duty.now(id, parts.clock())], gaps };
    },
  });
}

const PreviewQuery = z.strictObject({
  type: AlertType.default('sos'),
  severity: Severity.default('P1'),
  at: Moment.optional(),
});
const PreviewBody = z.strictObject({
  type: AlertType.default('sos'),
  severity: Severity.default('P1'),
  at: z.iso.datetime({ offset: true }).optional(),
  policy: Policy,
});
const PreviewAnswer = z.object({
  /** The policy that would hold; null: the built-in one. */
  policy: z.object({ id: z.string(), name: z.string() }).nullable(),
  items: z.array(
    z.object({
      at: z.iso.datetime(),
      afterS: z.int(),
      recipientId: z.string(),
      /** Families are told the names of her contacts; others are somebody on duty or of the centre. */
      recipientName: z.string().optional(),
      channels: z.array(ChannelKind),
    }),
  ),
});

/** As things are; and, posted, as they would be with a policy that is not stored. */
function previewRoute(http: Http, { parts }: Context): void {
  const answer = (question: PreviewQuestion): z.infer<typeof PreviewAnswer> => {
    const { policy, lines } = parts.preview(question);
    const items = lines.map(({ atMs, channels, ...who }) => ({
      at: instant(atMs),
      afterS: Math.round((atMs - question.atMs) / 1000),
      ...who,
      channels: [...channels],
    }));
    return { policy: policy ?? null, items };
  };
  const schema = { tags: ['duty'], params: IdParams, response: { 200: PreviewAnswer } };
  http.get('/residents/:id/escalation', {
    config: { access: [...centre, 'family'] },
    schema: {
      ...schema,
      summary: 'Who would be told when, if something happened and nobody answered',
      querystring: PreviewQuery,
    },
    handler: async (request) => {
      const { at: atMs = parts.clock(), ...what } = request.query;
      const residentId = request.params.id;
      const user = userOf(request);
      requireResident(parts.directory, user, residentId);
      const whole = answer({ ...what, residentId, atMs });
      return user.role === 'family' ? withoutOthers(parts.directory, residentId, whole) : whole;
    },
  });
  http.post('/residents/:id/escalation', {
    config: { access: administrators },
    schema: { ...schema, summary: 'The same with a policy that is not stored', body: PreviewBody },
    handler: async (request) => {
      const { at, policy: draft, ...what } = request.body;
      const residentId = request.params.id;
      requireResident(parts.directory, userOf(request), residentId);
      return answer({ ...what, residentId, atMs: at === undefined ? parts.clock() : Date.parse(at), draft });
    },
  });
}

const HandOverQuery = z.strictObject({
  at: Moment.optional(),
  format: z.enum(['json', 'text']).default('json'),
  lang: Language.default('zh'),
});
const HandOverAnswer = ShiftHandOver.extend({ text: z.object({ zh: z.string(), en: z.string() }) });

function handOverRoute(http: Http, { parts }: Context): void {
  const { directory, records, clock } = parts;
  http.get('/areas/:id/handover', {
    config: { access: workers },
    schema: {
      tags: ['duty'],
      summary: 'What the shift that ends at a moment (now: has lasted so far) tells the next',
      params: IdParams,
      querystring: HandOverQuery,
      response: { 200: z.union([HandOverAnswer, z.string()]) },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id } = request.params;
      const { at = clock(), format, lang } = request.query;
      requireArea(directory, user, id);
      await records.auditLooks([{ atMs: clock(), who: user.id, what: 'handOverRead', about: `areas/${id}` }]); // it has names
      const { handOver, text } = await parts.shiftHandOver(id, at);
      if (format === 'text') return reply.type('text/plain; charset=utf-8').send(`${text[lang]}\n`);
      return { ...handOver, text };
    },
  });
}

/** Throws AppError `notFound` for an area that is not there, or not theirs. */
function requireArea(directory: Directory, user: User, id: string): void {
  if (directory.areas.has(id) && mayUseArea(directory, user, id)) return;
  throw new AppError('notFound', 'There is no such area among those you may see.');
}

/** As a family sees it: who works for the service is nobody by name. */
function withoutOthers(
  directory: Directory,
  residentId: string,
  { items, policy }: z.infer<typeof PreviewAnswer>,
): z.infer<typeof PreviewAnswer> {
  const contacts = new Set(directory.residents.get(residentId)?.contacts.map(({ id }) => id));
  const seen = items.map(({ recipientName, ...rest }) =>
    contacts.has(rest.recipientId) && recipientName !== undefined ? { ...rest, recipientName } : rest,
  );
  return { policy, items: seen };
}
