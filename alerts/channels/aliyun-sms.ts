import type { Channel } from '../../model/notification.ts';
import { smsVariables } from '../wording.ts';
import { type AliyunParts, callAliyun, telephoneNumber } from './aliyun.ts';
import { tellingOf, type WordParts } from './words.ts';

/** What Aliyun has approved for this account. */
export type SmsAccount = {
  readonly server: string;
  readonly sign: string;
  readonly template: string;
};
export type SmsParts = WordParts & AliyunParts & { readonly account: SmsAccount };

/** A text message over Aliyun (SendSms): the address is a telephone number. `sent`: the report says what became of it. */
export function smsChannel(parts: SmsParts | undefined): Channel {
  if (parts === undefined) return unconfigured;
  const { server, sign, template } = parts.account;
  return {
    kind: 'sms',
    async send(notification, alert, signal) {
      const number = telephoneNumber(notification.address);
      if (number === undefined) return { outcome: 'rejected', reason: 'the address is no telephone number' };
      const variables = smsVariables(tellingOf(parts, notification, alert));
      const parameters = {
        PhoneNumbers: number,
        SignName: sign,
        TemplateCode: template,
        TemplateParam: JSON.stringify(variables),
        OutId: notification.id,
      };
      return callAliyun(parts, { server, action: 'SendSms', version: '2017-05-25', parameters }, signal);
    },
  };
}

const unconfigured: Channel = {
  kind: 'sms',
  send: async () => ({ outcome: 'rejected', reason: 'sms is not configured: set ANJU_ALIYUN_SMS_TEMPLATE' }),
};
