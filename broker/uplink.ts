import { Acknowledgements, type AckRound, ack } from './acknowledgements.ts';
import type { BrokerHost, Principal } from './contracts.ts';
import type { Limits } from './limits.ts';
import { PublishReader } from './publish-packet.ts';
import type { RefusalName } from './refusal.ts';

const ackOfQos = [ack.none, ack.puback, ack.pubrec] as const;

export type Routed = { readonly topic: string; readonly payload: Buffer; readonly qos: 0 | 1 | 2 };

/** What the way up of one connection needs from around it. */
export type UplinkPorts = {
  readonly host: BrokerHost;
  readonly limits: Limits;
  readonly round: AckRound;
  /** Test profile only: what became of a message after its commit in a plain broker. */
  readonly route: ((message: Routed) => void) | undefined;
  refuse(name: RefusalName): void;
  deny(topic: string): void;
  commitFailed(error: Error, topic: string): void;
  /** Answers are due: call `Uplink.due` when the round comes. */
  answer(): void;
};

/**
 * Messages of one connection on their way to the disk. Each is handed over in order of arrival and answered, in that
 * order, only when the host says that everything it caused is committed.
 */
export class Uplink {
  readonly #acks = new Acknowledgements();
  readonly #reader = new PublishReader();
  readonly #ports: UplinkPorts;
  readonly #principal: Principal;
  /** Bytes of payload on their way to the disk. */
  #outstandingBytes = 0;
  #isAnswerDue = false;
  #judgedTurn = 0;
  #judgedAtMs = 0;

  constructor(principal: Principal, ports: UplinkPorts) {
    this.#principal = principal;
    this.#ports = ports;
  }

  get outstanding(): number {
    return this.#acks.outstanding;
  }

  /** Is less on its way to the disk than this share of what may be? */
  isBelow(share: number): boolean {
    const { host, limits } = this.#ports;
    return this.#isWithin(share) || (host.diskHangs?.() === true && this.#isWithin(share * limits.whileDiskHangs));
  }

  /** PUBLISH, in `bytes[start, end)` behind its first byte `head`. */
  publish(head: number, bytes: Buffer, start: number, end: number, nowMs: number): void {
    const reader = this.#reader;
    const { limits } = this.#ports;
    const problem = reader.read(head, bytes, start, end, limits);
    if (problem !== undefined) this.#ports.refuse(problem);
    else if (!this.#mayPublish(nowMs)) this.#ports.deny(reader.topic);
    else if (reader.qos === 2 && !this.#acks.open(reader.packetId)) this.#answerWith(ack.pubrec, reader.packetId);
    else if (this.#acks.unreleased > limits.unreleasedPerConnection) this.#ports.refuse('tooManyUnreleased');
    else this.#handOver(bytes.subarray(reader.payloadStart, end), nowMs);
  }

  /** PUBREL: the id may be used again; PUBCOMP follows the PUBREC it belongs to. */
  release(packetId: number): void {
    this.#acks.release(packetId);
    this.#answerWith(ack.pubcomp, packetId);
  }

  /** The answers whose turn it is, and how many messages they end. */
  due(): { readonly bytes: Buffer | undefined; readonly messages: number } {
    this.#isAnswerDue = false;
    return this.#acks.due();
  }

  #isWithin(share: number): boolean {
    const { unackedPerConnection, unackedBytesPerConnection } = this.#ports.limits;
    return (
      this.outstanding < share * unackedPerConnection && this.#outstandingBytes < share * unackedBytesPerConnection
    );
  }

  #mayPublish(nowMs: number): boolean {
    const { topic, topicTurn } = this.#reader;
    const isFresh = Math.abs(nowMs - this.#judgedAtMs) < this.#ports.limits.aclMemoryMs;
    if (topicTurn === this.#judgedTurn && isFresh) return true;
    if (!this.#ports.host.mayPublish(this.#principal, topic)) return false;
    this.#judgedTurn = topicTurn;
    this.#judgedAtMs = nowMs;
    return true;
  }

  /** `payload` is a view of what the socket brought: whoever keeps it beyond this turn keeps a copy. */
  #handOver(payload: Buffer, receivedAtMs: number): void {
    const { topic, qos, packetId } = this.#reader;
    const pending = this.#acks.expect(ackOfQos[qos as 0 | 1 | 2], packetId); // 3 was refused by the reader
    const payloadBytes = payload.length;
    this.#outstandingBytes += payloadBytes;
    const routed = this.#ports.route && { topic, payload: Buffer.from(payload), qos: qos as 0 | 1 | 2 };
    let isDone = false;
    const done = (error?: Error): void => {
      if (isDone) return;
      isDone = true;
      this.#outstandingBytes -= payloadBytes;
      if (error) this.#ports.commitFailed(error, topic);
      else {
        this.#acks.settle(pending);
        this.#announce();
        if (routed !== undefined) this.#ports.route?.(routed);
      }
    };
    try {
      this.#give(topic, payload, receivedAtMs, done);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #give(topic: string, payload: Buffer, receivedAtMs: number, done: (error?: Error) => void): void {
    const { host } = this.#ports;
    const principal = this.#principal;
    if (principal.kind === 'person') host.act(principal, topic, payload, done);
    else host.accept({ senderId: principal.id, topic, payload, receivedAtMs }, done);
  }

  #answerWith(kind: typeof ack.pubrec | typeof ack.pubcomp, packetId: number): void {
    this.#acks.settle(this.#acks.expect(kind, packetId));
    this.#announce();
  }

  #announce(): void {
    if (this.#isAnswerDue) return;
    this.#isAnswerDue = true;
    this.#ports.round.add(this.#ports);
  }
}
