import { z } from 'zod';
import type { Directory } from '../../model/directory.ts';
import { AppError } from '../../model/errors.ts';
import { Contact, Language, QuietHours, type User } from '../../model/people.ts';
import { type Context, carers, everybody, type Http, userOf } from '../access.ts';
import {
  type OwnSettings,
  ownContact,
  withBrowser,
  withOwnContact,
  withoutBrowser,
  withSettings,
} from '../own-contact.ts';
import { ChannelView, UserView, viewOfUser } from '../views.ts';

const Settings = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  phone: z
    .string()
    .regex(/^\+?[0-9][0-9 -]{2,30}$/, 'must be a telephone number')
    .nullable()
    .optional(),
  language: Language.nullable().optional(),
  quietHours: QuietHours.nullable().optional(),
});
/** As `PushSubscription.toJSON()` has it. */
const Subscription = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    p256dh: z.string().regex(/^B[\w-]{86}=?$/, 'must be a point of P-256 in base64url'),
    auth: z.string().regex(/^[\w-]{22}(==)?$/, 'must be 16 bytes in base64url'),
  }),
});
const Endpoint = z.strictObject({ endpoint: z.string().max(2000) });
const Tried = z.object({
  /** `sent`: the push service took it; it does not say when the browser has. */
  outcome: z.enum(['sent', 'failed']),
  reason: z.string().optional(),
});
const Me = z.object({
  user: UserView,
  /** The entries of a family among the contacts of their residents. */
  contacts: z.array(z.object({ residentId: z.string(), contact: Contact.extend({ channels: z.array(ChannelView) }) })),
  /** Addresses of the browsers that get push messages. */
  push: z.array(z.string()),
});

/** What somebody keeps themselves: how they are reached, in which language, when not to be disturbed. */
export function meRoutes(http: Http, context: Context): void {
  readRoute(http, context);
  settingsRoute(http, context);
  pushRoutes(http, context);
  tryRoute(http, context);
}

function readRoute(http: Http, context: Context): void {
  http.get('/me', {
    config: { access: everybody, displays: true },
    schema: { tags: ['session'], summary: 'Who I am and how I am reached', response: { 200: Me } },
    handler: async (request) => viewOf(context, userOf(request).id),
  });
}

function settingsRoute(http: Http, context: Context): void {
  http.patch('/me', {
    config: { access: carers },
    schema: {
      tags: ['session'],
      summary: 'Changes how I am reached; null removes',
      description:
        'Of families: their entry among the contacts of each of their residents, made when there is none. `name` and `phone` are for families; with a number they are called and sent text messages there.',
      body: Settings,
      response: { 200: Me },
    },
    handler: async (request) => {
      const user = userOf(request);
      requireOwn(user, request.body);
      const { language, quietHours } = request.body;
      await (user.role === 'family'
        ? eachOwnContact(context, user, (contact) => withSettings(contact, request.body))
        : context.parts.administration.patch('users', user.id, given({ language, quietHours })));
      await audit(context, user, 'ownSettings');
      return viewOf(context, user.id);
    },
  });
}

