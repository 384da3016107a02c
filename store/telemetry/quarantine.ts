import { keyParts } from './keys.ts';

export type QuarantineLimits = { readonly maxOverall: number; readonly maxPerDevice: number };

/**
 * Which quarantined messages are kept, oldest first. Bounded overall, and for each device so that one broken device
 * cannot push out what all the others said.
 */
export class QuarantineIndex {
  readonly #limits: QuarantineLimits;
  /** Key to device, in order of arrival. */
  readonly #devices = new Map<string, string>();
  readonly #keysByDevice = new Map<string, string[]>();

  constructor(limits: QuarantineLimits) {
    this.#limits = limits;
  }

  /** Takes a row in; returns the keys that have to go for it. */
  admit(key: string): string[] {
    const deviceId = keyParts(key, 4)[3] ?? '';
    const keys = this.#keysByDevice.get(deviceId) ?? [];
    this.#keysByDevice.set(deviceId, keys);
    keys.push(key);
    this.#devices.set(key, deviceId);
    const evicted: string[] = [];
    if (keys.length > this.#limits.maxPerDevice) evicted.push(this.#evict(keys[0]!)); // just pushed, so not empty
    if (this.#devices.size > this.#limits.maxOverall) evicted.push(this.#evict(this.#oldest()));
    return evicted;
  }

  /** The newest keys first. */
  newest(deviceId: string | undefined, limit: number): string[] {
    const keys = deviceId === undefined ? [...this.#devices.keys()] : (this.#keysByDevice.get(deviceId) ?? []);
    return limit <= 0 ? [] : keys.slice(-limit).reverse();
  }

  /** Rows that were removed for another reason. */
  remove(keys: readonly string[]): void {
    for (const key of keys) if (this.#devices.has(key)) this.#evict(key);
  }

  #oldest(): string {
    const [key = ''] = this.#devices.keys();
    return key;
  }

  #evict(key: string): string {
    const deviceId = this.#devices.get(key) ?? '';
    this.#devices.delete(key);
    const kept = (this.#keysByDevice.get(deviceId) ?? []).filter((other) => other !== key);
    if (kept.length === 0) this.#keysByDevice.delete(deviceId);
    else this.#keysByDevice.set(deviceId, kept);
    return key;
  }
}
