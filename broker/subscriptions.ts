import type { Principal } from './contracts.ts';
import { type Downlink, OutgoingMessage } from './downlink.ts';
import type { House } from './house.ts';
import { matches } from './topics.ts';

/** With the quality each was asked for at. */
type Filters = Iterable<readonly [filter: string, qos: number]>;

/** What aedes answers in SUBACK for a filter that is not granted. */
const deniedQos = 0x80;

/** What one connection listens to, and what it is sent for it. */
export class Subscriptions {
  readonly #granted = new Map<string, number>();
  /** Granted, and not yet told what is open: at most as many as are granted. */
  readonly #toGreet = new Map<string, number>();
  #isGreeting = false;
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
      else this.#toGreet.set(topic, qos);
    }
    this.#greet(principal);
  }

  remove(filters: readonly string[]): void {
    for (const filter of filters) {
      this.#granted.delete(filter);
      this.#toGreet.delete(filter);
    }
  }

  /** Sends when a filter matches, at the best quality granted; false when none does or the peer is too slow. */
  deliver(message: OutgoingMessage): boolean {
    const best = bestQos(this.#granted, message.topic);
    return best !== undefined && this.#downlink.send(message.bytes(best));
  }

  /** One list at a time, for all filters that wait for it: who asks faster than it reads is told no more often. */
  #greet(principal: Principal): void {
    if (this.#isGreeting || this.#toGreet.size === 0) return;
    const filters = [...this.#toGreet];
    this.#toGreet.clear();
    this.#isGreeting = true;
    this.#downlink.sendAll(this.#greetings(principal, filters), () => {
      this.#isGreeting = false;
      this.#greet(principal);
    });
  }

  /** Made one by one as they are read; a mistake of the host ends the list, nothing else. */
  *#greetings(principal: Principal, filters: Filters): Generator<Buffer> {
    try {
      for (const { topic, payload } of this.#house.host.greet(principal)) {
        const best = bestQos(filters, topic);
        if (best !== undefined) yield new OutgoingMessage(topic, payload).bytes(best);
      }
    } catch (err) {
      this.#house.log.error({ err, who: principal.id }, 'a subscriber was not told what is open');
    }
  }
}

/** The best quality asked for by any filter that matches, as far as we send: 0 or 1. */
function bestQos(filters: Filters, topic: string): 0 | 1 | undefined {
  let best: 0 | 1 | undefined;
  for (const [filter, qos] of filters) {
    if (best !== 1 && (best === undefined || qos > 0) && matches(filter, topic)) best = qos === 0 ? 0 : 1;
  }
  return best;
}
