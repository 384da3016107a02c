import { createHmac, randomBytes } from 'node:crypto';
import type { AlertView } from '../../model/alert.ts';
import type { Channel, Delivery, Notification } from '../../model/notification.ts';
import type { RecordStore } from '../../store/contracts.ts';

/** What an endpoint may answer before we stop reading: enough to keep the connection, too little to harm. */
const longestAnswerBytes = 65_536;
const longestAnswerMs = 2_000;

export type WebhookParts = {
  /** Signs for contacts without a secret of their own: `whsec_` and base64. */
  readonly secret: string;
  readonly clock: () => number;
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
export function webhookChannel({ secret, clock }: WebhookParts): Channel {
  return {
    kind: 'webhook',
    async send(notification, alert, signal) {
      const key = keyOf(notification.secret ?? secret);
      if (!isWebAddress(notification.address)) return { outcome: 'rejected', reason: 'the address is no http(s) URL' };
      if (key.length === 0) return { outcome: 'rejected', reason: 'the signing secret is not base64' };
      const request = {
        ...signed(notification, alert, key, clock()),
        method: 'POST',
        redirect: 'manual',
        signal,
      } as const;
      // The cause is dropped on purpose: it may quote the URL.
      const response = await fetch(notification.address, request).catch(() => undefined);
      if (response === undefined) return { outcome: 'retry', reason: 'no answer' };
      await dropBody(response);
      return fromAnswer(response, clock());
    },
  };
}

function signed(notification: Notification, alert: AlertView, key: Buffer, nowMs: number) {
  const body = JSON.stringify({ type: `alert.${alert.state}`, timestamp: new Date(nowMs).toISOString(), data: alert });
  const timestamp = Math.floor(nowMs / 1000);
  const signature = createHmac('sha256', key).update(`${notification.id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'anju',
    'webhook-id': notification.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
  return { headers, body };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

/** A URL with a password in it is refused by `fetch`, so it is refused here with words. */
function isWebAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/**
 * An unread body keeps its socket; a long one, one that never ends, or one that breaks off, changes nothing about the
 * answer: whoever said 200 has it, and is not told again because of what came behind.
 */
async function dropBody({ body }: Response): Promise<void> {
  const reader = body?.getReader();
  const enough = setTimeout(() => void reader?.cancel().catch(() => undefined), longestAnswerMs);
  try {
    for (let bytes = 0; reader !== undefined && bytes <= longestAnswerBytes; ) {
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.length;
    }
    await reader?.cancel();
  } catch {
    return;
  } finally {
    clearTimeout(enough);
  }
}

/** 2xx is done. 408, 425, 429 and 5xx may heal by themselves. Any other answer will be the same tomorrow. */
function fromAnswer({ status, headers }: Response, nowMs: number): Delivery {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const reason = `answered ${status}`;
  if (status < 500 && ![408, 425, 429].includes(status)) return { outcome: 'rejected', reason };
  const afterMs = askedWaitMs(headers.get('retry-after'), nowMs);
  return { outcome: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
}

/** Seconds or an HTTP date, RFC 9110 10.2.3. */
function askedWaitMs(retryAfter: string | null, nowMs: number): number | undefined {
  if (retryAfter === null) return undefined;
  const waitMs = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - nowMs;
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : undefined;
}
