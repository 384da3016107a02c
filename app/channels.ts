import type { AnswerLinks } from '../alerts/answer-links.ts';
import { type ChannelParts, createChannels } from '../alerts/channels/index.ts';
import type { Channel } from '../model/notification.ts';
import type { Config } from './config.ts';
import type { Stores } from './stores.ts';

type Joined = Pick<ChannelParts, 'clock' | 'publish' | 'show' | 'log'> & { readonly links: AnswerLinks };

/** The channels as configured, with the keys of this installation. */
export function channelsOf(config: Config, stores: Stores, { links, ...joined }: Joined): readonly Channel[] {
  const { smtp, timeZone, channels } = config;
  return createChannels({
    ...joined,
    timeZone,
    linksOf: (notification) => links.of(notification),
    webhookSecret: stores.webhookSecret,
    push: { keys: stores.vapidKeys, contact: channels.pushContact },
    smtp,
    aliyun: channels.aliyun,
    allowPrivate: channels.allowPrivate,
  });
}
