import type { Duplex } from 'node:stream';
import { generate } from 'mqtt-packet';

/** Packet ids need only be unique among what one connection has not answered; 65,535 messages are enough of a distance. */
let lastPacketId = 0;

function nextPacketId(): number {
  lastPacketId = lastPacketId === 0xffff ? 1 : lastPacketId + 1;
  return lastPacketId;
}

/** A message for many, made into bytes once for each quality of service that is asked for. */
export class OutgoingMessage {
  readonly topic: string;
  readonly #payload: string;
  readonly #bytes: (Buffer | undefined)[] = [];

  constructor(topic: string, payload: string) {
    this.topic = topic;
    this.#payload = payload;
  }

  bytes(qos: 0 | 1): Buffer {
    this.#bytes[qos] ??= generate({
      cmd: 'publish',
      topic: this.topic,
      payload: this.#payload,
      qos,
      retain: false,
      dup: false,
      ...(qos === 1 && { messageId: nextPacketId() }),
    });
    return this.#bytes[qos];
  }
}

/** Of a long list; then others have their turn. */
const messagesATurn = 200;

/** The way down to one peer. It never waits: a peer that leaves too much unread is given up. */
export class Downlink {
  readonly #stream: Duplex;
  readonly #unsentBytes: number;
  readonly #onSlow: () => void;

  constructor(stream: Duplex, unsentBytes: number, onSlow: () => void) {
    this.#stream = stream;
    this.#unsentBytes = unsentBytes;
    this.#onSlow = onSlow;
  }

  get isSlow(): boolean {
    return this.#stream.writableLength > this.#unsentBytes;
  }

  /** False when the peer was too slow. */
  send(bytes: Buffer): boolean {
    if (this.#stream.writableLength + bytes.length > this.#unsentBytes && this.#stream.writableLength > 0) {
      this.#onSlow();
      return false;
    }
    this.#stream.write(bytes);
    return true;
  }

  /** A long list at the pace of its reader, so that a full house of alerts is no reason to be called slow. */
  sendAll(messages: Iterator<Buffer>, ended: () => void): void {
    for (let turn = 0; turn < messagesATurn && this.#stream.writableLength <= this.#unsentBytes / 2; turn++) {
      if (this.#stream.destroyed) return;
      const { value, done } = messages.next();
      if (done) {
        ended();
        return;
      }
      this.#stream.write(value);
    }
    if (this.#stream.writableNeedDrain) this.#stream.once('drain', () => this.sendAll(messages, ended));
    else setImmediate(() => this.sendAll(messages, ended));
  }
}
