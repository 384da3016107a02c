import type { Channel } from '../../model/notification.ts';

/** Hands a message to whoever is subscribed; false when nobody is. */
export type Publish = (topic: string, payload: string) => boolean;

/** The address is a topic; the payload is the alert. `sent`: nobody says whether it was read. */
export function mqttChannel(publish: Publish): Channel {
  return {
    kind: 'mqtt',
    async send({ address }, alert) {
      if (!isOpenTopic(address))
        return { outcome: 'rejected', reason: 'the address is no topic people may be told on' };
      const heard = publish(address, JSON.stringify(alert));
      return heard ? { outcome: 'sent' } : { outcome: 'retry', reason: 'nobody is subscribed' };
    },
  };
}

/** No wildcards; and nothing a device or the service itself would take for a message to them. */
function isOpenTopic(topic: string): boolean {
  return /^[^$#+\0][^#+\0]*$/.test(topic) && !/^v1\/(devices|actions|alerts)(\/|$)/.test(topic);
}
