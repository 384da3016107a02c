import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';
import { AnswerReader, connack, puback, pubcomp, pubrec } from './answers.ts';
import type { Histogram } from './histogram.ts';
import { type ClockText, type PacketRing, packetRing, type Qos, renew } from './packets.ts';
import type { Profile } from './profiles.ts';

/** What every connection of a run shares. */
export type LoadRun = {
  readonly host: string;
  readonly port: number;
  readonly qos: Qos;
  readonly window: number;
  readonly profile: Profile;
  readonly startMs: number;
  readonly histogram: Histogram;
  readonly clock: ClockText;
  readonly tally: Tally;
  /** Something was acknowledged: the window has room for `room` more. */
  readonly onRoom: (connection: LoadConnection, room: number) => void;
};

export type Tally = {
  sent: number;
  acknowledged: number;
  /** Sent, not acknowledged, and the connection is gone. */
  lost: number;
  inFlight: number;
  disconnects: number;
  /** CONNACK with another return code than 0, or no connection at all. */
  refused: number;
  lastAcknowledgedAtMs: number;
};

export type Credentials = { readonly username: string; readonly password: string };

/** The service counts more than this as this. */
const keepAliveS = 300;
const firstRetryMs = 100;
const longestRetryMs = 5_000;
const connectTimeoutMs = 10_000;
/** One for all connections: a read is finished with before the next begins. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);
const pingPacket = generate({ cmd: 'pingreq' });
const disconnectPacket = generate({ cmd: 'disconnect' });

/**
 * One device's connection. States: closed, opening (CONNECT sent), ready (CONNACK 0), closed again; until `stop` a closed
 * connection opens itself after a growing pause. What was in flight when it closed is lost, and is not sent again.
 */
