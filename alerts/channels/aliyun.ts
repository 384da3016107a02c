import { createHash, createHmac } from 'node:crypto';
import type { Delivery } from '../../model/notification.ts';
import { byCode, type Codes } from '../outgoing/answers.ts';
import { type Post, withoutAnswer } from '../outgoing/post.ts';

/** An access key of a RAM user that may send messages and place calls, and nothing else. */
export type AliyunKey = { readonly id: string; readonly secret: string };

/** Common to both products of Aliyun that we use. */
export type AliyunParts = {
  readonly key: AliyunKey;
  readonly clock: () => number;
  readonly post: Post;
  /** Never the same twice: a request that was seen before is refused. */
  readonly nonce: () => string;
};

export type AliyunCall = {
  /** `https://dysmsapi.aliyuncs.com` */
  readonly server: string;
  readonly action: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
};

const codes: Codes = {
  done: ['OK'],
  limited: [
    'isv.BUSINESS_LIMIT_CONTROL',
    'isv.DAY_LIMIT_CONTROL',
    'isv.MONTH_LIMIT_CONTROL',
    'isv.CALLED_LIMIT',
    'Throttling',
    'Throttling.User',
    'Throttling.Api',
  ],
  busy: ['isp.SYSTEM_ERROR', 'isp.UNKNOWN', 'InternalError', 'ServiceUnavailable', 'SignatureNonceUsed'],
};

/** Calls an RPC-style API once. Reasons hold Aliyun's code alone: its sentences quote telephone numbers. */
export async function callAliyun(parts: AliyunParts, call: AliyunCall, signal: AbortSignal): Promise<Delivery> {
  const { url, headers } = signedCall(call, parts.key, parts.clock(), parts.nonce());
  const answer = await parts.post(url, { headers, body: '', signal });
  if (typeof answer === 'string') return withoutAnswer(answer);
  return byCode(answer, ({ Code }) => Code, codes);
}

/**
 * The request with its signature, ACS3-HMAC-SHA256 ("V3 request structure and signature" in Aliyun's documentation): the
 * canonical request is hashed, the hash signed with the secret. Parameters go in the query; the body is empty.
 */
export function signedCall(
  { server, action, version, parameters }: AliyunCall,
  key: AliyunKey,
  nowMs: number,
  nonce: string,
) {
  const query = canonicalQuery(parameters);
  const { host } = new URL(server);
  const bodyHash = sha256('');
  const signed: Readonly<Record<string, string>> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const names = Object.keys(signed).sort().join(';');
  const lines = names.split(';').map((name) => `${name}:${signed[name]}\n`);
  const request = ['POST', '/', query, lines.join(''), names, bodyHash].join('\n');
  const signature = createHmac('sha256', key.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(request)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${names},Signature=${signature}`;
  return { url: `${server}/?${query}`, headers: { ...signed, authorization } };
}

function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(parameters)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(parameters[name] ?? '')}`);
  return pairs.join('&');
}

/** RFC 3986, which is stricter than `encodeURIComponent`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Digits, as the provider wants them; undefined for what is no telephone number. */
export function telephoneNumber(address: string): string | undefined {
  const digits = address.replace(/[\s()-]/g, '').replace(/^\+/, '');
  return /^\d{5,20}$/.test(digits) ? digits : undefined;
}
