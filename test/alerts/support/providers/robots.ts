import { createHmac } from 'node:crypto';
import { jsonOf, type Reply, type Request } from '../stand-in.ts';

/** DingTalk: the signature stands in the URL, is good for an hour, and is checked before anything else. */
export function dingtalk(
  clock: () => number,
  secret: string | undefined,
  answer: Reply = { json: { errcode: 0, errmsg: 'ok' } },
) {
  return ({ url, body }: Request): Reply => {
    if (url.searchParams.get('access_token') !== 'token-of-group') return { json: { errcode: 300001 } };
    const [timestamp, sign] = [url.searchParams.get('timestamp'), url.searchParams.get('sign')];
    const isFresh = Math.abs(clock() - Number(timestamp)) < 3_600_000;
    const ours = secret && createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    if (secret && (sign !== ours || !isFresh)) return { json: { errcode: 310000, errmsg: 'sign not match' } };
    const { msgtype, markdown } = JSON.parse(body.toString());
    return msgtype === 'markdown' && markdown.title && markdown.text ? answer : { json: { errcode: 400104 } };
  };
}

/** Feishu: seconds, and a signature over nothing, in the body. */
export function feishu(
  clock: () => number,
  secret: string | undefined,
  answer: Reply = { json: { code: 0, msg: 'success' } },
) {
  return (request: Request): Reply => {
    const { timestamp, sign, msg_type: type, card } = jsonOf(request);
    const ours = secret && createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
    const isFresh = Math.abs(clock() / 1000 - Number(timestamp)) < 3_600;
    if (secret && (sign !== ours || !isFresh)) return { json: { code: 19021, msg: 'sign match fail' } };
    return type === 'interactive' && card ? answer : { json: { code: 9499 } };
  };
}

/** WeCom: no signature, a key in the URL, and a limit of 4,096 bytes. */
export function wecom(answer: Reply = { json: { errcode: 0, errmsg: 'ok' } }) {
  return ({ url, body }: Request): Reply => {
    if (url.searchParams.get('key') !== 'key-of-group')
      return { json: { errcode: 93000, errmsg: 'invalid webhook url' } };
    const { markdown } = JSON.parse(body.toString());
    return Buffer.byteLength(markdown.content) <= 4_096 ? answer : { json: { errcode: 40058 } };
  };
}
