import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';
import { AnswerReader, connack, puback } from '../../simulators/load/answers.ts';
import { loadToken } from '../../simulators/load/community.ts';
import { loadDeviceId } from '../../simulators/load.ts';

/** What the crowd does next. `press`: so many of them press SOS and are cut off before they are answered. */
export type Order =
  | { readonly do: 'connect'; readonly port: number; readonly count: number; readonly atOnce: number }
  | { readonly do: 'say' }
  | { readonly do: 'press'; readonly count: number }
  | { readonly do: 'return'; readonly atOnce: number }
  | { readonly do: 'leave' };

export type Told = { readonly tookMs: number; readonly connected: number; readonly refused: number };

type Member = {
  readonly id: string;
  readonly address: string;
  socket: Socket | undefined;
  isIn: boolean;
  /** Resolves what is waited for: CONNACK, or the acknowledgement of what was said. */
  heard: (() => void) | undefined;
  /** Pressed and not acknowledged: sent again after every log-in, as MQTT wants it. */
  unanswered: Buffer | undefined;
};

const members: Member[] = [];
/** Whoever is not in by then is counted as missing. */
const giveUpMs = 60_000;
const retryMs = 500;
/** One address has 28,000 ports, and those of closed connections are not free at once: looking for one then takes longer than the storm. */
const addresses = 16;
const readBuffer = Buffer.allocUnsafeSlow(65_536);
let port = 0;
let refused = 0;

function memberOf(index: number): Member {
  const address = `127.0.0.${2 + (index % addresses)}`;
  return { id: loadDeviceId(index), address, socket: undefined, isIn: false, heard: undefined, unanswered: undefined };
}

function connectPacket(id: string): Buffer {
  const password = Buffer.from(loadToken(id));
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: id,
    clean: true,
    keepalive: 300,
    username: id,
    password,
  });
}

function publishPacket(id: string, lane: string, facts: object, dup: boolean): Buffer {
  const payload = JSON.stringify(facts);
  const topic = `v1/devices/${id}/${lane}`;
  return generate({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup, retain: false });
}

/** Resolves when it is in and what it had to send again is acknowledged; until then it tries again, as devices do. */
function enter(member: Member): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  member.heard = resolve;
  attempt(member);
  return promise;
}

function attempt(member: Member): void {
  const reader = new AnswerReader((type, word) => answered(member, type, word));
  const callback = (bytes: number) => {
    reader.push(readBuffer.subarray(0, bytes));
    return true;
  };
  const onread = { buffer: readBuffer, callback };
  const socket = connect({ port, host: '127.0.0.1', localAddress: member.address, noDelay: true, onread });
  member.socket = socket;
  socket.on('error', () => undefined); // 'close' follows
  socket.once('close', () => closed(member, socket));
  socket.once('connect', () => socket.write(connectPacket(member.id)));
}

function closed(member: Member, socket: Socket): void {
  if (member.socket !== socket) return; // it fell on purpose
  member.isIn = false;
  refused += 1;
  if (member.heard !== undefined) setTimeout(() => attempt(member), retryMs * (1 + Math.random())).unref();
}

function answered(member: Member, type: number, word: number): void {
  if (type === connack && (word & 0xff) === 0) {
    member.isIn = true;
    if (member.unanswered === undefined) settle(member);
    else member.socket?.write(member.unanswered);
  }
  if (type !== puback) return;
  member.unanswered = undefined;
  settle(member);
}

function settle(member: Member): void {
  const { heard } = member;
  member.heard = undefined;
  heard?.();
}

/** All of them, so many at a time. */
async function each(some: readonly Member[], atOnce: number, act: (member: Member) => Promise<void>): Promise<void> {
  const waiting = some.values();
  const work = async (): Promise<void> => {
    for (const member of waiting) await Promise.race([act(member), givenUp()]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

function givenUp(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, giveUpMs).unref());
}

function say(member: Member): Promise<void> {
  const position = { lat: 24.4451, lon: 118.0823, accuracyM: 8, source: 'gnss' };
  const facts = { t: Date.now(), seq: 1, position, heartRateBpm: 71, batteryPct: 66, steps: 1000, worn: true };
  return new Promise((resolve) => {
    member.heard = resolve;
    member.socket?.write(publishPacket(member.id, 'telemetry', facts, false));
  });
}

/** The press is on its way when the network goes. */
function pressAndFall(member: Member): void {
  const facts = { t: Date.now(), seq: 2, event: 'sos' };
  member.unanswered = publishPacket(member.id, 'event', facts, true);
  member.socket?.write(publishPacket(member.id, 'event', facts, false));
}

/** Everybody's network goes at one moment; what the kernel has of them it still delivers. */
async function fall(): Promise<void> {
  const gone = members.map(({ socket }) => new Promise((resolve) => socket?.once('close', resolve)));
  for (const member of members) {
    const { socket } = member;
    member.socket = undefined; // it fell on purpose: nobody refused it
    member.isIn = false;
    socket?.destroySoon();
  }
  await Promise.all(gone);
}

const carryOut = {
  async connect(order: Extract<Order, { do: 'connect' }>) {
    port = order.port;
    for (let i = members.length; i < order.count; i += 1) {
      members.push(memberOf(i));
    }
    await each(members, order.atOnce, enter);
  },
  say: () => each(members, 200, say),
  async press({ count }: Extract<Order, { do: 'press' }>) {
    for (const member of members.slice(0, count)) pressAndFall(member);
    await fall();
  },
  return: ({ atOnce }: Extract<Order, { do: 'return' }>) => each(members, atOnce, enter),
  leave: fall,
} as const;

process.on('message', (order: Order) => {
  const startMs = performance.now();
  // The table has an entry of the right kind for each order; TypeScript cannot follow that through the union.
  void (carryOut[order.do] as (order: Order) => Promise<void>)(order).then(() => {
    const connected = members.filter(({ isIn }) => isIn).length;
    process.send?.({ tookMs: performance.now() - startMs, connected, refused } satisfies Told);
  });
});
