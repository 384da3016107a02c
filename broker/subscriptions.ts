import type { Downlink as Message, Principal } from './contracts.ts';
import { type Downlink, OutgoingMessage } from './downlink.ts';
import type { House } from './house.ts';
import { matches } from './topics.ts';

/** What aedes answers in SUBACK for a filter that is not granted. */
const deniedQos = 0x80;

/** What one connection listens to, and what it is sent for it. */
export class Subscriptions {
  readonly #granted = new Map<string, number>();
  readonly #house: House;
  readonly #downlink: Downlink;

  constructor(house: House, downlink: Downlink) {
    this.#house = house;
    this.#downlink = downlink;
  }

  /** Adds the filter if it may be added. */
  grant(principal: Principal, filter: string, qos: number): boolean {
    const { host, limits } = this.#house;
    if (this.#granted.size >= limits.filtersPerConnection && !this.#granted.has(filter)) return false;
    if (!host.maySubscribe(principal, filter)) return false;
    this.#granted.set(filter, qos);
    return true;
  }

  /** SUBACK is on its way: what is open follows it. */
  answered(principal: Principal, answers: readonly { readonly topic: string; readonly qos: number }[]): void {
    for (const { topic, qos } of answers) {
      if (qos === deniedQos) this.#house.counters.count('subscribe.denied');
      else this.#greet(principal, topic, qos);
    }
  }

  remove(filters: readonly string[]): void {
    for (const filter of filters) this.#granted.delete(filter);
  }

  /** Sends when a filter matches, at the best quality granted; false when none does or the peer is too slow. */
  deliver(message: OutgoingMessage): boolean {
    let best = -1;
    for (const [filter, qos] of this.#granted) if (qos > best && matches(filter, message.topic)) best = qos;
    return best >= 0 && this.#downlink.send(message.bytes(best === 0 ? 0 : 1));
  }

  #greet(principal: Principal, filter: string, qos: number): void {
    try {
      this.#downlink.sendAll(greetings(this.#house.host.greet(principal, filter), filter, qos === 0 ? 0 : 1));
    } catch (err) {
      this.#house.log.error({ err, who: principal.id }, 'a subscriber was not told what is open');
    }
  }
}

function* greetings(messages: readonly Message[], filter: string, qos: 0 | 1): Generator<Buffer> {
  for (const { topic, payload } of messages) {
    if (matches(filter, topic)) yield new OutgoingMessage(topic, payload).bytes(qos);
  }
}
