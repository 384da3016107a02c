import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { LatLon } from '../../model/geo.ts';
import { isNoticeUp, type Notice, NoticeRequest, noticeLastsMs, ringM, roughPlace } from '../../model/notice.ts';
import type { Resident, User } from '../../model/people.ts';
import { maySeeResident } from '../../model/scope.ts';
import { type Context, carers, centre, type Http, userOf } from '../access.ts';
import { networkOf } from '../network-of.ts';
import { publicLimit } from '../public-limit.ts';
import { instant } from '../range.ts';
import { requireResident } from '../residents.ts';
import { TickCache } from '../tick-cache.ts';
import { masked } from '../wall/masked.ts';

/** A page that stays open looks again and again: that is one look. */
const oneLookMs = 5 * 60_000;
const looksKept = 50_000;
/** What says that somebody is gone. */
const goneTypes: readonly string[] = ['missing', 'zoneExit', 'wandering', 'contactLost'];
/** Each may have a photo in it. */
const runningAtMost = 200;
const IdParams = z.object({ id: z.string().max(100) });
/** What the public is told, and nothing else: no id, home, diagnosis or live position. */
const PublicNotice = z.object({
  name: z.string(),
  sex: z.enum(['female', 'male']).optional(),
  ageYears: z.int().optional(),
  heightCm: z.int().optional(),
  clothing: z.string().optional(),
  lastSeen: z.object({ at: z.iso.datetime({ offset: true }), place: z.string().optional(), position: LatLon }),
  hotline: z.string(),
  hasPhoto: z.boolean(),
  ringM: z.int(),
  publishedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  now: z.iso.datetime(),
});
const NoticeView = PublicNotice.omit({ now: true }).extend({
  id: z.string(),
  residentId: z.string(),
  url: z.string(),
  by: z.string(),
  consentBy: z.string(),
  caseNumber: z.string(),
  alertId: z.string().optional(),
  isUp: z.boolean(),
  endedAt: z.iso.datetime().optional(),
});

/** Notices that ask the public to look for somebody who is missing. */
export function noticeRoutes(http: Http, context: Context): void {
  publishRoute(http, context);
  listRoute(http, context);
  runningRoute(http, context);
  endRoute(http, context);
  publicRoutes(http, context);
}

function publishRoute(http: Http, { parts }: Context): void {
  const { directory, records, clock } = parts;
  http.post('/residents/:id/notices', {
    config: { access: centre },
    schema: {
      tags: ['residents'],
      summary: 'Asks the public to look for her',
      description:
        'Needs who of the family agreed and the case number of the police. Down after 72 h, when taken down, and when the alert is over that said she is gone (open at the time of publishing).',
      params: IdParams,
      body: NoticeRequest,
      response: { 201: NoticeView },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id: residentId } = request.params;
      requireResident(directory, user, residentId);
      const nowMs = clock();
      if ((await records.notices().ofResident(residentId)).some((notice) => isUp(parts, notice, nowMs)))
        throw new AppError('conflict', 'There is a notice about her already: take it down first.');
      const gone = parts.desk.open().find((alert) => alert.residentId === residentId && goneTypes.includes(alert.type));
      const facts = { id: parts.newToken(), residentId, by: user.id, publishedAtMs: nowMs };
      const alert = gone && { alertId: gone.id };
      const notice: Notice = { ...request.body, ...facts, ...alert, expiresAtMs: nowMs + noticeLastsMs };
      const detail = { caseNumber: notice.caseNumber, consentBy: notice.consentBy };
      await records.audit([{ atMs: nowMs, who: user.id, what: 'noticePublished', about: residentId, detail }]);
      await records.notices().put(notice);
      return reply.code(201).send(viewOf(parts, notice, nowMs));
    },
  });
}

