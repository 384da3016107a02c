import type { AlertView } from '../../model/alert.ts';
import type { Channel, Delivery, Notification } from '../../model/notification.ts';
import type { ChannelKind } from '../../model/people.ts';
import { byCode, type Codes } from '../outgoing/answers.ts';
import { isWebAddress, type Post, withoutAnswer } from '../outgoing/post.ts';
import type { Telling } from '../wording.ts';
import { tellingOf, type WordParts } from './words.ts';

export type RobotParts = WordParts & { readonly clock: () => number; readonly post: Post };

/** What differs between the robots of group chats. */
export type Robot = {
  readonly kind: ChannelKind;
  /** The URL to post to; most carry their signature in the body instead. */
  readonly url?: (notification: Notification, nowMs: number) => string;
  readonly body: (telling: Telling, notification: Notification, nowMs: number) => object;
  /** Where the code stands in its answer, which is 200 to everything. */
  readonly codeOf: (json: Readonly<Record<string, unknown>>) => unknown;
  readonly codes: Codes;
};

/** A robot of a group chat: a JSON message to a URL that is itself the key to the group, and appears in no log. */
export function robotChannel(robot: Robot, parts: RobotParts): Channel {
  return {
    kind: robot.kind,
    async send(notification, alert, signal) {
      if (!isWebAddress(notification.address)) return { outcome: 'rejected', reason: 'the address is no http(s) URL' };
      const message = { ...messageOf(robot, parts, notification, alert), signal };
      const answer = await parts.post(message.url, message);
      if (typeof answer === 'string') return withoutAnswer(answer);
      return byCode(answer, robot.codeOf, robot.codes) satisfies Delivery;
    },
  };
}

function messageOf(robot: Robot, parts: RobotParts, notification: Notification, alert: AlertView) {
  const nowMs = parts.clock();
  const body = robot.body(tellingOf(parts, notification, alert), notification, nowMs);
  return {
    url: robot.url?.(notification, nowMs) ?? notification.address,
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'anju' },
    body: JSON.stringify(body),
  };
}

/** The longest beginning of a text that fits into so many bytes of UTF-8, never half a character. */
export function withinBytes(text: string, bytesAtMost: number): string {
  if (Buffer.byteLength(text) <= bytesAtMost) return text;
  const cut = Buffer.from(text).subarray(0, bytesAtMost).toString();
  return cut.replace(/\uFFFD+$/, '');
}