function requireOwn({ role }: User, { name, phone }: OwnSettings): void {
  if (role === 'family' || (name === undefined && phone === undefined)) return;
  const path = name === undefined ? 'body.phone' : 'body.name';
  throw new AppError('badRequest', 'Nothing was changed.', [{ path, reason: 'is kept by the administrator' }]);
}

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function pushRoutes(http: Http, context: Context): void {
  const { administration } = context.parts;
  http.put('/me/push', {
    config: { access: carers },
    schema: {
      tags: ['session'],
      summary: 'This browser gets push messages',
      description: 'Five browsers of one person; the oldest makes room. The key is at GET /push-key.',
      body: Subscription,
      response: { 200: Me },
    },
    handler: async (request) => {
      const user = userOf(request);
      const browser = request.body;
      await (user.role === 'family'
        ? eachOwnContact(context, user, (own) => ({ ...own, channels: withBrowser(own.channels, browser) }))
        : administration.patch('users', user.id, ({ channels = [] }) => ({
            channels: withBrowser(channels, browser),
          })));
      await audit(context, user, 'pushOn');
      return viewOf(context, user.id);
    },
  });
  http.delete('/me/push', {
    config: { access: carers },
    schema: {
      tags: ['session'],
      summary: 'This browser gets no push messages any more: before logging out on a shared one',
      body: Endpoint,
      response: { 200: Me },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { endpoint } = request.body;
      await (user.role === 'family'
        ? eachOwnContact(context, user, (own) => ({ ...own, channels: withoutBrowser(own.channels, endpoint) }))
        : administration.patch('users', user.id, ({ channels = [] }) => ({
            channels: withoutBrowser(channels, endpoint),
          })));
      await audit(context, user, 'pushOff');
      return viewOf(context, user.id);
    },
  });
}

function tryRoute(http: Http, context: Context): void {
  const { directory, tryPush } = context.parts;
  http.post('/me/push/test', {
    config: { access: carers },
    schema: {
      tags: ['session'],
      summary: 'Sends one of my browsers a message that only says that messages arrive',
      body: Endpoint,
      response: { 200: Tried },
    },
    handler: async (request) => {
      const user = userOf(request);
      const found = browserOf(directory, user, request.body.endpoint);
      if (found === undefined)
        throw new AppError('notFound', 'This browser gets no push messages. Turn them on first.');
      await audit(context, user, 'pushTried');
      const answer = await tryPush(found.browser, found.language ?? 'zh');
      return 'reason' in answer ? { outcome: 'failed' as const, reason: answer.reason } : { outcome: 'sent' as const };
    },
  });
}

/** One of somebody's own browsers, with its keys. */
function browserOf(directory: Directory, user: User, endpoint: string) {
  const { channels = [], residentIds = [], language } = directory.users.get(user.id) ?? user;
  const own = residentIds.flatMap((id) => {
    const resident = directory.residents.get(id);
    return (resident && ownContact(resident, user)) ?? [];
  });
  for (const one of [{ channels, language }, ...own]) {
    const browser = one.channels.find(({ kind, address }) => kind === 'webPush' && address === endpoint);
    if (browser) return { browser, language: one.language };
  }
  return undefined;
}

/** Changes the user's entry among the contacts of each of their residents. */
async function eachOwnContact(
  { parts: { directory, administration } }: Context,
  user: User,
  change: (own: Contact) => Contact,
): Promise<void> {
  for (const id of user.residentIds ?? []) {
    if (!directory.residents.has(id)) continue;
    await administration.patch('residents', id, (resident) => withOwnContact(resident, user, change));
  }
}

async function audit({ parts }: Context, user: User, what: string): Promise<void> {
  await parts.records.audit([{ atMs: parts.clock(), who: user.id, what, about: user.id }]);
}

/** As things are now: the caller may have been changed since the request began. */
function viewOf({ parts: { directory } }: Context, userId: string): z.infer<typeof Me> {
  const user = directory.users.get(userId);
  if (user === undefined) throw new AppError('notFound', 'There is no such user any more.');
  const contacts = (user.residentIds ?? []).flatMap((residentId) => {
    const resident = directory.residents.get(residentId);
    const contact = resident && ownContact(resident, user);
    return contact === undefined ? [] : [{ residentId, contact: { ...contact, channels: contact.channels.map(open) } }];
  });
  const channels = [...(user.channels ?? []), ...contacts.flatMap(({ contact }) => contact.channels)];
  const push = channels.filter(({ kind }) => kind === 'webPush').map(({ address }) => address);
  return { user: viewOfUser(user), contacts, push: [...new Set(push)] };
}

function open({ kind, address }: Contact['channels'][number]): z.infer<typeof ChannelView> {
  return { kind, address };
}
