import type { Channel } from '../../model/notification.ts';
import { ChannelKind } from '../../model/people.ts';

/**
 * Takes everything and tells nobody: for replays, where nothing may go out and nothing may fail either, because a
 * failed delivery moves on to the next contact.
 */
export const silentChannels: readonly Channel[] = ChannelKind.options.map((kind) => ({
  kind,
  send: async () => ({ outcome: 'delivered' }),
}));
