import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { Datum } from '../../model/geo.ts';
import { maySeeResident } from '../../model/scope.ts';
import { isShareOpen, newShare, type Share, ShareRequest } from '../../model/share.ts';
import { type Context, type Http, userOf } from '../access.ts';
import { placeIn } from '../in-datum.ts';
import { networkOf } from '../network-of.ts';
import { publicLimit } from '../public-limit.ts';
import { instant } from '../range.ts';
import { requireResident } from '../residents.ts';
import { TickCache } from '../tick-cache.ts';

/** Of one resident at a time: more is a list of people, and wants accounts. */
const openAtMost = 20;
/** A page that stays open looks again and again: that is one opening. */
const oneOpeningMs = 5 * 60_000;
const openingsKept = 10_000;
const sharers = ['admin', 'operator', 'family'] as const;
const IdParams = z.object({ id: z.string() });
const ShareView = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string().optional(),
  by: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
  isOpen: z.boolean(),
  openings: z.int(),
  openedAt: z.iso.datetime().optional(),
});
const SharedPosition = z.object({
  name: z.string(),
  now: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  datum: Datum,
  position: z
    .object({
      lat: z.number(),
      lon: z.number(),
      accuracyM: z.number().optional(),
      t: z.iso.datetime(),
      ageS: z.int(),
    })
    .optional(),
});

/** A link that shows where somebody is, for some hours, to whoever has it. */
export function shareRoutes(http: Http, context: Context): void {
  createRoute(http, context);
  listRoute(http, context);
  revokeRoute(http, context);
  openRoute(http, context);
}

function createRoute(http: Http, { parts }: Context): void {
  const { directory, records, clock } = parts;
  http.post('/residents/:id/shares', {
    config: { access: sharers },
    schema: {
      tags: ['residents'],
      summary: 'Shares where she is for some hours; the address is shown once',
      params: IdParams,
      body: ShareRequest,
      response: { 201: ShareView.extend({ url: z.string() }) },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const { id: residentId } = request.params;
      requireResident(directory, user, residentId);
      const nowMs = clock();
      await requireFew(parts, residentId, nowMs);
      const residentName = directory.residents.get(residentId)?.name ?? residentId;
      const share = newShare(request.body, { id: randomUUID(), residentId, residentName, by: user.id, nowMs });
      const token = parts.newToken();
      await records.shares().put(share, parts.hashToken(token));
      const detail = { shareId: share.id, expiresAt: instant(share.expiresAtMs) };
      await records.audit([{ atMs: nowMs, who: user.id, what: 'shareCreated', about: residentId, detail }]);
      return reply.code(201).send({ ...viewOf(share, nowMs), url: `/s/${token}` });
    },
  });
}

async function requireFew({ records }: Context['parts'], residentId: string, nowMs: number): Promise<void> {
  const open = (await records.shares().ofResident(residentId)).filter((share) => isShareOpen(share, nowMs));
  if (open.length < openAtMost) return;
  throw new AppError('conflict', `There are ${open.length} open links already: take some back first.`);
}

