import type { Channel } from '../../model/notification.ts';
import type { Log } from '../log.ts';
import { type EmailParts, emailChannel } from './email.ts';
import { logChannel } from './log.ts';
import { mqttChannel, type PublishToUser } from './mqtt.ts';
import { type WebhookParts, webhookChannel } from './webhook.ts';

export type ChannelParts = {
  readonly webhook: WebhookParts;
  /** Absent when no mail server is configured. */
  readonly email?: EmailParts | undefined;
  readonly publish: PublishToUser;
  readonly log: Log;
};

/** Every way to reach a contact. A new one is a new file and a line here. */
export function createChannels({ webhook, email, publish, log }: ChannelParts): readonly Channel[] {
  return [webhookChannel(webhook), emailChannel(email), mqttChannel(publish), logChannel(log)];
}
