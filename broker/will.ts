import type { Will } from './connect-packet.ts';
import type { BrokerHost, Principal } from './contracts.ts';
import type { Log } from './counters.ts';
import { statusTopic } from './topics.ts';

/** The will if it may be kept: a device's, on its own status topic. Others are dropped without a word. */
export function acceptedWill(principal: Principal, will: Will | undefined): Will | undefined {
  return principal.kind === 'device' && will?.topic === statusTopic(principal.id) ? will : undefined;
}

/** Hands a will to the host as if its device had published it. */
export function executeWill(will: Will, senderId: string, receivedAtMs: number, host: BrokerHost, log: Log): void {
  const done = (err?: Error): void => {
    if (err) log.error({ err, who: senderId }, 'a will is not on disk');
  };
  try {
    host.accept({ senderId, topic: will.topic, payload: will.payload, receivedAtMs }, done);
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
