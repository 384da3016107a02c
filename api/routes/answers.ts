import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { type Context, everybody, type Http } from '../access.ts';
import { answerPage } from '../answer-page.ts';
import type { LinkView } from '../parts.ts';

const Token = z.object({ token: z.string().max(200) });
const ReportParams = z.object({ secret: z.string().max(200), kind: z.enum(['sms', 'voice']) });

const statuses: Readonly<Record<LinkView['state'], number>> = {
  ready: 200,
  answered: 200,
  taken: 409,
  over: 409,
  tooOld: 410,
};

/**
 * At the root, without a log-in, because the link is the proof: `GET` shows what it is about and one button, so that
 * programs which open every link in a mail answer nothing; `POST` answers, also from a button in a notification. No limit
 * for an address: behind a proxy a whole town has one, and what we did not sign is refused before anything is read.
 */
export function answerRoutes(http: Http, context: Context): void {
  // A form without fields, or nothing at all: what is posted is not looked at.
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { bodyLimit: 1_024, parseAs: 'string' },
    (_request, _body, done) => done(null, undefined),
  );
  linkRoutes(http, context);
  reportRoute(http, context);
  pushKeyRoute(http, context);
}

function linkRoutes(http: Http, { parts }: Context): void {
  const { answers, timeZone } = parts;
  const route = { config: { access: 'open' as const }, schema: { hide: true, params: Token } };
  const statusOf = (opened: LinkView | undefined) => (opened === undefined ? 404 : statuses[opened.state]);
  http.get('/a/:token', {
    ...route,
    handler: async (request, reply) => {
      const opened = await answers.look(request.params.token);
      return reply.code(statusOf(opened)).type('text/html; charset=utf-8').send(answerPage(opened, timeZone));
    },
  });
  http.post('/a/:token/read', {
    ...route,
    handler: async (request, reply) => reply.code((await answers.read(request.params.token)) ? 204 : 404).send(),
  });
  http.post('/a/:token', {
    ...route,
    handler: async (request, reply) => {
      const opened = await answers.answer(request.params.token);
      return reply.code(statusOf(opened)).type('text/html; charset=utf-8').send(answerPage(opened, timeZone));
    },
  });
}

/** Aliyun signs nothing it pushes, so the address it pushes to is the secret. */
function reportRoute(http: Http, { parts }: Context): void {
  http.post('/callbacks/aliyun/:secret/:kind', {
    config: { access: 'open' },
    schema: { hide: true, params: ReportParams, body: z.unknown() },
    handler: async (request) => {
      const { kind, secret } = request.params;
      if (await parts.answers.report(kind, secret, request.body)) return { code: 0, msg: 'ok' };
      throw new AppError('notFound', 'There is nothing at this address.');
    },
  });
}

function pushKeyRoute(http: Http, { parts }: Context): void {
  http.get('/api/v1/push-key', {
    config: { access: everybody },
    schema: {
      tags: ['alerts'],
      summary: 'The key with which a browser subscribes to push messages',
      response: { 200: z.object({ publicKey: z.string() }) },
    },
    handler: async () => ({ publicKey: parts.answers.pushKey }),
  });
}
