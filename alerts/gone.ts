import { createHash } from 'node:crypto';
import type { Notification } from '../model/notification.ts';
import type { RecordStore } from '../store/contracts.ts';
import type { Log } from './log.ts';

const settingKey = 'goneEndpoints';
/** With more, those that went first are tried again. */
const rememberedAtMost = 1_000;
/** People mend their endpoints and do not think of us: one attempt a day asks whether it is still so. */
const askedAgainAfterMs = 24 * 3_600_000;

type Endpoint = Pick<Notification, 'channel' | 'address' | 'secret'>;
type Parts = { readonly records: Pick<RecordStore, 'setting' | 'putSetting'>; readonly log: Log };

/**
 * Endpoints that answered that they are gone for good (410). Nothing is sent there for a day, so that the next channel or
 * contact has its turn at once. Kept across a restart, as digests: an address is a secret.
 */
export class GoneEndpoints {
  readonly #parts: Parts;
  /** Digest to when it said so. */
  #gone = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const kept = await this.#parts.records.setting(settingKey);
    if (kept !== undefined) this.#gone = new Map(JSON.parse(kept) as [string, number][]);
  }

  has(endpoint: Endpoint, nowMs: number): boolean {
    const sinceMs = this.#gone.get(digestOf(endpoint));
    return sinceMs !== undefined && sinceMs <= nowMs && nowMs - sinceMs < askedAgainAfterMs;
  }

  add(endpoint: Endpoint, nowMs: number): void {
    this.#gone.set(digestOf(endpoint), nowMs);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > rememberedAtMost && oldest !== undefined) this.#gone.delete(oldest);
    void this.#keep();
  }

  /** It answered: whatever was said before. */
  remove(endpoint: Endpoint): void {
    if (this.#gone.size > 0 && this.#gone.delete(digestOf(endpoint))) void this.#keep();
  }

  async #keep(): Promise<void> {
    await this.#parts.records.putSetting(settingKey, JSON.stringify([...this.#gone])).catch((error: unknown) => {
      this.#parts.log.warn({ error: String(error) }, 'an endpoint that is gone could not be remembered');
    });
  }
}

/** With the secret, so that a contact who is given a new one is tried at once. */
function digestOf({ channel, address, secret }: Endpoint): string {
  return createHash('sha256')
    .update(JSON.stringify([channel, address, secret]))
    .digest('base64url')
    .slice(0, 22);
}
