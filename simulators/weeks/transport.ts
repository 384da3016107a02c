import type { Lane } from '../../model/reading.ts';
import type { Random } from '../random.ts';
import { Agenda } from './agenda.ts';
import type { Person } from './cast.ts';
import { Link, type Stretch } from './links.ts';
import type { LinkName, Saying } from './script.ts';

/** A message as it reaches the service. */
export type Message = {
  readonly arrivesAtMs: number;
  readonly deviceId: string;
  readonly lane: Lane;
  readonly payload: Readonly<Record<string, unknown>>;
};

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Of the messages, so many are sent again because the answer got lost. */
const retransmittedShare = 0.01;
/** A device dies for good in this share of months. */
const diesPerMonth = 0.03;
const fastByMs = 7 * minuteMs;
const slowByMs = 12 * minuteMs;
const linkOf: Readonly<Record<string, LinkName>> = {
  band: 'band',
  button: 'button',
  smoke: 'smoke',
  hub: 'hub',
  living: 'hub',
  bedroom: 'hub',
  door: 'hub',
};
/** The connections the broker can see end; an NB-IoT detector is there only while it speaks. */
const staysConnected: readonly LinkName[] = ['band', 'hub', 'button'];

/**
 * Between what the devices of a home want to say and what arrives: links that break, buffers, clocks that are wrong,
 * messages sent twice, devices that die.
 */
export class Transport {
  /** When each device dies that does, by the name of its fitting. */
  readonly deaths: ReadonlyMap<string, number>;
  readonly #person: Person;
  readonly #random: Random;
  readonly #agenda = new Agenda<Message>();
  readonly #seqs = new Map<string, number>();
  readonly #links: Readonly<Record<LinkName, Link>> = {
    band: new Link(),
    hub: new Link(),
    button: new Link(),
    smoke: new Link(),
  };

  constructor(person: Person, random: Random, { fromMs, toMs }: Stretch) {
    this.#person = person;
    this.#random = random;
    this.deaths = this.#drawDeaths({ fromMs, toMs });
    for (const device of staysConnected) {
      this.#comeOrGo(device, fromMs + random.between(0, minuteMs), true);
      const diesAtMs = this.deaths.get(device);
      const lost = diesAtMs === undefined ? undefined : Link.presenceOf({ fromMs: diesAtMs, toMs })[0];
      if (lost !== undefined) this.#comeOrGo(device, lost.atMs, false);
    }
  }

  /** When the next message arrives. */
  get nextAtMs(): number {
    return this.#agenda.nextAtMs;
  }

  take(): Message | undefined {
    return this.#agenda.take();
  }

  cut(link: LinkName, down: Stretch): void {
    this.#links[link].cut(down);
    if (!staysConnected.includes(link)) return;
    for (const { atMs, online } of Link.presenceOf(down)) {
      // A link that was cut twice at once is not back when the first cut ends, and what is dead does not come back.
      if (this.#isDead(link, atMs) || (online && !this.#links[link].isUp(atMs))) continue;
      this.#comeOrGo(link, atMs, online);
    }
  }

  /** Can the device be reached? */
  isUp(device: string, atMs: number): boolean {
    const link = linkOf[device];
    return link !== undefined && this.#links[link].isUp(atMs);
  }

  /** Is it there and works? With a hub's life goes that of what hangs behind it. */
  isAlive(device: string, atMs: number): boolean {
    if (!this.#person.devices.has(device) || this.#isDead(device, atMs)) return false;
    return linkOf[device] !== 'hub' || !this.#isDead('hub', atMs);
  }

  /** What a device wants to say goes out when its link lets it; sensors behind a hub keep nothing for later. */
  say({ atMs, device, lane, payload }: Saying): void {
    const link = linkOf[device];
    if (link === undefined || !this.isAlive(device, atMs)) return;
    const opensAtMs = this.#links[link].opensAtMs(atMs);
    if (opensAtMs > atMs && link === 'hub') return;
    // A burst has the time of its first sample, everything else that of being said.
    const takenAtMs = typeof payload.t === 'number' ? payload.t : atMs;
    const sent = {
      ...payload,
      t: this.#clock(device, takenAtMs),
      ...(lane !== 'burst' && { seq: this.#seqOf(device) }),
    };
    const arrivesAtMs = opensAtMs + this.#random.between(50, 1_500);
    this.#arrive(arrivesAtMs, device, lane, sent);
    if (lane === 'burst' || !this.#random.chance(retransmittedShare)) return;
    this.#arrive(arrivesAtMs + this.#random.between(5, 40) * secondMs, device, lane, sent);
  }

  forgetBefore(atMs: number): void {
    for (const link of Object.values(this.#links)) link.forgetBefore(atMs);
  }

  #drawDeaths({ fromMs, toMs }: Stretch): Map<string, number> {
    const months = (toMs - fromMs) / (30 * dayMs);
    const dying = [...this.#person.devices.keys()].filter(() => this.#random.chance(diesPerMonth * months));
    return new Map(dying.map((device) => [device, this.#random.between(fromMs + dayMs, toMs - hourMs)]));
  }

  #isDead(device: string, atMs: number): boolean {
    return atMs >= (this.deaths.get(device) ?? Number.POSITIVE_INFINITY);
  }

  /** Its connection, as the broker sees it. */
  #comeOrGo(device: LinkName, atMs: number, online: boolean): void {
    this.#arrive(atMs, device, 'status', { online });
  }

  #arrive(arrivesAtMs: number, device: string, lane: Lane, payload: Message['payload']): void {
    const deviceId = this.#person.devices.get(device)?.id;
    if (deviceId !== undefined) this.#agenda.put(arrivesAtMs, { arrivesAtMs, deviceId, lane, payload });
  }

  #seqOf(device: string): number {
    const seq = (this.#seqs.get(device) ?? 0) + 1;
    this.#seqs.set(device, seq);
    return seq;
  }

  #clock(device: string, atMs: number): number {
    const { clock } = this.#person.faults;
    if (device !== 'band' || clock === 'right') return Math.round(atMs);
    if (clock === 'boot') return Math.round(atMs % (100 * dayMs));
    return Math.round(clock === 'fast' ? atMs + fastByMs : atMs - slowByMs);
  }
}
