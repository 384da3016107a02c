import type { Channel } from '../../../model/notification.ts';
import type { RecordStore } from '../../../store/contracts.ts';

/** When a life ends: right before or right after its so-many-th write or send. */
export type Death = { readonly at: number; readonly when: 'before' | 'after'; readonly die?: () => void };

const writes: ReadonlySet<string> = new Set([
  'applyAlerts',
  'updateNotifications',
  'markApplied',
  'putSetting',
  'audit',
]);

/**
 * One run of the service, from start to kill. Everything durable and everything that leaves the process passes through
 * here and is counted; once it is over nothing of it writes, reads or sends any more, and whatever waits waits for ever,
 * as in a process that is gone.
 */
export class Life {
  readonly over: Promise<void>;
  readonly #death: Death | undefined;
  readonly #ended: () => void;
  #points = 0;
  #underWay = 0;
  #isOver = false;

  constructor(death?: Death) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    this.#ended = resolve;
    this.#death = death;
  }

  /** Writes and sends so far. */
  get points(): number {
    return this.#points;
  }

  /** Writes and sends that were begun and are not done. */
  get underWay(): number {
    return this.#underWay;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
    this.#death?.die?.();
    this.#ended();
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isOver) return never();
    this.#points += 1;
    const isLast = this.#points === this.#death?.at;
    if (isLast && this.#death?.when === 'before') this.end();
    if (this.#isOver) return never();
    this.#underWay += 1;
    const result = await work().finally(() => {
      this.#underWay -= 1;
    });
    if (isLast) this.end();
    return this.#isOver ? never() : result;
  }

  records(records: RecordStore): RecordStore {
    const isReading = (name: string) => !writes.has(name);
    return new Proxy(records, {
      get: (target, name: keyof RecordStore & string) => {
        const work = target[name].bind(target) as (...given: unknown[]) => Promise<unknown>;
        if (isReading(name)) return (...given: unknown[]) => (this.#isOver ? never() : work(...given));
        return (...given: unknown[]) => this.pass(() => work(...given));
      },
    });
  }

  channel(channel: Channel): Channel {
    return { kind: channel.kind, send: (...given) => this.pass(() => channel.send(...given)) };
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
