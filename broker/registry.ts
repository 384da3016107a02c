import type { Principal } from './contracts.ts';

/** What the registry needs to know of a connection. */
export type Seat = {
  readonly principal: Principal | undefined;
  readonly clientId: string;
  /** Grows with each connection: of two that log in at once, the later one stays, whoever is proved first. */
  readonly generation: number;
};

/** Who had to go for a newcomer; `superseded` when it is the newcomer. */
export type Entry<S> = { readonly leaving: readonly S[] } | 'superseded';

/**
 * Who is connected. A device has one connection whatever client ids it uses, and a newer one takes over without the
 * device having been offline; a person has several, one for each client id.
 */
export class Registry<S extends Seat> {
  readonly #devices = new Map<string, S>();
  readonly #people = new Map<string, S[]>();
  readonly #presence: (deviceId: string, online: boolean) => void;
  readonly #connectionsPerPerson: number;

  constructor(connectionsPerPerson: number, presence: (deviceId: string, online: boolean) => void) {
    this.#connectionsPerPerson = connectionsPerPerson;
    this.#presence = presence;
  }

  enter(seat: S, { kind, id }: Principal): Entry<S> {
    return kind === 'device' ? this.#enterDevice(id, seat) : this.#enterPerson(id, seat);
  }

  /** Of no effect for one that was taken over. */
  leave(seat: S): void {
    if (seat.principal === undefined) return;
    const { kind, id } = seat.principal;
    if (kind === 'person') this.#keep(id, (other) => other !== seat);
    else if (this.#devices.get(id) === seat) {
      this.#devices.delete(id);
      this.#presence(id, false);
    }
  }

  device(deviceId: string): S | undefined {
    return this.#devices.get(deviceId);
  }

  *people(): Iterable<S> {
    for (const seats of this.#people.values()) yield* seats;
  }

  /** Every connection under that id, device or person. */
  of(principalId: string): S[] {
    const device = this.#devices.get(principalId);
    return [...(device === undefined ? [] : [device]), ...(this.#people.get(principalId) ?? [])];
  }

  #enterDevice(id: string, seat: S): Entry<S> {
    const current = this.#devices.get(id);
    if (current !== undefined && current.generation > seat.generation) return 'superseded';
    this.#devices.set(id, seat);
    if (current === undefined) this.#presence(id, true);
    return { leaving: current === undefined ? [] : [current] };
  }

  #enterPerson(id: string, seat: S): Entry<S> {
    const others = this.#people.get(id) ?? [];
    const isSameApp = (other: S) => seat.clientId !== '' && other.clientId === seat.clientId;
    if (others.some((other) => isSameApp(other) && other.generation > seat.generation)) return 'superseded';
    const staying = [...others.filter((other) => !isSameApp(other)), seat].slice(-this.#connectionsPerPerson);
    this.#people.set(id, staying);
    return { leaving: others.filter((other) => !staying.includes(other)) };
  }

  #keep(id: string, stays: (seat: S) => boolean): void {
    const seats = (this.#people.get(id) ?? []).filter(stays);
    if (seats.length === 0) this.#people.delete(id);
    else this.#people.set(id, seats);
  }
}
