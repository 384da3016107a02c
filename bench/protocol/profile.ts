import { createBroker } from '../../broker/broker.ts';
import type { Broker, BrokerHost } from '../../broker/contracts.ts';

/*
 * The door as the protocol suites need it: anybody comes in, anything is committed at once, and what is published goes on
 * to whoever subscribed. Everything else is the door as it is.
 */
const anybody = { id: 'anybody', username: 'anybody', role: 'admin' } as const;
const silent = { info() {}, warn() {}, error: (facts: object, message: string) => console.error(message, facts) };

const permissive: BrokerHost = {
  authenticate: async () => ({ kind: 'person', id: 'anybody', user: anybody }),
  mayPublish: () => true,
  maySubscribe: (_principal, filter) => filter !== 'test/nosubscribe',
  accept: (_uplink, done) => done(),
  act: (_principal, _topic, _payload, done) => done(),
  greet: () => [],
  presence: () => {},
};

export async function startProfile(): Promise<{ broker: Broker; port: number }> {
  const limits = { connectionsPerPerson: 1000 };
  const options = { mqttPort: 0, host: '127.0.0.1', log: silent, routesFreely: true, limits };
  const broker = createBroker(options, permissive);
  const { mqttPort } = await broker.start();
  return { broker, port: mqttPort };
}
