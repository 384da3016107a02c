import type net from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Aedes, Client } from 'aedes';
import { AckRound } from './acknowledgements.ts';
import { createAedes } from './aedes-client.ts';
import { Complaints } from './complaints.ts';
import { Connection } from './connection.ts';
import type { Broker, BrokerHost, Downlink, Principal } from './contracts.ts';
import { Counters, type Log } from './counters.ts';
import { listen, renewTls, shut, type TlsFiles, tcpDoor, tlsDoor } from './doors.ts';
import { OutgoingMessage } from './downlink.ts';
import type { House } from './house.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Registry } from './registry.ts';
import { commandTopic } from './topics.ts';
import type { Routed } from './uplink.ts';

export type BrokerOptions = {
  /** Address to listen on; all when absent. */
  readonly host?: string;
  /** 0 is any free port. */
  readonly mqttPort: number;
  /** Both or neither. */
  readonly mqttsPort?: number;
  readonly tls?: TlsFiles;
  readonly log: Log;
  /** Epoch ms. */
  readonly clock?: () => number;
  /** Ms that only run forwards, for deadlines and silence: setting the clock must not close every connection. */
  readonly steadyClock?: () => number;
  /** For tests. */
  readonly limits?: Partial<Limits>;
  /** For the protocol suites only: what is published goes on to whoever subscribed, as in a plain broker. */
  readonly routesFreely?: boolean;
};

/** Beyond the limit so many are still accepted, to be judged by who makes room for whom. */
const newcomersAtOnce = 64;

/** The MQTT front door. Nothing listens before `start`. */
export function createBroker(options: BrokerOptions, host: BrokerHost): Broker {
  return new FrontDoor(options, host);
}

class FrontDoor implements Broker {
  readonly #options: BrokerOptions;
  readonly #host: BrokerHost;
  readonly #limits: Limits;
  readonly #counters = new Counters();
  readonly #registry: Registry<Connection>;
  readonly #connections = new Set<Connection>();
  /** Those that have not proved who they are, longest first. */
  readonly #strangers = new Set<Connection>();
  readonly #byClient = new WeakMap<Client, Connection>();
  #house: House | undefined;
  #servers: net.Server[] = [];
  #tlsDoor: ReturnType<typeof tlsDoor> | undefined;
  #sweeper: NodeJS.Timeout | undefined;
  #generation = 0;