function listRoute(http: Http, { parts }: Context): void {
  http.get('/residents/:id/notices', {
    config: { access: carers },
    schema: {
      tags: ['residents'],
      summary: 'The notices about her, up and down',
      params: IdParams,
      response: { 200: z.object({ items: z.array(NoticeView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      requireResident(parts.directory, userOf(request), request.params.id);
      const notices = await parts.records.notices().ofResident(request.params.id);
      return { items: notices.map((notice) => viewOf(parts, notice, parts.clock())), nextCursor: null };
    },
  });
}

function runningRoute(http: Http, { parts }: Context): void {
  http.get('/notices', {
    config: { access: centre },
    schema: {
      tags: ['residents'],
      summary: 'The notices that are up about the people of the scope, latest first',
      response: { 200: z.object({ items: z.array(NoticeView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      const [user, nowMs] = [userOf(request), parts.clock()];
      const running = await parts.records.notices().running(nowMs, runningAtMost);
      const theirs = running.filter((one) => maySeeResident(parts.directory, user, one.residentId));
      const views = theirs.map((one) => viewOf(parts, one, nowMs));
      return { items: views.filter(({ isUp }) => isUp), nextCursor: null };
    },
  });
}

function endRoute(http: Http, { parts }: Context): void {
  const { records, clock } = parts;
  http.delete('/notices/:id', {
    config: { access: centre },
    schema: { tags: ['residents'], summary: 'Takes a notice down', params: IdParams, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id, residentId } = await requireNotice(parts, user, request.params.id);
      await records.notices().end(id, clock());
      await records.audit([{ atMs: clock(), who: user.id, what: 'noticeEnded', about: residentId }]);
      return reply.code(204).send(null);
    },
  });
}

async function requireNotice({ records, directory }: Context['parts'], user: User, id: string): Promise<Notice> {
  const notice = await records.notices().byId(id);
  if (notice !== undefined && maySeeResident(directory, user, notice.residentId)) return notice;
  throw new AppError('notFound', 'There is no such notice about the people you look after.');
}

function publicRoutes(http: Http, { parts }: Context): void {
  const requireSlowly = publicLimit(http);
  const looks = new TickCache<Promise<void>>(oneLookMs, looksKept);
  const noteLook = ({ id, residentId }: Notice, network: string, nowMs: number): Promise<void> => {
    const key = `${id} ${network}`;
    const look = { atMs: nowMs, who: 'public', what: 'noticeRead', about: residentId, detail: { network } };
    const noted = looks.get(key, nowMs, () => parts.records.auditLooks([look]));
    noted.catch(() => looks.drop(key));
    return noted;
  };
  const opened = async (id: string, ip: string) => {
    const nowMs = parts.clock();
    const found = await requireUp(parts, id, nowMs);
    await noteLook(found.notice, networkOf(ip), nowMs);
    return { ...found, nowMs };
  };
  http.get('/notices/:id', {
    config: { access: 'open' },
    schema: {
      tags: ['residents'],
      summary: 'A notice, for the public',
      params: IdParams,
      response: { 200: PublicNotice },
    },
    handler: async (request) => {
      await requireSlowly(request);
      const { notice, resident, nowMs } = await opened(request.params.id, request.ip);
      return { ...publicOf(notice, resident, nowMs), now: instant(nowMs) };
    },
  });
  http.get('/notices/:id/photo', {
    config: { access: 'open' },
    schema: { tags: ['residents'], summary: 'The photo of a notice', params: IdParams, produces: ['image/*'] },
    handler: async (request, reply) => {
      await requireSlowly(request);
      const { notice } = await opened(request.params.id, request.ip);
      if (notice.photo === undefined) throw new AppError('notFound', 'This notice has no photo.');
      const type = notice.photo.startsWith('/9j/') ? 'image/jpeg' : 'image/png';
      return reply.type(type).send(Buffer.from(notice.photo, 'base64'));
    },
  });
}

async function requireUp(parts: Context['parts'], id: string, nowMs: number) {
  const notice = await parts.records.notices().byId(id);
  const resident = notice && parts.directory.residents.get(notice.residentId);
  if (notice && resident && isUp(parts, notice, nowMs)) return { notice, resident };
  throw new AppError('notFound', 'This notice is over. Thank you for looking.');
}

/** Asked at each look, so a notice is down in the moment in which the alert is closed. */
function isUp({ desk }: Context['parts'], notice: Notice, nowMs: number): boolean {
  const isGone = notice.alertId !== undefined && desk.open().some(({ id }) => id === notice.alertId);
  return isNoticeUp(notice, nowMs, isGone);
}

function publicOf(notice: Notice, { name, birthDate }: Resident, nowMs: number) {
  const { sex, heightCm, clothing, lastSeen, hotline, photo, publishedAtMs, expiresAtMs } = notice;
  const ageYears = notice.ageYears ?? (birthDate === undefined ? undefined : yearsSince(birthDate, nowMs));
  const { at, place, position } = lastSeen;
  return {
    name: masked(name),
    ...(sex !== undefined && { sex }),
    ...(ageYears !== undefined && { ageYears }),
    ...(heightCm !== undefined && { heightCm }),
    ...(clothing !== undefined && { clothing }),
    lastSeen: { at, ...(place !== undefined && { place }), position: roughPlace(position) },
    hotline,
    hasPhoto: photo !== undefined,
    ringM: ringM(notice, nowMs),
    publishedAt: instant(publishedAtMs),
    expiresAt: instant(expiresAtMs),
  };
}

function yearsSince(date: string, nowMs: number): number {
  const [year, rest] = [date.slice(0, 4), date.slice(5)];
  const today = instant(nowMs);
  return Number(today.slice(0, 4)) - Number(year) - (today.slice(5, 10) < rest ? 1 : 0);
}

function viewOf(parts: Context['parts'], notice: Notice, nowMs: number): z.infer<typeof NoticeView> {
  const { id, residentId, by, consentBy, caseNumber, alertId, endedAtMs } = notice;
  const resident = parts.directory.residents.get(residentId);
  if (resident === undefined) throw new AppError('notFound', `There is no ${residentId} among the residents.`);
  return {
    ...{ id, residentId, url: `/n/${id}`, by, consentBy, caseNumber },
    ...publicOf(notice, resident, nowMs),
    ...(alertId !== undefined && { alertId }),
    isUp: isUp(parts, notice, nowMs),
    ...(endedAtMs !== undefined && { endedAt: instant(endedAtMs) }),
  };
}
