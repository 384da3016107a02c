import type { Channel } from '../../model/notification.ts';
import { voiceVariables } from '../wording.ts';
import { type AliyunParts, callAliyun, telephoneNumber } from './aliyun.ts';
import { tellingOf, type WordParts } from './words.ts';

export type VoiceAccount = {
  readonly server: string;
  readonly template: string;
  /** The number that is shown; absent: one of Aliyun's. */
  readonly from?: string | undefined;
};
export type VoiceParts = WordParts & AliyunParts & { readonly account: VoiceAccount };

/** Aliyun takes 15 characters of ours and gives them back with the report. */
export const voiceReferenceLength = 15;
/** Spoken twice: the first time people are still waking up. */
const timesSpoken = '2';

/**
 * A call over Aliyun (SingleCallByTts): the template is read aloud, and a key pressed comes back with the report. A call
 * that would be made again is not, when somebody answered meanwhile: nobody is woken for what is in good hands.
 */
export function voiceChannel(parts: VoiceParts | undefined): Channel {
  if (parts === undefined) return unconfigured;
  const { server, template, from } = parts.account;
  return {
    kind: 'voice',
    async send(notification, alert, signal) {
      const number = telephoneNumber(notification.address);
      if (number === undefined) return { outcome: 'rejected', reason: 'the address is no telephone number' };
      if (notification.attempts > 0 && alert.state !== 'open') {
        return { outcome: 'rejected', reason: 'somebody answered meanwhile' };
      }
      const parameters = {
        CalledNumber: number,
        TtsCode: template,
        TtsParam: JSON.stringify(voiceVariables(tellingOf(parts, notification, alert))),
        PlayTimes: timesSpoken,
        OutId: notification.id.slice(0, voiceReferenceLength),
        ...(from !== undefined && { CalledShowNumber: from }),
      };
      return callAliyun(parts, { server, action: 'SingleCallByTts', version: '2017-05-25', parameters }, signal);
    },
  };
}

const unconfigured: Channel = {
  kind: 'voice',
  send: async () => ({ outcome: 'rejected', reason: 'voice is not configured: set ANJU_ALIYUN_VOICE_TEMPLATE' }),
};
