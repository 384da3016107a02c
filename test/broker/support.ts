import net from 'node:net';
import type { Duplex } from 'node:stream';
import { generate, type Packet, parser } from 'mqtt-packet';
import { onTestFinished } from 'vitest';
import { type BrokerOptions, createBroker } from '../../broker/broker.ts';
import type { Broker, BrokerHost, Downlink, Principal, Uplink } from '../../broker/contracts.ts';
import {
  devicePublishAllowed,
  deviceSubscribeAllowed,
  personPublishAllowed,
  personSubscribeAllowed,
} from '../../broker/topics.ts';

type Person = Principal & { kind: 'person' };
export type Done = (error?: Error) => void;

/** A small town: every `band-*` and `hub-*` is a device, `ana` and `li` look after `city/east`, `root` after everything. */
export class Town implements BrokerHost {
  readonly accepted: Uplink[] = [];
  readonly acted: { who: string; topic: string; payload: string }[] = [];
  readonly presences: string[] = [];
  openAlerts: Downlink[] = [];
  /** What happens to a message; by default it is on disk at once. */
  commit: (uplink: Uplink, done: Done) => void = (_uplink, done) => done();
  isDiskHanging = false;
  /** Waited for before anybody is told who they are. */
  beforeAnswer: () => Promise<void> = async () => {};

  async authenticate(username: string, secret: Uint8Array): Promise<Principal | undefined> {
    await this.beforeAnswer();
    if (Buffer.from(secret).toString() !== `secret of ${username}`) return undefined;
    if (/^(band|hub)-/.test(username)) {
      return { kind: 'device', id: username, device: { id: username, kind: 'wristband' } };
    }
    const role = username === 'root' ? 'admin' : 'responder';
    return { kind: 'person', id: username, user: { id: username, username, role } };
  }
  mayPublish(principal: Principal, topic: string): boolean {
    return principal.kind === 'device'
      ? devicePublishAllowed(principal.device, [], topic)
      : personPublishAllowed(topic);
  }
  maySubscribe(principal: Principal, filter: string): boolean {
    if (principal.kind === 'device') return deviceSubscribeAllowed(principal.device, [], filter);
    return personSubscribeAllowed(principal.id === 'root' ? 'all' : [['city', 'east']], filter);
  }
  accept(uplink: Uplink, done: Done): void {
    this.accepted.push(uplink);
    this.commit(uplink, done);
  }
  diskHangs(): boolean {
    return this.isDiskHanging;
  }
  act(principal: Person, topic: string, payload: Uint8Array, done: Done): void {
    this.acted.push({ who: principal.id, topic, payload: Buffer.from(payload).toString() });
    done();
  }
  greet(): Iterable<Downlink> {
    return this.openAlerts;
  }
  presence(deviceId: string, online: boolean): void {
    this.presences.push(`${deviceId} ${online ? 'online' : 'offline'}`);
  }
  /** Payloads as they were accepted. */
  get heard(): string[] {
    return this.accepted.map(({ payload }) => Buffer.from(payload).toString());
  }
}

/** Commits that end when the test says so. */
export class SlowDisk {
  readonly waiting: { uplink: Uplink; done: Done }[] = [];
  readonly take = (uplink: Uplink, done: Done): void => {
    this.waiting.push({ uplink, done });
  };
  finish(): void {
    for (const { done } of this.waiting.splice(0)) done();
  }
}

export class Clock {
  nowMs = 1_763_700_000_000;
  readonly read = () => this.nowMs;
  passS(seconds: number): void {
    this.nowMs += seconds * 1000;
  }
}

export type Line = { level: 'info' | 'warn' | 'error'; facts: object; message: string };

export type Door = {
  broker: Broker;
  town: Town;
  clock: Clock;
  port: number;
  tlsPort: number | undefined;
  lines: Line[];
  count(name: string): number;
  connect(): RawClient;
  /** Logged in as that device or person. */
  logIn(name: string, more?: Partial<Greeting>): Promise<RawClient>;
};

