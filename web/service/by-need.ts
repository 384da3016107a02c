import { shallowRef } from 'vue';
import { Refused } from './client.ts';

type Identified = { readonly id: string };

/** Ids are 64 letters at most: so many still fit into one address. */
const idsAtOnce = 50;

/** Records that are read when they are first to be shown: all that are wanted at one moment in one question. */
export class ByNeed<T extends Identified> {
  readonly #known = shallowRef<ReadonlyMap<string, T>>(new Map());
  readonly #asked = new Set<string>();
  readonly #read: (ids: readonly string[]) => Promise<readonly T[]>;
  #wanted: string[] = [];

  /** `read` answers those it has; throws `Refused`. */
  constructor(read: (ids: readonly string[]) => Promise<readonly T[]>) {
    this.#read = read;
  }

  get value(): ReadonlyMap<string, T> {
    return this.#known.value;
  }

  /** Undefined until it has been read: whoever draws it is drawn anew then. */
  find(id: string): T | undefined {
    this.#want(id);
    return this.#known.value.get(id);
  }

  /** These are all there are. */
  keepAll(all: readonly T[]): void {
    this.#known.value = new Map(all.map((one) => [one.id, one]));
    for (const { id } of all) this.#asked.add(id);
  }

  /** They may have changed: what is known is shown until it has been read again. */
  askAnew(): void {
    this.#asked.clear();
  }

  forget(): void {
    this.#known.value = new Map();
    this.#asked.clear();
    this.#wanted = [];
  }

  #want(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#wanted.push(id);
    if (this.#wanted.length === 1) queueMicrotask(() => void this.#readWanted());
  }

  async #readWanted(): Promise<void> {
    const wanted = this.#wanted;
    this.#wanted = [];
    const starts = Array.from({ length: Math.ceil(wanted.length / idsAtOnce) }, (_, i) => i * idsAtOnce);
    await Promise.all(starts.map((start) => this.#learn(wanted.slice(start, start + idsAtOnce))));
  }

  /** A role that may not know, or a connection that is gone: the ids are shown meanwhile. */
  async #learn(ids: readonly string[]): Promise<void> {
    try {
      const found = await this.#read(ids);
      this.#known.value = new Map([...this.#known.value, ...found.map((one) => [one.id, one] as const)]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 0) for (const id of ids) this.#asked.delete(id);
    }
  }
}
