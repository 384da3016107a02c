/** First bytes of what a message may be answered with; 0 is silence (QoS 0). */
export const ack = { none: 0, puback: 0x40, pubrec: 0x50, pubcomp: 0x70 } as const;
export type Ack = (typeof ack)[keyof typeof ack];

type Pending = { readonly kind: Ack; readonly packetId: number; settled: boolean; next: Pending | undefined };

/** An answer on the wire: first byte, length 2, packet id. */
const ackBytes = 4;

/**
 * The answers one connection is owed, in order of arrival, whatever the order in which commits end [MQTT-4.6.0-2].
 *
 * QoS 2 needs no more than the ids that are open: a PUBLISH sent again waits behind the first one for its own PUBREC,
 * and so is never answered before the first is on disk.
 */
export class Acknowledgements {
  /** Messages not yet answered. */
  outstanding = 0;
  #first: Pending | undefined;
  #last: Pending | undefined;
  readonly #open = new Set<number>();

  /** A message whose commit will end some day; then `settle` it. */
  expect(kind: Ack, packetId: number): Pending {
    const pending: Pending = { kind, packetId, settled: false, next: undefined };
    if (this.#last === undefined) this.#first = pending;
    else this.#last.next = pending;
    this.#last = pending;
    this.outstanding++;
    return pending;
  }

  /** Its commit is on disk. One that failed is never settled, and so nothing behind it is answered either. */
  settle(pending: Pending): void {
    pending.settled = true;
  }

  /** QoS 2: true when this packet id is new, false when its message was handed on already. */
  open(packetId: number): boolean {
    if (this.#open.has(packetId)) return false;
    this.#open.add(packetId);
    return true;
  }

  /** QoS 2: the sender has seen PUBREC and will not send that message again. */
  release(packetId: number): void {
    this.#open.delete(packetId);
  }

  get unreleased(): number {
    return this.#open.size;
  }

  /** Takes out every answer whose turn it is. */
  due(): { readonly bytes: Buffer | undefined; readonly messages: number } {
    let messages = 0;
    let answers = 0;
    let pending = this.#first;
    for (; pending?.settled; pending = pending.next) {
      messages++;
      if (pending.kind !== ack.none) answers++;
    }
    const bytes = answers === 0 ? undefined : this.#write(Buffer.allocUnsafe(answers * ackBytes), pending);
    this.#first = pending;
    if (pending === undefined) this.#last = undefined;
    this.outstanding -= messages;
    return { bytes, messages };
  }

  #write(bytes: Buffer, until: Pending | undefined): Buffer {
    let at = 0;
    for (let pending = this.#first; pending !== undefined && pending !== until; pending = pending.next) {
      if (pending.kind === ack.none) continue;
      bytes[at] = pending.kind;
      bytes[at + 1] = 2;
      bytes[at + 2] = pending.packetId >> 8;
      bytes[at + 3] = pending.packetId & 0xff;
      at += ackBytes;
    }
    return bytes;
  }
}

/** Collects connections with answers due, so that one commit costs each of them one write. */
export class AckRound {
  #due: { answer(): void }[] = [];
  readonly #run = () => {
    const due = this.#due;
    this.#due = [];
    for (const connection of due) connection.answer();
  };

  add(connection: { answer(): void }): void {
    if (this.#due.push(connection) === 1) process.nextTick(this.#run);
  }
}
