import { connect, type Socket } from 'node:net';
import { generate } from 'mqtt-packet';
import { tokenOf } from '../../support/community.ts';

/** Answers of the broker that these stories look at: first byte and packet id. */
export type Answer = { readonly head: number; readonly packetId: number };
export const puback = 0x40;
export const pubrec = 0x50;
export const pubcomp = 0x70;

export type Message = {
  readonly topic: 'telemetry' | 'event';
  readonly facts: object;
  readonly qos?: 1 | 2;
  readonly packetId: number;
  readonly dup?: boolean;
};

/** A device over a bare socket: what it sends and what it is answered, packet by packet. */
export class RawBand {
  readonly id: string;
  readonly answers: Answer[] = [];
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #onAnswer: (answer: Answer) => void = () => undefined;

  private constructor(id: string, socket: Socket) {
    this.id = id;
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined); // breaking off is part of these stories
  }

  /** Logged in. */
  static async connect(id: string, port: number): Promise<RawBand> {
    const socket = connect(port, '127.0.0.1');
    const band = new RawBand(id, socket);
    const password = Buffer.from(tokenOf(id));
    const greeting = { protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 60 } as const;
    socket.write(generate({ cmd: 'connect', clientId: id, username: id, password, ...greeting }));
    await new Promise<void>((resolve, reject) => {
      socket.once('close', () => reject(new Error(`${id} could not log in`)));
      socket.on('data', (data: Buffer) => band.#read(data, resolve));
    });
    return band;
  }

  onAnswer(listener: (answer: Answer) => void): void {
    this.#onAnswer = listener;
  }

  publish({ topic, facts, qos = 1, packetId, dup = false }: Message): void {
    const payload = JSON.stringify(facts);
    const to = { topic: `v1/devices/${this.id}/${topic}`, payload, qos, messageId: packetId, dup, retain: false };
    this.#socket.write(generate({ cmd: 'publish', ...to }));
  }

  /** QoS 2: may forget it. */
  release(packetId: number): void {
    this.#socket.write(generate({ cmd: 'pubrel', messageId: packetId }));
  }

  /** Resolves when that answer came; false when the connection ended instead. */
  async answered(head: number, packetId: number): Promise<boolean> {
    let ended = false;
    void this.closed.then(() => {
      ended = true;
    });
    while (!this.answers.some((answer) => answer.head === head && answer.packetId === packetId)) {
      if (ended) return false;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return true;
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  #read(data: Buffer, loggedIn: () => void): void {
    for (let at = 0; at + 3 < data.length; at += 4) {
      const answer = { head: data[at]!, packetId: data.readUInt16BE(at + 2) }; // within bounds
      if (answer.head === 0x20) loggedIn();
      else {
        this.answers.push(answer);
        this.#onAnswer(answer);
      }
    }
  }
}
