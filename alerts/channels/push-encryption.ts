import {
  createCipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  ECDH,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';

/** A browser's public key and its shared secret, base64url, as its subscription has them. */
export type Subscription = { readonly p256dh: string; readonly auth: string };

/** An uncompressed point and its scalar, both base64url. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

/** The one record of a message; push services take 4,096 bytes. */
const recordSize = 4_096;
/** Header, delimiter and tag come on top of the text. */
export const longestTextBytes = recordSize - 86 - 1 - 16;

const base64url = (text: string): Buffer => Buffer.from(text, 'base64url');

export function newVapidKeys(): VapidKeys {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys().toString('base64url');
  const scalar = pair.getPrivateKey(); // without leading zeros, which JWK wants
  const privateKey = Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]).toString('base64url');
  return { publicKey, privateKey };
}

/** Does it lie on the curve? */
export function isPoint(key: string): boolean {
  try {
    ECDH.convertKey(key, 'prime256v1', 'base64url');
    return true;
  } catch {
    return false;
  }
}

/**
 * A message only this browser can read: RFC 8291 (keys) with the `aes128gcm` coding of RFC 8188, in one record.
 *
 * `once` is for known answers in tests: the salt (16 bytes) and our private key, each used for one message only.
 */
export function encrypted(
  text: string,
  { p256dh, auth }: Subscription,
  once?: { salt: Buffer; privateKey: Buffer },
): Buffer {
  const ours = createECDH('prime256v1');
  if (once) ours.setPrivateKey(once.privateKey);
  else ours.generateKeys();
  const salt = once?.salt ?? randomBytes(16);
  const [theirKey, ourKey] = [base64url(p256dh), ours.getPublicKey()];
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), theirKey, ourKey]);
  const secret = derived(ours.computeSecret(theirKey), base64url(auth), keyInfo, 32);
  const key = derived(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derived(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const last = Buffer.from([2]); // RFC 8188 2: the delimiter of the last record
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.update(last), cipher.final(), cipher.getAuthTag()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(recordSize);
  return Buffer.concat([salt, size, Buffer.from([ourKey.length]), ourKey, body]);
}

function derived(key: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, bytes));
}

/** RFC 8292: who sends, to the push service at `origin`, signed with ES256; good until `untilMs` (a day ahead at most). */
export function vapidHeader(keys: VapidKeys, origin: string, contact: string, untilMs: number): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const claims = part({ aud: origin, exp: Math.floor(untilMs / 1000), sub: contact });
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${claims}`;
  const signature = sign('sha256', Buffer.from(text), { key: privateKeyOf(keys), dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${signature.toString('base64url')}, k=${keys.publicKey}`;
}

function privateKeyOf({ publicKey, privateKey }: VapidKeys) {
  const point = base64url(publicKey);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y!, d: privateKey }, format: 'jwk' }); // both halves are there
}

/** At most 32 characters that tell nothing: a newer message about the same replaces one that was not yet shown. */
export function pushTopic(id: string, key: string): string {
  return createHmac('sha256', key).update(id).digest('base64url').slice(0, 32);
}
