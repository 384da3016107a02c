import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { Reply, Request } from '../stand-in.ts';

/** A browser with a subscription. */
export function browser() {
  const pair = createECDH('prime256v1');
  const p256dh = pair.generateKeys();
  const auth = randomBytes(16);
  return {
    secret: `${p256dh.toString('base64url')}.${auth.toString('base64url')}`,
    /** RFC 8291 and RFC 8188, from the receiving side. */
    read(body: Buffer): string {
      const salt = body.subarray(0, 16);
      const keyLength = body[20]!; // a push message is longer
      const theirs = body.subarray(21, 21 + keyLength);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, theirs]);
      const secret = hkdfSync('sha256', pair.computeSecret(theirs), auth, info, 32);
      const key = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: aes128gcm\0', 16);
      const nonce = hkdfSync('sha256', Buffer.from(secret), salt, 'Content-Encoding: nonce\0', 12);
      const record = body.subarray(21 + keyLength);
      const opening = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
      opening.setAuthTag(record.subarray(-16));
      const text = Buffer.concat([opening.update(record.subarray(0, -16)), opening.final()]);
      if (text.at(-1) !== 2) throw new Error('the record has no end');
      return text.subarray(0, -1).toString();
    },
  };
}

/** A push service: who sends must prove it to this very service (RFC 8292), and the message must be one record. */
export function pushGate(clock: () => number, ownOrigin: () => string, answer: Reply = { status: 201 }) {
  return ({ headers, body }: Request): Reply => {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const isFresh = exp > clock() / 1000 && exp <= clock() / 1000 + 86_400;
    if (!isSigned || aud !== ownOrigin() || !isFresh || !/^mailto:/.test(sub)) return { status: 403 };
    if (headers['content-encoding'] !== 'aes128gcm' || headers.ttl === undefined) return { status: 400 };
    return body.length > 4_096 ? { status: 413 } : answer;
  };
}
