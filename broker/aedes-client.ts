import { Aedes, type Client } from 'aedes';
import type { ControlPacket } from './guard.ts';

/**
 * What we use of an aedes 1.2.0 client beyond its published types: where it feeds bytes to its parser, where the parser
 * hands on packets, and its brake. The version is pinned, and the protocol suite in `bench/protocol` meets it on a bump.
 */
export type AedesClient = Client & {
  readonly _parser: { parse: (bytes: Buffer) => number; emit(event: 'packet', packet: object): boolean };
  _parsingBatch: number;
  pause(): void;
  resume(): void;
};

type Done = ((error?: Error) => void) | undefined;

/** Stands where aedes has its emitter: nothing is routed between clients, so nobody can block anybody. */
const noRouting = {
  on: (_topic: string, _listener: unknown, done: Done) => done?.(),
  removeListener: (_topic: string, _listener: unknown, done: Done) => done?.(),
  emit: (_packet: unknown, done: Done) => done?.(),
  close: (done: Done) => done?.(),
};

/** How long aedes lets one of its own writes wait for a reader before it gives the connection up. */
const drainTimeoutMs = 20_000;

export type AedesHooks = {
  /** Has it proved who it is? Asked when CONNECT reaches aedes, which is after we found out. */
  readonly isAuthenticated: (client: Client) => boolean;
  readonly maySubscribe: (client: Client, filter: string, qos: number) => boolean;
  /** Test profile: ordinary topics are routed as a plain broker would. */
  readonly routesFreely: boolean;
  readonly connectTimeoutMs: number;
};

/** aedes as we use it: sessions, subscriptions and pings. PUBLISH never passes through it. */
export async function createAedes(hooks: AedesHooks): Promise<Aedes> {
  return Aedes.createBroker({
    ...(hooks.routesFreely ? {} : { mq: noRouting }),
    connectTimeout: hooks.connectTimeoutMs,
    drainTimeout: drainTimeoutMs,
    authenticate: (client, _username, _password, done) => done(null, hooks.isAuthenticated(client)),
    authorizePublish: (_client, _packet, done) => done(new Error('PUBLISH does not pass through aedes')),
    authorizeSubscribe: (client, subscription, done) =>
      done(null, hooks.maySubscribe(client, subscription.topic, subscription.qos) ? subscription : null),
    authorizeForward: (_client, packet) => (hooks.routesFreely ? packet : null),
  });
}

/** CONNECT as aedes gets it: a clean session under a name of ours, no will, no timers of its own. */
export function handConnect(client: AedesClient, key: string, version: 3 | 4): void {
  client._parser.emit('packet', {
    cmd: 'connect',
    protocolId: version === 4 ? 'MQTT' : 'MQIsdp',
    protocolVersion: version,
    clientId: key,
    clean: true,
    keepalive: 0,
  });
}

export function handOn(client: AedesClient, packet: ControlPacket): void {
  client._parser.emit('packet', packet);
}

/** Reads on after `pause`. What aedes finished while paused was not taken off its count, so the count starts anew. */
export function readOn(client: AedesClient): void {
  client._parsingBatch = 0;
  client.resume();
}
