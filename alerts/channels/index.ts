import { randomUUID } from 'node:crypto';
import type { Channel } from '../../model/notification.ts';
import type { Log } from '../log.ts';
import { createPost, type Post } from '../outgoing/post.ts';
import { type AllowList, nothingPrivate } from '../outgoing/reach.ts';
import type { AliyunKey } from './aliyun.ts';
import { type SmsAccount, smsChannel } from './aliyun-sms.ts';
import { type VoiceAccount, voiceChannel } from './aliyun-voice.ts';
import { dingtalkChannel } from './dingtalk.ts';
import { type EmailParts, emailChannel } from './email.ts';
import { feishuChannel } from './feishu.ts';
import { logChannel } from './log.ts';
import { mqttChannel, type PublishToUser } from './mqtt.ts';
import { ntfyChannel } from './ntfy.ts';
import type { VapidKeys } from './push-encryption.ts';
import { type ShowToUser, sseChannel } from './sse.ts';
import { webPushChannel } from './web-push.ts';
import { webhookChannel } from './webhook.ts';
import { wecomChannel } from './wecom.ts';
import type { WordParts } from './words.ts';

/** Aliyun's key, and what is approved for it; a product without a template is not used. */
export type Aliyun = {
  readonly key: AliyunKey;
  readonly sms?: SmsAccount | undefined;
  readonly voice?: VoiceAccount | undefined;
};

export type ChannelParts = {
  readonly clock: () => number;
  readonly timeZone: string;
  readonly linksOf: WordParts['linksOf'];
  /** Signs webhooks of contacts without a secret of their own. */
  readonly webhookSecret: string;
  readonly push: { readonly keys: VapidKeys; readonly contact: string };
  /** Absent when no mail server is configured. */
  readonly smtp?: EmailParts['smtp'];
  readonly aliyun?: Aliyun | undefined;
  /** Addresses within private networks that may be reached all the same. */
  readonly allowPrivate: AllowList;
  readonly publish: PublishToUser;
  readonly show: ShowToUser;
  readonly log: Log;
};

/** Every way to reach a contact. A new one is a new file and a line here. */
export function createChannels(parts: ChannelParts): readonly Channel[] {
  const { clock, timeZone, linksOf, smtp, aliyun } = parts;
  const words = { timeZone, linksOf };
  const web = { ...words, clock, post: createPost(parts.allowPrivate) };
  return [
    webhookChannel({ ...web, secret: parts.webhookSecret }),
    emailChannel({ ...words, smtp }),
    webPushChannel({ ...web, ...parts.push }),
    dingtalkChannel(web),
    feishuChannel(web),
    wecomChannel(web),
    smsChannel(aliyun?.sms && { ...providerOf(parts, aliyun, words), account: aliyun.sms }),
    voiceChannel(aliyun?.voice && { ...providerOf(parts, aliyun, words), account: aliyun.voice }),
    ntfyChannel(web),
    mqttChannel(parts.publish),
    sseChannel(parts.show),
    logChannel(parts.log),
  ];
}

/** The operator names Aliyun's server, not a contact: it may be a proxy in the operator's own network. */
function providerOf({ clock }: ChannelParts, { key, sms, voice }: Aliyun, words: WordParts) {
  const servers = [sms, voice].flatMap((account) => (account ? [new URL(account.server).hostname] : []));
  const hosts = servers.map((host) => host.replace(/^\[|\]$/g, ''));
  const post: Post = createPost({ ...nothingPrivate, hosts: new Set(hosts) });
  return { ...words, clock, post, key, nonce: randomUUID };
}
