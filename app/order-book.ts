import type { Command } from '../model/device.ts';
import type { Order } from '../model/order.ts';

/** Of one device, newest last; older ones are in the audit log. */
const ordersKept = 20;
const devicesAtMost = 10_000;

/** What people had devices do lately, and what became of it; in memory, as the commands themselves are. */
export class OrderBook {
  readonly #send: (command: Command) => void;
  readonly #clock: () => number;
  readonly #orders = new Map<string, readonly Order[]>();

  constructor(send: (command: Command) => void, clock: () => number) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Gives the command; resolves nothing: what became of it is read later. */
  order(command: Command, by: string): Order {
    const order: Order = { command, by, atMs: this.#clock(), reached: 0 };
    const before = this.of(command.deviceId);
    this.#orders.delete(command.deviceId); // to the end: the device heard of last
    this.#orders.set(command.deviceId, [...before, order].slice(-ordersKept));
    const [oldest] = this.#orders.keys();
    if (this.#orders.size > devicesAtMost && oldest !== undefined) this.#orders.delete(oldest);
    this.#send(command);
    return this.of(command.deviceId).find((one) => one.command.id === command.id) ?? order;
  }

  /** Oldest first. */
  of(deviceId: string): readonly Order[] {
    return this.#orders.get(deviceId) ?? [];
  }

  /** A command went out, to a device that was connected or not. */
  tried({ deviceId, id }: Command, reached: boolean): void {
    if (reached) this.#change(deviceId, id, (order) => ({ ...order, reached: order.reached + 1 }));
  }

  answered(deviceId: string, { id, ok, detail }: { id: string; ok: boolean; detail?: string }): void {
    const answer = { atMs: this.#clock(), ok, ...(detail !== undefined && { detail }) };
    this.#change(deviceId, id, (order) => (order.answer === undefined ? { ...order, answer } : order));
  }

  givenUp({ deviceId, id }: Command): void {
    this.#change(deviceId, id, (order) => ({ ...order, givenUpAtMs: this.#clock() }));
  }

  #change(deviceId: string, id: string, change: (order: Order) => Order): void {
    const orders = this.#orders.get(deviceId);
    if (orders?.some(({ command }) => command.id === id) !== true) return;
    const changed = orders.map((order) => (order.command.id === id ? change(order) : order));
    this.#orders.set(deviceId, changed);
  }
}