export class LoadConnection {
  ready = false;
  readonly deviceIds: readonly string[];
  readonly #run: LoadRun;
  readonly #ring: PacketRing;
  readonly #connectPacket: Buffer;
  readonly #startedAtMs: Float64Array;
  readonly #settled: Uint8Array;
  #socket: Socket | undefined;
  /** Message n lives in cell n % cells; those from `oldest` to `next` are in flight. */
  #next = 0;
  #oldest = 0;
  #stopping = false;
  #failures = 0;
  #nowMs = 0;
  #freed = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(run: LoadRun, deviceIds: readonly string[], credentials: Credentials | undefined) {
    this.#run = run;
    this.deviceIds = deviceIds;
    this.#ring = packetRing(deviceIds, run.window, run.qos, run.profile, run.startMs);
    this.#connectPacket = connectPacket(deviceIds[0]!, credentials);
    this.#startedAtMs = new Float64Array(this.#ring.cells);
    this.#settled = new Uint8Array(this.#ring.cells).fill(1); // nothing was sent yet
  }

  /** Resolves after the first attempt, whether it succeeded or not. */
  open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const reader = new AnswerReader((type, word) => this.#answered(type, word, resolve));
    const callback = (bytes: number) => this.#heard(reader, readBuffer.subarray(0, bytes));
    const onread = { buffer: readBuffer, callback };
    const socket = connect({ host: this.#run.host, port: this.#run.port, noDelay: true, onread });
    this.#socket = socket;
    socket.setTimeout(connectTimeoutMs, () => socket.destroy());
    socket.once('connect', () => socket.write(this.#connectPacket));
    socket.on('error', () => undefined); // 'close' follows and counts
    socket.once('close', () => this.#closed(resolve));
    return promise;
  }

  /** Sends up to `count` messages, as many as the window has room for. Latency counts from `startedAtMs`. Returns how many. */
  send(count: number, startedAtMs: number): number {
    const { window, tally } = this.#run;
    const sending = this.ready ? Math.min(count, window - (this.#next - this.#oldest)) : 0;
    if (sending <= 0) return 0;
    const first = this.#next % this.#ring.cells;
    const untilEnd = Math.min(sending, this.#ring.cells - first);
    this.#socket!.cork(); // ready implies a socket
    this.#write(first, first + untilEnd, startedAtMs);
    if (sending > untilEnd) this.#write(0, sending - untilEnd, startedAtMs);
    this.#socket!.uncork();
    this.#next += sending;
    tally.sent += sending;
    tally.inFlight += sending;
    return sending;
  }

  ping(): void {
    if (this.ready) this.#socket?.write(pingPacket);
  }

  /** Closes for good; what is still in flight counts as lost. */
  stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return Promise.resolve();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    if (this.ready) socket.write(disconnectPacket);
    socket.destroySoon();
    socket.setTimeout(1_000, () => socket.destroy());
    return closed;
  }

  #write(from: number, to: number, startedAtMs: number): void {
    const { bytes, starts } = this.#ring;
    const time = this.#run.clock.digits;
    for (let cell = from; cell < to; cell += 1) {
      renew(this.#ring, cell, time);
      this.#startedAtMs[cell] = startedAtMs;
      this.#settled[cell] = 0;
    }
    const part = bytes.subarray(starts[from], starts[to]);
    // With QoS 0 nobody answers: a cell is free when the kernel has its bytes.
    if (this.#run.qos === 0) this.#socket!.write(part, (error) => error ?? this.#handedOver(from, to));
    else this.#socket!.write(part);
  }

  #handedOver(from: number, to: number): void {
    this.#nowMs = performance.now();
    for (let cell = from; cell < to; cell += 1) this.#settle(cell);
    this.#giveRoom();
  }

  #heard(reader: AnswerReader, chunk: Buffer): boolean {
    this.#nowMs = performance.now();
    reader.push(chunk);
    this.#giveRoom();
    return true; // go on reading
  }

  #giveRoom(): void {
    const room = this.#freed;
    if (room < this.#run.window / 2) return; // half a window in one write: one message a write costs the generator a core
    this.#freed = 0;
    this.#run.onRoom(this, room);
  }

  #answered(type: number, word: number, opened: () => void): void {
    if (type === puback || type === pubcomp) this.#settle(word - 1);
    else if (type === pubrec) this.#socket?.write(Uint8Array.of(0x62, 2, word >> 8, word & 0xff));
    else if (type === connack) this.#accepted(word & 0xff, opened);
  }

  #accepted(returnCode: number, opened: () => void): void {
    if (returnCode !== 0) {
      this.#socket?.destroy();
      return;
    }
    this.#failures = 0;
    this.ready = true;
    this.#socket?.setTimeout(0);
    opened();
    this.#freed = this.#run.window;
  }

  /** Answers may come in another order; room is made by the oldest one. */
  #settle(cell: number): void {
    const { cells } = this.#ring;
    if (cell < 0 || cell >= cells || this.#settled[cell] === 1) return;
    this.#settled[cell] = 1;
    const { tally, histogram } = this.#run;
    tally.acknowledged += 1;
    tally.inFlight -= 1;
    tally.lastAcknowledgedAtMs = this.#nowMs;
    histogram.record(this.#nowMs - this.#startedAtMs[cell]!);
    while (this.#oldest < this.#next && this.#settled[this.#oldest % cells] === 1) {
      this.#oldest += 1;
      this.#freed += 1;
    }
  }

  #closed(opened: () => void): void {
    const { tally } = this.#run;
    if (this.ready && !this.#stopping) tally.disconnects += 1;
    if (!this.ready && !this.#stopping) tally.refused += 1;
    this.ready = false;
    this.#forgetInFlight();
    opened();
    if (this.#stopping) return;
    this.#retry = setTimeout(() => void this.open(), Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures));
    this.#failures += 1;
  }

  #forgetInFlight(): void {
    let lost = 0;
    for (let message = this.#oldest; message < this.#next; message += 1)
      if (this.#settled[message % this.#ring.cells] === 0) lost += 1;
    this.#settled.fill(1);
    this.#oldest = this.#next;
    this.#run.tally.lost += lost;
    this.#run.tally.inFlight -= lost;
  }
}

function connectPacket(clientId: string, credentials: Credentials | undefined): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: keepAliveS,
    ...(credentials && { username: credentials.username, password: Buffer.from(credentials.password) }),
  });
}
