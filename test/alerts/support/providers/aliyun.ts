import { createHash, createHmac } from 'node:crypto';
import type { Reply, Request } from '../stand-in.ts';

/** What requests are signed with. */
export const aliyunKey = { id: 'key-id', secret: 'key-secret' };

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

/** Aliyun's gateway: checks date, nonce and signature as its documentation says, then does what the product does. */
export function gateway(clock: () => number, product: (parameters: URLSearchParams) => Reply) {
  const seen = new Set<unknown>();
  return (request: Request): Reply => {
    const { headers, url, body } = request;
    const refuse = (Code: string) => ({ status: 400, json: { Code, Message: 'about 13800000000', RequestId: 'r' } });
    if (seen.has(headers['x-acs-signature-nonce'])) return refuse('SignatureNonceUsed');
    seen.add(headers['x-acs-signature-nonce']);
    const ageMs = clock() - Date.parse(String(headers['x-acs-date']));
    if (!(Math.abs(ageMs) < 900_000)) return refuse('InvalidTimeStamp.Expired');
    return verifies(request) && sha256(body) === headers['x-acs-content-sha256']
      ? product(url.searchParams)
      : refuse('SignatureDoesNotMatch');
  };
}

function verifies({ method, url, headers }: Request): boolean {
  const [, names = '', signature] = /SignedHeaders=([^,]+),Signature=(\w+)$/.exec(headers.authorization ?? '') ?? [];
  const lines = names.split(';').map((name) => `${name}:${headers[name]}\n`);
  const canonical = [method, url.pathname, url.search.slice(1), lines.join(''), names, headers['x-acs-content-sha256']];
  const text = `ACS3-HMAC-SHA256\n${sha256(canonical.join('\n'))}`;
  return createHmac('sha256', aliyunKey.secret).update(text).digest('hex') === signature;
}

export const fine: Reply = { json: { Code: 'OK', Message: 'OK', RequestId: 'r', BizId: 'b', CallId: 'c' } };
