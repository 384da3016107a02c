import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { type Context, everybody, type Http } from '../access.ts';
import { networkOf } from '../network-of.ts';
import { instant } from '../range.ts';
import { UserView, viewOfUser } from '../views.ts';

const Credentials = z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) });

/** Attempts for one user name from one address, and from one address whatever the name. */
const attemptsPerMinute = 10;
const attemptsPerAddress = 300;

export function sessionRoutes(http: Http, { parts, sessions }: Context): void {
  const perName = http.createRateLimit({ max: attemptsPerMinute, timeWindow: 60_000, keyGenerator: nameAndAddress });
  const perAddress = http.createRateLimit({
    max: attemptsPerAddress,
    timeWindow: 60_000,
    keyGenerator: ({ ip }) => networkOf(ip),
  });
  const requireSlowly = async (request: FastifyRequest) => {
    const verdicts = [await perAddress(request), await perName(request)];
    for (const verdict of verdicts) {
      if (!verdict.isAllowed && verdict.isExceeded) throw tooMany(verdict.ttlInSeconds);
    }
  };

  http.post('/session', {
    config: { access: 'open' },
    schema: {
      tags: ['session'],
      summary: 'Logs in',
      body: Credentials,
      response: { 201: z.object({ token: z.string(), expiresAt: z.iso.datetime(), user: UserView }) },
    },
    handler: async (request, reply) => {
      await requireSlowly(request);
      const loggedIn = await sessions.logIn(request.body.username, request.body.password);
      if (loggedIn === undefined) {
        parts.log.warn({ address: request.ip }, 'a log-in was refused'); // not the name: it may be a password in the wrong field
        throw new AppError('unauthenticated', 'User name or password is wrong.');
      }
      const { token, session, user } = loggedIn;
      await parts.records.audit([{ atMs: parts.clock(), who: user.id, what: 'login', about: user.id }]);
      return reply.code(201).send({ token, expiresAt: instant(session.expiresAtMs), user: viewOfUser(user) });
    },
  });
  http.delete('/session', {
    config: { access: everybody },
    schema: { tags: ['session'], summary: 'Logs out', response: { 204: z.null() } },
    handler: async (request, reply) => {
      if (request.caller) await sessions.logOut(request.caller.session);
      return reply.code(204).send(null);
    },
  });
}

function nameAndAddress(request: FastifyRequest): string {
  const { username } = request.body as z.infer<typeof Credentials>; // proved by the route's schema
  return `${networkOf(request.ip)} ${username.toLowerCase()}`;
}

function tooMany(waitS: number): AppError {
  return new AppError('tooMany', `Too many attempts to log in. Try again in ${waitS} seconds.`);
}
