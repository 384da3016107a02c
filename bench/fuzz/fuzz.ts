import { once } from 'node:events';
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Chance } from './chance.ts';
import { mutated } from './mutations.ts';
import { connectOf, type LogIn, packetOf } from './packets.ts';

export type FuzzOptions = {
  readonly host: string;
  readonly port: number;
  /** How many packets are sent in all; half of them are mutated. */
  readonly packets: number;
  readonly seed: number;
  /** One connection at a time for each; a device has only one anyway. */
  readonly logIns: readonly LogIn[];
  /** Resolves when the service has had the time to look at what was sent: 300 ms, unless somebody knows better. */
  readonly patience?: () => Promise<unknown>;
};

export type FuzzReport = {
  readonly packets: number;
  readonly connections: number;
  /** Bytes that came back: a peer that answers nothing was not reached. */
  readonly answeredBytes: number;
};

const packetsAConnection = 12;
const idleMs = 300;

/** Sends packets, whole and broken, over many connections at once. Rejects when the service cannot be reached any more. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const progress = { packets: 0, connections: 0, answeredBytes: 0 };
  const workers = options.logIns.map(async (logIn, index) => {
    const chance = new Chance(options.seed * 1_000 + index);
    while (progress.packets < options.packets) {
      const packets = conversation(logIn, chance);
      progress.packets += packetsAConnection;
      progress.connections += 1;
      const answered = await hold(options, packets, chance);
      progress.answeredBytes += answered;
    }
  });
  await Promise.all(workers);
  return progress;
}

/** Mostly a good log-in first, so that what follows is looked at; sometimes that is broken too. */
function conversation(logIn: LogIn, chance: Chance): readonly Buffer[] {
  const connect = connectOf(logIn, chance);
  const packets = [chance.next() < 0.85 ? connect : mutated(connect, chance)];
  const wholeUntil = chance.below(packetsAConnection);
  for (let i = 1; i < packetsAConnection; i++) {
    const packet = packetOf(logIn, chance);
    packets.push(i < wholeUntil || chance.next() < 0.3 ? packet : mutated(packet, chance));
  }
  return packets;
}

/** Says it all at once, in two crumbs, or only after CONNACK; resolves with how much came back when the connection is closed. */
async function hold(options: FuzzOptions, packets: readonly Buffer[], chance: Chance): Promise<number> {
  const { host, port, patience = () => setTimeout(idleMs) } = options;
  const socket = net.connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  let answered = 0;
  socket.on('data', (chunk) => {
    answered += chunk.length;
  });
  socket.on('error', () => {}); // being closed in the middle of a write is what happens here
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const [first, rest] = parted(packets, chance);
  socket.write(first);
  if (chance.next() < 0.7) socket.once('data', () => socket.write(rest));
  else setImmediate(() => socket.write(rest));
  void closeWhenIdle(socket, patience);
  await closed;
  return answered;
}

/** A connection that is left open by the service is closed by us when nothing more comes. */
async function closeWhenIdle(socket: net.Socket, patience: () => Promise<unknown>): Promise<void> {
  let moved = -1;
  while (!socket.destroyed && moved !== socket.bytesRead + socket.bytesWritten) {
    moved = socket.bytesRead + socket.bytesWritten;
    await patience();
  }
  socket.destroy();
}

/** After CONNECT, or anywhere. */
function parted(packets: readonly Buffer[], chance: Chance): readonly [Buffer, Buffer] {
  const bytes = Buffer.concat(packets);
  const cut = chance.next() < 0.8 ? (packets[0]?.length ?? 0) : chance.below(bytes.length);
  return [bytes.subarray(0, cut), bytes.subarray(cut)];
}
