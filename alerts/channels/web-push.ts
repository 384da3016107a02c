import type { AlertView } from '../../model/alert.ts';
import type { Channel, Delivery, Notification } from '../../model/notification.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { byStatus } from '../outgoing/answers.ts';
import { isWebAddress, type Post, withoutAnswer } from '../outgoing/post.ts';
import { bodyText, shortSubject } from '../wording.ts';
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

export type WebPushParts = WordParts & {
  readonly keys: VapidKeys;
  /** `mailto:` or https: whom a push service writes to when something is wrong. */
  readonly contact: string;
  readonly clock: () => number;
  readonly post: Post;
};

const signedForMs = 12 * 3_600_000;
/** How long a push service keeps it for a telephone that is off, seconds. */
const keptForS = { P1: 86_400, P2: 86_400, P3: 14_400, P4: 3_600, P5: 3_600 } as const;
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

function messageOf(parts: WebPushParts, notification: Notification, alert: AlertView, subscription: Subscription) {
  const { keys, contact, clock } = parts;
  const { origin } = new URL(notification.address);
  return {
    headers: {
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: String(keptForS[alert.severity]),
      urgency: urgencies[alert.severity],
      topic: pushTopic(alert.id, keys.privateKey),
      authorization: vapidHeader(keys, origin, contact, clock() + signedForMs),
    },
    body: encrypted(textOf(parts, notification, alert), subscription),
  };
}

/** What the page's service worker shows; texts are cut before the facts it goes by are. */
function textOf(parts: WebPushParts, notification: Notification, alert: AlertView): string {
  const telling = tellingOf(parts, notification, alert);
  const { id: alertId, severity, state, revision } = alert;
  const facts = { id: notification.id, alertId, severity, state, revision, links: telling.links };
  const room = longestTextBytes - Buffer.byteLength(JSON.stringify(facts)) - 400;
  const title = withinBytes(shortSubject(telling), 200);
  return JSON.stringify({ ...facts, title, body: withinBytes(bodyText(telling), Math.floor(room / 2)) });
}