function listRoute(http: Http, { parts }: Context): void {
  http.get('/residents/:id/shares', {
    config: { access: sharers },
    schema: {
      tags: ['residents'],
      summary: 'The links that show or showed where she is',
      params: IdParams,
      response: { 200: z.object({ items: z.array(ShareView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      requireResident(parts.directory, userOf(request), request.params.id);
      const shares = await parts.records.shares().ofResident(request.params.id);
      return { items: shares.map((share) => viewOf(share, parts.clock())), nextCursor: null };
    },
  });
}

function revokeRoute(http: Http, { parts }: Context): void {
  const { directory, records, clock } = parts;
  http.delete('/shares/:id', {
    config: { access: sharers },
    schema: { tags: ['residents'], summary: 'Takes a link back', params: IdParams, response: { 204: z.null() } },
    handler: async (request, reply) => {
      const user = userOf(request);
      const share = await records.shares().byId(request.params.id);
      if (share === undefined || !maySeeResident(directory, user, share.residentId))
        throw new AppError('notFound', 'There is no such link among those of the people you look after.');
      const entry = { atMs: clock(), who: user.id, what: 'shareRevoked', about: share.residentId };
      await records.shares().revoke(share.id, entry.atMs);
      await records.audit([{ ...entry, detail: { shareId: share.id } }]);
      return reply.code(204).send(null);
    },
  });
}

function openRoute(http: Http, context: Context): void {
  const { parts, board } = context;
  const requireSlowly = publicLimit(http);
  const noteOpening = openingsOf(context);
  http.get('/shares/:token', {
    config: { access: 'open' },
    schema: {
      tags: ['residents'],
      summary: 'Where somebody is, for whoever has the link',
      params: z.object({ token: z.string().max(200) }),
      querystring: z.strictObject({ datum: Datum.default('WGS84') }),
      response: { 200: SharedPosition },
    },
    handler: async (request, reply) => {
      await requireSlowly(request);
      const nowMs = parts.clock();
      const share = await requireOpen(parts, request.params.token, nowMs);
      await noteOpening(request, share, nowMs); // before anything is shown
      const { position } = await board.live(share.residentId, nowMs);
      const { datum } = request.query;
      reply.header('x-robots-tag', 'noindex');
      return {
        ...{ name: share.name, now: instant(nowMs), expiresAt: instant(share.expiresAtMs), datum },
        ...(position && { position: { ...placeOf(position.value, datum), ...ageOf(position.atMs, nowMs) } }),
      };
    },
  });
}

function placeOf(fix: { lat: number; lon: number; accuracyM?: number }, datum: Datum) {
  return { ...placeIn(fix, datum), ...(fix.accuracyM !== undefined && { accuracyM: fix.accuracyM }) };
}

function ageOf(atMs: number, nowMs: number) {
  return { t: instant(atMs), ageS: Math.max(0, Math.round((nowMs - atMs) / 1000)) };
}

/** Over, taken back, never there, or made by somebody who may not look any more: all the same to whoever asks. */
async function requireOpen({ records, directory, hashToken }: Context['parts'], token: string, nowMs: number) {
  const share = await records.shares().byTokenHash(hashToken(token));
  const sharer = share && directory.users.get(share.by);
  const isTheirs = share && sharer && maySeeResident(directory, sharer, share.residentId);
  if (isTheirs && directory.residents.has(share.residentId) && isShareOpen(share, nowMs)) return share;
  throw new AppError('notFound', 'This link is over or was taken back. Ask whoever sent it for a new one.');
}

/** Counts and audits an opening; looks of the same page are one. */
function openingsOf({ parts: { records } }: Context) {
  const known = new TickCache<Promise<void>>(oneOpeningMs, openingsKept);
  return (request: FastifyRequest, { id, residentId }: Share, nowMs: number): Promise<void> => {
    const key = `${id} ${networkOf(request.ip)}`;
    const noted = known.get(key, nowMs, async () => {
      await records.auditLooks([{ atMs: nowMs, who: `share:${id}`, what: 'shareOpened', about: residentId }]);
      await records.shares().opened(id, nowMs);
    });
    noted.catch(() => known.drop(key));
    return noted;
  };
}

function viewOf(share: Share, nowMs: number): z.infer<typeof ShareView> {
  const { id, name, note, by, createdAtMs, expiresAtMs, revokedAtMs, openings, openedAtMs } = share;
  return {
    ...{ id, name, by, openings },
    ...(note !== undefined && { note }),
    createdAt: instant(createdAtMs),
    expiresAt: instant(expiresAtMs),
    ...(revokedAtMs !== undefined && { revokedAt: instant(revokedAtMs) }),
    isOpen: isShareOpen(share, nowMs),
    ...(openedAtMs !== undefined && { openedAt: instant(openedAtMs) }),
  };
}