/** A real broker on a free port; stopped when the test is over. */
export async function openDoor(town = new Town(), options: Partial<BrokerOptions> = {}): Promise<Door> {
  const clock = new Clock();
  const lines: Line[] = [];
  const write = (level: Line['level']) => (facts: object, message: string) =>
    void lines.push({ level, facts, message });
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const { limits, ...others } = options;
  const quick = { sweepEveryMs: 5, lastWordsMs: 20, ...limits };
  const broker = createBroker(
    { host: '127.0.0.1', mqttPort: 0, log, clock: clock.read, steadyClock: clock.read, limits: quick, ...others },
    town,
  );
  const { mqttPort: port, mqttsPort: tlsPort } = await broker.start();
  onTestFinished(() => broker.stop());
  const connect = () => new RawClient(net.connect(port, '127.0.0.1'));
  const logIn = async (name: string, more?: Partial<Greeting>) => {
    const client = connect();
    client.send(greeting(name, more));
    await client.next('connack');
    return client;
  };
  return { broker, town, clock, port, tlsPort, lines, count: (name) => broker.counters.get(name) ?? 0, connect, logIn };
}

export type Greeting = {
  clientId: string;
  password: string;
  keepalive: number;
  clean: boolean;
  will: { topic: string; payload: Buffer; qos: 0 | 1 | 2; retain: boolean };
};

export function greeting(name: string, more: Partial<Greeting> = {}): Buffer {
  const { password = `secret of ${name}`, clientId = name, keepalive = 60, clean = true, will } = more;
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean,
    clientId,
    keepalive,
    username: name,
    password: Buffer.from(password),
    ...(will && { will }),
  });
}

export function message(topic: string, payload: string | Buffer, qos: 0 | 1 | 2 = 1, messageId = 1): Buffer {
  return generate({ cmd: 'publish', topic, payload, qos, retain: false, dup: false, ...(qos > 0 && { messageId }) });
}

export function telemetry(deviceId: string, payload: string, messageId = 1, qos: 0 | 1 | 2 = 1): Buffer {
  return message(`v1/devices/${deviceId}/telemetry`, payload, qos, messageId);
}

export function subscribe(filters: string | string[], qos: 0 | 1 | 2 = 1): Buffer {
  const subscriptions = [filters].flat().map((topic) => ({ topic, qos }));
  return generate({ cmd: 'subscribe', messageId: 7, subscriptions });
}

export const ping = Buffer.from([0xc0, 0]);
export const goodbye = Buffer.from([0xe0, 0]);

/** A client without manners of its own: it sends what the test says and keeps what comes back. */
export class RawClient {
  readonly stream: Duplex;
  readonly packets: Packet[] = [];
  isClosed = false;
  readonly #parser = parser();

  constructor(stream: Duplex) {
    this.stream = stream;
    this.#parser.on('packet', (packet) => this.packets.push(packet));
    stream.on('data', (bytes) => this.#parser.parse(bytes));
    stream.on('error', () => {});
    for (const ending of ['end', 'close']) {
      stream.on(ending, () => {
        this.isClosed = true;
      });
    }
    onTestFinished(() => void stream.destroy());
  }

  send(...packets: Uint8Array[]): void {
    this.stream.write(Buffer.concat(packets));
  }

  /** Takes the first packet of that kind out of what came, waiting for it if need be. */
  async next<K extends Packet['cmd']>(cmd: K): Promise<Packet & { cmd: K }> {
    await eventually(`${cmd} arrives`, () => this.packets.some((packet) => packet.cmd === cmd));
    const at = this.packets.findIndex((packet) => packet.cmd === cmd);
    return this.packets.splice(at, 1)[0] as Packet & { cmd: K }; // found just above
  }

  /** Resolves when everything sent before was looked at. */
  async caughtUp(): Promise<void> {
    this.send(ping);
    await this.next('pingresp');
  }

  async closed(): Promise<void> {
    await eventually('the connection is closed', () => this.isClosed);
  }

  ids(cmd: 'puback' | 'pubrec' | 'pubcomp'): (number | undefined)[] {
    return this.packets.filter((packet) => packet.cmd === cmd).map((packet) => packet.messageId);
  }
}

/** Waits for something that will happen; the bound only tells a failure from waiting for ever. */
export async function eventually(what: string, isSo: () => boolean, withinMs = 30_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
