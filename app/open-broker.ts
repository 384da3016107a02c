import type { AlertDesk } from '../alerts/contracts.ts';
import type { Api } from '../api/server.ts';
import { createBroker } from '../broker/broker.ts';
import type { Broker } from '../broker/contracts.ts';
import { tokenMatches } from '../store/secrets.ts';
import { type BrokerHostParts, createBrokerHost } from './broker-host.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Stores } from './stores.ts';
import { readTls } from './tls-files.ts';

export type BrokerRooms = Pick<BrokerHostParts, 'accept' | 'diskHangs' | 'presence'> & {
  readonly config: Config;
  readonly stores: Stores;
  readonly desk: AlertDesk;
  /** Undefined while the service is being built. */
  readonly api: () => Api | undefined;
  readonly connectionsAtMost: number;
  readonly clock: () => number;
  readonly log: Log;
};

/** The MQTT interface with everything it may ask of the rest of the service. */
export function openBroker(rooms: BrokerRooms): Broker {
  const { config, stores, desk, api, connectionsAtMost, clock, log, accept, diskHangs, presence } = rooms;
  const { directory, records } = stores;
  const host = createBrokerHost({
    ...{ directory, desk, log, clock, tokenMatches, accept, diskHangs, presence },
    sessionOf: async (token) => {
      const caller = await api()?.sessions.caller(token);
      return caller && { user: caller.user, session: caller.session.tokenHash };
    },
    isOpen: (session) => api()?.sessions.holds(session) ?? false,
    durable: () => records.durable(),
    auditLook: (who, what) => records.auditLooks([{ atMs: clock(), who, what, about: who }]),
  });
  const { mqtt, mqtts } = config;
  const limits = { connections: connectionsAtMost };
  const options = { host: mqtt.host, mqttPort: mqtt.port, log, clock, limits };
  return createBroker(mqtts ? { ...options, mqttsPort: mqtts.port, tls: readTls(mqtts) } : options, host);
}
