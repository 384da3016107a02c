import { createHmac, randomBytes } from 'node:crypto';
import type { AlertView } from '../../model/alert.ts';
import type { Channel, Notification } from '../../model/notification.ts';
import type { RecordStore } from '../../store/contracts.ts';
import { byStatus } from '../outgoing/answers.ts';
import { isWebAddress, type Post, withoutAnswer } from '../outgoing/post.ts';

/** Larger bodies are refused by receivers that keep to the specification. */
const bodyBytesAtMost = 20_000;

export type WebhookParts = {
  /** Signs for contacts without a secret of their own: `whsec_` and base64; several, separated by spaces, while it changes. */
  readonly secret: string;
  readonly clock: () => number;
  readonly post: Post;
};

/** A new secret for signing, as the Standard Webhooks specification writes it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The service's own signing secret, made at the first start and kept in the records. */
export async function webhookSecretOf(records: Pick<RecordStore, 'setting' | 'putSetting'>): Promise<string> {
  const kept = await records.setting('webhookSecret');
  if (kept !== undefined) return kept;
  const secret = newWebhookSecret();
  await records.putSetting('webhookSecret', secret);
  return secret;
}

/**
 * Posts the alert as JSON, signed after the Standard Webhooks specification 1.0. The id of a message stays the same when
 * it is tried again; the time of signing does not. The URL is a secret: it appears in no reason and no log.
 */
export function webhookChannel({ secret, clock, post }: WebhookParts): Channel {
  return {
    kind: 'webhook',
    async send(notification, alert, signal) {
      const keys = keysOf(notification.secret ?? secret);
      if (!isWebAddress(notification.address)) return { outcome: 'rejected', reason: 'the address is no http(s) URL' };
      if (keys.length === 0) return { outcome: 'rejected', reason: 'the signing secret is not base64' };
      const answer = await post(notification.address, { ...signed(notification, alert, keys, clock()), signal });
      if (typeof answer === 'string') return withoutAnswer(answer);
      return byStatus(answer, { outcome: 'delivered' }, clock());
    },
  };
}

function signed(notification: Notification, alert: AlertView, keys: readonly Buffer[], nowMs: number) {
  const body = bodyOf(alert, nowMs);
  const timestamp = Math.floor(nowMs / 1000);
  const text = `${notification.id}.${timestamp}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(text).digest('base64')}`);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'anju',
    'webhook-id': notification.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
  return { headers, body };
}

/** What is measured is left out when it is too much to carry; `evidence` can be read over the API. */
function bodyOf(alert: AlertView, nowMs: number): string {
  const message = (data: AlertView) =>
    JSON.stringify({ type: `alert.${alert.state}`, timestamp: new Date(nowMs).toISOString(), data });
  const body = message(alert);
  return Buffer.byteLength(body) < bodyBytesAtMost ? body : message({ ...alert, evidence: { leftOut: true } });
}

/** The specification's `whsec_` and base64, one for each key that receivers may still verify with. */
function keysOf(secrets: string): readonly Buffer[] {
  const keys = secrets.split(' ').map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  return keys.filter((key) => key.length > 0);
}