  constructor(options: BrokerOptions, host: BrokerHost) {
    this.#options = options;
    this.#host = host;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#registry = new Registry(this.#limits.connectionsPerPerson, (deviceId, online) =>
      this.#guarded('presence', () => host.presence(deviceId, online)),
    );
  }

  get counters(): ReadonlyMap<string, number> {
    return this.#counters.byName;
  }

  async start(): Promise<{ readonly mqttPort: number; readonly mqttsPort: number | undefined }> {
    this.#house = this.#furnish(await this.#startAedes());
    this.#sweeper = setInterval(() => this.#sweep(), this.#limits.sweepEveryMs);
    const { host, mqttPort, mqttsPort, tls } = this.#options;
    const plain = await this.#open(
      tcpDoor((socket) => this.handleStream(socket)),
      mqttPort,
      host,
    );
    if (mqttsPort === undefined || tls === undefined) return { mqttPort: plain, mqttsPort: undefined };
    const failed = () => this.#counters.count('refused.tlsHandshake');
    this.#tlsDoor = tlsDoor(tls, (socket) => this.handleStream(socket), failed);
    const secure = await this.#open(this.#tlsDoor, mqttsPort, host);
    return { mqttPort: plain, mqttsPort: secure };
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) shut(server);
    clearInterval(this.#sweeper);
    const house = this.#house;
    if (house === undefined || house.isStopping) return;
    house.isStopping = true;
    await this.#settle();
    for (const { stream } of this.#connections) stream.end();
    await this.#emptyHouse();
    for (const { stream } of this.#connections) stream.destroy();
    await new Promise<void>((resolve) => house.aedes.close(resolve));
  }

  handleStream(stream: Duplex): void {
    const house = this.#house;
    if (this.#isFull) this.#makeRoom();
    if (house === undefined || house.isStopping || stream.destroyed || this.#isFull) {
      this.#counters.count('refused.noRoom');
      stream.on('error', () => {}).destroy();
      return;
    }
    this.#counters.count('connections.accepted');
    const connection = new Connection(stream, ++this.#generation, house);
    this.#connections.add(connection);
    this.#strangers.add(connection);
    this.#byClient.set(connection.client, connection);
  }

  sendToDevice(deviceId: string, topic: string, payload: string): boolean {
    if (topic !== commandTopic(deviceId)) return false;
    const sent = this.#registry.device(deviceId)?.deliver(new OutgoingMessage(topic, payload)) ?? false;
    this.#counters.count(sent ? 'commands.sent' : 'commands.undeliverable');
    return sent;
  }

  sendToPeople(message: Downlink, may: (principal: Principal & { kind: 'person' }) => boolean): number {
    let reached = 0;
    const outgoing = new OutgoingMessage(message.topic, message.payload);
    // A copy: whoever is too slow is removed while we go.
    for (const connection of [...this.#registry.people()]) {
      const { principal } = connection;
      if (principal?.kind !== 'person') continue;
      const isAllowed = this.#guarded('may', () => may(principal)) === true;
      if (isAllowed && connection.deliver(outgoing)) reached += 1;
    }
    this.#counters.count('alerts.sent', reached);
    return reached;
  }

  renewTls(files: TlsFiles): void {
    if (this.#tlsDoor) renewTls(this.#tlsDoor, files);
  }

  disconnect(principalId: string): void {
    for (const connection of this.#registry.of(principalId)) connection.close('disconnected');
  }

  isConnected(deviceId: string): boolean {
    return this.#registry.device(deviceId) !== undefined;
  }

  get #isFull(): boolean {
    return this.#connections.size >= this.#limits.connections;
  }

  /** A peer that means it says CONNECT at once; one that only holds a place gives it up to whoever comes next. */
  #makeRoom(): void {
    const [longest] = this.#strangers;
    if (longest === undefined) return;
    longest.close('madeRoom');
    this.#left(longest);
  }

  #left(connection: Connection): void {
    this.#connections.delete(connection);
    this.#strangers.delete(connection);
  }

  #furnish(aedes: Aedes): House {
    const { log, clock = Date.now, steadyClock = () => performance.now(), routesFreely = false } = this.#options;
    return {
      aedes,
      host: this.#host,
      limits: this.#limits,
      clock,
      steadyClock,
      log,
      complaints: new Complaints(log, steadyClock),
      counters: this.#counters,
      registry: this.#registry,
      round: new AckRound(),
      route: routesFreely ? (message) => route(aedes, message) : undefined,
      isStopping: false,
      known: (connection) => void this.#strangers.delete(connection),
      left: (connection) => this.#left(connection),
    };
  }

  async #startAedes(): Promise<Aedes> {
    const { connectTimeoutMs, loginDeadlineMs } = this.#limits;
    const aedes = await createAedes({
      isAuthenticated: (client) => this.#byClient.get(client)?.stage === 'entering',
      maySubscribe: (client, filter, qos) => this.#grant(this.#byClient.get(client), filter, qos),
      routesFreely: this.#options.routesFreely ?? false,
      connectTimeoutMs: 2 * (connectTimeoutMs + loginDeadlineMs),
    });
    aedes.on('clientReady', (client) => this.#byClient.get(client)?.opened());
    aedes.on('subscribe', (answers, client) => {
      const connection = this.#byClient.get(client);
      if (connection?.principal !== undefined) connection.subscriptions.answered(connection.principal, answers);
    });
    aedes.on('unsubscribe', (filters, client) => this.#byClient.get(client)?.subscriptions.remove(filters));
    (aedes as NodeJS.EventEmitter).on('error', (err) => this.#options.log.error({ err }, 'aedes reports an error'));
    return aedes;
  }

  #grant(connection: Connection | undefined, filter: string, qos: number): boolean {
    const principal = connection?.principal;
    if (connection?.stage !== 'open' || principal === undefined) return false;
    return this.#guarded('maySubscribe', () => connection.subscriptions.grant(principal, filter, qos)) === true;
  }

  async #open(server: net.Server, port: number, host: string | undefined): Promise<number> {
    server.maxConnections = this.#limits.connections + newcomersAtOnce;
    this.#servers.push(server);
    const chosen = await listen(server, port, host);
    server.on('error', (err) => this.#options.log.error({ err }, 'a listening socket reports an error'));
    return chosen;
  }

  #sweep(): void {
    const nowMs = this.#house?.steadyClock() ?? 0;
    for (const connection of this.#connections) connection.sweep(nowMs);
    this.#house?.complaints.sweep();
  }

  /** A mistake in what the host does must not take the door down with it. */
  #guarded<T>(what: string, ask: () => T): T | undefined {
    try {
      return ask();
    } catch (err) {
      this.#options.log.error({ err, what }, 'the host failed to answer');
      return undefined;
    }
  }

  async #settle(): Promise<void> {
    const isOwed = () => [...this.#connections].some(({ outstanding }) => outstanding > 0);
    await this.#until(() => !isOwed(), this.#limits.stopWaitMs, 'messages were still on their way to the disk');
  }

  async #emptyHouse(): Promise<void> {
    await this.#until(() => this.#connections.size === 0, this.#limits.farewellMs, undefined);
  }

  async #until(isReached: () => boolean, withinMs: number, complaint: string | undefined): Promise<void> {
    const stepMs = 5;
    for (let waitedMs = 0; !isReached(); waitedMs += stepMs) {
      if (waitedMs >= withinMs) {
        if (complaint !== undefined) this.#options.log.warn({}, complaint);
        return;
      }
      await wait(stepMs);
    }
  }
}

function route(aedes: Aedes, { topic, payload, qos }: Routed): void {
  aedes.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, () => {});
}
