import { createHmac } from 'node:crypto';
import type { Channel, Notification } from '../../model/notification.ts';
import { markdown } from '../wording.ts';
import { type Robot, type RobotParts, robotChannel } from './robot.ts';

/** A DingTalk group robot. The address is its webhook URL, the secret (`SEC…`) signs; both are in the robot's settings. */
export function dingtalkChannel(parts: RobotParts): Channel {
  return robotChannel(dingtalk, parts);
}

const dingtalk: Robot = {
  kind: 'dingtalk',
  url: signedUrl,
  body: (telling) => ({ msgtype: 'markdown', markdown: markdown(telling) }),
  codeOf: ({ errcode }) => errcode,
  // 130101: over 20 a minute, the robot is then blocked for ten.
  codes: { done: ['0'], limited: ['130101', '410100', '660026'], busy: ['-1'] },
};

/** `sign` is HMAC-SHA256 with the secret as key over `timestamp\nsecret`; it is good for an hour. */
function signedUrl({ address, secret }: Notification, nowMs: number): string {
  if (secret === undefined) return address;
  const url = new URL(address);
  url.searchParams.set('timestamp', String(nowMs));
  url.searchParams.set('sign', createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64'));
  return url.href;
}
