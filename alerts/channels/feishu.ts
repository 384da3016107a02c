import { createHmac } from 'node:crypto';
import type { Channel, Notification } from '../../model/notification.ts';
import { markdown } from '../wording.ts';
import { type Robot, type RobotParts, robotChannel } from './robot.ts';

/** A Feishu group robot. The address is its webhook URL, the secret signs when signing is switched on there. */
export function feishuChannel(parts: RobotParts): Channel {
  return robotChannel(feishu, parts);
}

const colours = { P1: 'red', P2: 'orange', P3: 'yellow', P4: 'grey', P5: 'grey' } as const;

const feishu: Robot = {
  kind: 'feishu',
  body(telling, notification, nowMs) {
    const { title, text } = markdown(telling);
    const header = { title: { tag: 'plain_text', content: title }, template: colours[telling.alert.severity] };
    const card = { header, elements: [{ tag: 'markdown', content: text }] };
    return { ...signature(notification, nowMs), msg_type: 'interactive', card };
  },
  // Older robots answer with `StatusCode`.
  codeOf: ({ code, StatusCode }) => code ?? StatusCode,
  codes: { done: ['0'], limited: ['11232', '9499'], busy: ['1', '1500', '19007'] },
};

/** `sign` is HMAC-SHA256 over nothing at all, with `timestamp\nsecret` as its key; the timestamp is in seconds. */
function signature({ secret }: Notification, nowMs: number): object {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(nowMs / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}
