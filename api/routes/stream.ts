import { z } from 'zod';
import { type Context, carers, type Http } from '../access.ts';

/** Server-sent events in the caller's scope. */
export function streamRoutes(http: Http, { parts, hub }: Context): void {
  http.get('/stream', {
    config: { access: carers },
    schema: {
      tags: ['stream'],
      summary: 'Alerts and positions as they happen (server-sent events)',
      description: 'Events `alert`, `position` and `device`; `reset` when too much was missed to be told again.',
      headers: z.looseObject({ 'last-event-id': z.string().max(100).optional() }),
    },
    handler: async (request, reply) => {
      const session = request.caller?.session;
      if (session === undefined) throw new Error('a stream without a session');
      hub.requireRoom(session.userId);
      const entry = { atMs: parts.clock(), who: session.userId, what: 'streamOpened', about: session.userId };
      await parts.records.auditLooks([entry]);
      hub.requireRoom(session.userId); // others may have come meanwhile
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>), // what the security headers put there
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      hub.watch(session, reply.raw, request.headers['last-event-id']);
    },
  });
}
