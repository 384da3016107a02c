import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Display, DisplayRequest, newDisplay } from '../../model/display.ts';
import { AppError } from '../../model/errors.ts';
import { administrators, type Context, type Http, userOf } from '../access.ts';
import { instant } from '../range.ts';

/** Of one account; more screens than that want accounts of their own, so that one can be ended without the others. */
const displaysAtMost = 20;
const IdParams = z.object({ id: z.string() });
const DisplayView = z.object({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

/** Links by which a screen on a wall shows an account's numbers for months, without a password and without a keyboard. */
export function displayRoutes(http: Http, context: Context): void {
  createRoute(http, context);
  listRoute(http, context);
  removeRoute(http, context);
}

function createRoute(http: Http, { parts }: Context): void {
  const { records, clock } = parts;
  http.post('/users/:id/displays', {
    config: { access: administrators },
    schema: {
      tags: ['users'],
      summary: 'A link by which a screen shows the wall of a viewer account; the address is shown once',
      description:
        'It reads areas, numbers and the map of the wall, and nothing else. It ends after 400 days, when it is taken back, and with the account, its password or its role.',
      params: IdParams,
      body: DisplayRequest,
      response: { 201: DisplayView.extend({ url: z.string() }) },
    },
    handler: async (request, reply) => {
      const userId = requireViewer(parts, request.params.id);
      const nowMs = clock();
      if ((await records.displays().ofUser(userId)).length >= displaysAtMost)
        throw new AppError(
          'conflict',
          `There are ${displaysAtMost} displays of ${userId} already: take some back first.`,
        );
      const by = userOf(request).id;
      const display = newDisplay(request.body, { id: randomUUID(), userId, by, nowMs });
      const token = parts.newToken();
      const detail = { displayId: display.id, expiresAt: instant(display.expiresAtMs) };
      await records.audit([{ atMs: nowMs, who: by, what: 'displayCreated', about: userId, detail }]);
      await records.displays().put(display, parts.hashToken(token));
      // Behind the hash of the address: it comes into no log of a server or proxy.
      return reply.code(201).send({ ...viewOf(display), url: `/wall#display=${token}` });
    },
  });
}

function listRoute(http: Http, { parts }: Context): void {
  http.get('/users/:id/displays', {
    config: { access: administrators },
    schema: {
      tags: ['users'],
      summary: 'The screens that show the wall of an account',
      params: IdParams,
      response: { 200: z.object({ items: z.array(DisplayView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      const displays = await parts.records.displays().ofUser(request.params.id);
      return { items: displays.map(viewOf), nextCursor: null };
    },
  });
}

function removeRoute(http: Http, { parts, sessions }: Context): void {
  const { records, clock } = parts;
  http.delete('/displays/:id', {
    config: { access: administrators },
    schema: {
      tags: ['users'],
      summary: 'Takes the link of a screen back',
      params: IdParams,
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      const display = await records.displays().byId(request.params.id);
      if (display === undefined) throw new AppError('notFound', `There is no display ${request.params.id}.`);
      const detail = { displayId: display.id };
      const entry = { atMs: clock(), who: userOf(request).id, what: 'displayRevoked', about: display.userId, detail };
      await records.audit([entry]);
      await sessions.endDisplay(display.id);
      return reply.code(204).send(null);
    },
  });
}

/** Throws AppError `notFound`, or `badRequest` for an account that sees more than numbers. */
function requireViewer({ directory }: Context['parts'], id: string): string {
  const user = directory.users.get(id);
  if (user === undefined) throw new AppError('notFound', `There is no user ${id}.`);
  if (user.role === 'viewer') return id;
  throw new AppError('badRequest', `A display needs an account of the role viewer; ${id} is ${user.role}.`);
}

function viewOf({ id, name, by, createdAtMs, expiresAtMs }: Display): z.infer<typeof DisplayView> {
  return { id, name, by, createdAt: instant(createdAtMs), expiresAt: instant(expiresAtMs) };
}
