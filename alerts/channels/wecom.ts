import type { Channel } from '../../model/notification.ts';
import { markdown } from '../wording.ts';
import { type Robot, type RobotParts, robotChannel, withinBytes } from './robot.ts';

const markdownBytesAtMost = 4_096;

/** A WeCom group robot. The address is its webhook URL with the key in it; there is no signature. */
export function wecomChannel(parts: RobotParts): Channel {
  return robotChannel(wecom, parts);
}

const wecom: Robot = {
  kind: 'wecom',
  body: (telling) => ({
    msgtype: 'markdown',
    markdown: { content: withinBytes(markdown(telling).text, markdownBytesAtMost) },
  }),
  codeOf: ({ errcode }) => errcode,
  codes: { done: ['0'], limited: ['45009', '45033'], busy: ['-1', '50001'] },
};
