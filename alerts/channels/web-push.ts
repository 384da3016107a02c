import type { AlertView } from '../../model/alert.ts';
import type { Channel, Delivery, Notification } from '../../model/notification.ts';
import type { ContactChannel, Language } from '../../model/people.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { byStatus } from '../outgoing/answers.ts';
import { isWebAddress, type Post, withoutAnswer } from '../outgoing/post.ts';
import { answerWords, bodyText, shortSubject } from '../wording.ts';
import {
  encrypted,
  isPoint,
  longestTextBytes,
  newVapidKeys,
  pushTopic,
  type Subscription,
  type VapidKeys,
  vapidHeader,
} from './push-encryption.ts';
import { withinBytes } from './robot.ts';
import { tellingOf, type WordParts } from './words.ts';

/** How a push message goes out. */
export type PushParts = {
  readonly keys: VapidKeys;
  /** `mailto:` or https: whom a push service writes to when something is wrong. */
  readonly contact: string;
  readonly clock: () => number;
  readonly post: Post;
};
export type WebPushParts = WordParts & PushParts;

const signedForMs = 12 * 3_600_000;
/** How long a push service keeps it for a telephone that is off, seconds. */
const keptForS = { P1: 86_400, P2: 86_400, P3: 14_400, P4: 3_600, P5: 3_600 } as const;
const tryWords = {
  zh: { title: '安居：通知正常', body: '这是一条测试通知。有警报时，您会这样收到消息。' },
  en: { title: 'Anju: notifications work', body: 'This is a test. You will be told of alerts like this.' },
} as const;
const urgencies = { P1: 'high', P2: 'high', P3: 'normal', P4: 'low', P5: 'low' } as const;

/** The keys that name this service to push services, made once: with others, every subscription would be void. */
export async function vapidKeysOf(records: Pick<RecordStore, 'setting' | 'putSetting'>): Promise<VapidKeys> {
  const kept = await records.setting('vapidKeys');
  if (kept !== undefined) return JSON.parse(kept) as VapidKeys; // written below
  const keys = newVapidKeys();
  await records.putSetting('vapidKeys', JSON.stringify(keys));
  return keys;
}

/**
 * A browser that subscribed (RFC 8030): the address is its endpoint, the secret `{p256dh}.{auth}`. `sent`: the push
 * service has it, and does not say when the telephone has.
 */
export function webPushChannel(parts: WebPushParts): Channel {
  return {
    kind: 'webPush',
    async send(notification, alert, signal) {
      const subscription = subscriptionOf(notification.secret);
      if (!isWebAddress(notification.address)) return { outcome: 'rejected', reason: 'the address is no http(s) URL' };
      if (subscription === undefined) return { outcome: 'rejected', reason: 'the secret is not {p256dh}.{auth}' };
      const message = messageOf(parts, notification, alert, subscription);
      const answer = await parts.post(notification.address, { ...message, signal });
      if (typeof answer === 'string') return withoutAnswer(answer);
      const delivery: Delivery = byStatus(answer, { outcome: 'sent' }, parts.clock());
      // RFC 8030 7.3: 404 is a subscription that has ended, too.
      return answer.status === 404 ? { outcome: 'rejected', reason: 'answered 404', gone: true } : delivery;
    },
  };
}

/** A point of P-256 (65 bytes, uncompressed) and 16 bytes. */
function subscriptionOf(secret = ''): Subscription | undefined {
  const [, p256dh, auth] = /^(B[\w-]{86})=?\.([\w-]{22})(?:==)?$/.exec(secret) ?? [];
  return p256dh === undefined || auth === undefined || !isPoint(p256dh) ? undefined : { p256dh, auth };
}

/** A message that only says that messages arrive, and what the push service answered. */
export async function tryPush(
  parts: PushParts,
  { address, secret }: Pick<ContactChannel, 'address' | 'secret'>,
  language: Language,
  signal: AbortSignal,
): Promise<Delivery> {
  const subscription = subscriptionOf(secret);
  if (!isWebAddress(address) || subscription === undefined)
    return { outcome: 'rejected', reason: 'the subscription is not complete' };
  const text = JSON.stringify({ id: 'try', ...tryWords[language] });
  const envelope = { ttlS: 60, urgency: 'high', topic: pushTopic('try', parts.keys.privateKey) };
  const answer = await parts.post(address, { ...sealed(parts, address, subscription, text, envelope), signal });
  return typeof answer === 'string' ? withoutAnswer(answer) : byStatus(answer, { outcome: 'sent' }, parts.clock());
}

function messageOf(parts: WebPushParts, notification: Notification, alert: AlertView, subscription: Subscription) {
  const text = textOf(parts, notification, alert);
  const { severity } = alert;
  const topic = pushTopic(alert.id, parts.keys.privateKey);
  const envelope = { ttlS: keptForS[severity], urgency: urgencies[severity], topic };
  return sealed(parts, notification.address, subscription, text, envelope);
}

type Envelope = { readonly ttlS: number; readonly urgency: string; readonly topic: string };

function sealed(parts: PushParts, address: string, to: Subscription, text: string, envelope: Envelope) {
  const { keys, contact, clock } = parts;
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: String(envelope.ttlS),
      urgency: envelope.urgency,
      topic: envelope.topic,
      authorization: vapidHeader(keys, new URL(address).origin, contact, clock() + signedForMs),
    },
    body: encrypted(text, to),
  };
}

/** What the page's service worker shows; texts are cut before the facts it goes by are. */
function textOf(parts: WebPushParts, notification: Notification, alert: AlertView): string {
  const telling = tellingOf(parts, notification, alert);
  const { id: alertId, severity, state, revision } = alert;
  const answers = telling.links && { links: telling.links, actions: actionsOf(notification) };
  const facts = { id: notification.id, alertId, severity, state, revision, ...answers };
  const room = longestTextBytes - Buffer.byteLength(JSON.stringify(facts)) - 400;
  const title = withinBytes(shortSubject(telling), 200);
  return JSON.stringify({ ...facts, title, body: withinBytes(bodyText(telling), Math.floor(room / 2)) });
}

/** The buttons of the notification, in the language it is told in; each has the link of its name. */
function actionsOf({ language = 'zh' }: Notification): readonly { action: string; title: string }[] {
  return (['claim', 'acknowledge'] as const).map((action) => ({ action, title: answerWords[action][language] }));
}
