import net from 'node:net';

/** A socket that is read on purpose: so many bytes, or its end, within a bound. */
export class Peer {
  readonly #socket: net.Socket;
  #bytes = Buffer.alloc(0);
  #isClosed = false;
  #wake = (): void => {};

  constructor(port: number) {
    this.#socket = net.connect(port, '127.0.0.1');
    this.#socket.on('data', (bytes) => this.#changed(() => (this.#bytes = Buffer.concat([this.#bytes, bytes]))));
    this.#socket.on('close', () => this.#changed(() => (this.#isClosed = true)));
    this.#socket.on('error', () => {});
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Up to `length` bytes: fewer when it ended or the time is over. */
  async read(length: number, withinMs: number): Promise<Buffer> {
    await this.#until(() => this.#bytes.length >= length || this.#isClosed, withinMs);
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(taken.length);
    return taken;
  }

  /** True when the other side closed and left nothing unread. */
  async hasEnded(withinMs: number): Promise<boolean> {
    await this.#until(() => this.#isClosed || this.#bytes.length > 0, withinMs);
    return this.#isClosed && this.#bytes.length === 0;
  }

  close(): void {
    this.#socket.destroy();
  }

  #changed(change: () => void): void {
    change();
    this.#wake();
  }

  async #until(isReached: () => boolean, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!isReached() && performance.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - performance.now());
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
