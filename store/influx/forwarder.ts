import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ForwardLog, ForwardRefusal, ForwardStep } from '../contracts.ts';
import { deliver, type Parcel } from './delivery.ts';
import { Patience, type Waits } from './patience.ts';
import { delayField, pointsOf } from './schema.ts';
import type { InfluxWriter } from './writer.ts';

export type ForwarderParts = {
  readonly log: ForwardLog;
  readonly writer: InfluxWriter;
  /** Resolves with how many readings there were. Throws AppError. */
  readonly erase: (subjectId: string) => Promise<number>;
  /** When things begin to go wrong, and when they are well again (undefined). */
  readonly onTrouble: (reason: string | undefined) => void;
  readonly onRefused: (refused: readonly ForwardRefusal[]) => void;
};

export type ForwarderOptions = Waits & {
  /** About so many points are in memory at once; a commit is never parted. */
  readonly pointsAtOnce: number;
  /** At most so many lines a request; fewer while the server is slow. */
  readonly linesPerRequest: number;
  /** How long a few readings wait for company. */
  readonly lingerMs: number;
};

export const forwarderDefaults: ForwarderOptions = {
  pointsAtOnce: 4_000,
  linesPerRequest: 2_000,
  lingerMs: 1_000,
  firstDelayMs: 500,
  longestDelayMs: 60_000,
};

export type ForwarderStatus = {
  readonly forwarded: number;
  readonly failures: number;
  /** What is wrong at the moment. */
  readonly trouble: string | undefined;
};

const fewestLinesPerRequest = 50;
/** Points made in one go: about a millisecond of the main thread, which belongs to the devices. */
const pointsPerTurn = 200;

/** Nothing to tell; told; or it has to wait. */
type Round = 'nothing' | 'told' | Failure;
type Failure = { readonly reason: string; readonly retryAfterMs?: number };

/**
 * Follows the commits and tells InfluxDB what they hold. Acknowledgements never wait for it: it reads what is on disk.
 * A checkpoint is written after InfluxDB has answered, so whatever a crash or a lost answer leaves in doubt is sent
 * again and overwrites itself.
 *
 * States: *idle* (everything told), *sending*, *waiting* (a try failed; the same readings again, later, and with them
 * what came in since).
 */
export class Forwarder {
  readonly #parts: ForwarderParts;
  readonly #options: ForwarderOptions;
  readonly #patience: Patience;
  #running: Promise<void> | undefined;
  #stopped = false;
  /** Rounds and erasures one after the other: nothing of a subject may be under way while it is erased. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Read and not yet settled, in order of commit, up to and with `#readUpTo`. */
  #pending: Parcel[] = [];
  #refused: ForwardRefusal[] = [];
  #readUpTo = 0;
  #toldUpTo = 0;
  #linesPerRequest: number;
  #forwarded = 0;
  #failures = 0;
  #trouble: string | undefined;

  constructor(parts: ForwarderParts, options: Partial<ForwarderOptions> = {}) {
    this.#parts = parts;
    this.#options = { ...forwarderDefaults, ...options };
    this.#patience = new Patience(this.#options);
    this.#linesPerRequest = this.#options.linesPerRequest;
  }

  get status(): ForwarderStatus {
    return { forwarded: this.#forwarded, failures: this.#failures, trouble: this.#trouble };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There are new commits. Returns at once. */
  wake(): void {
    this.#patience.wake();
  }

  /**
   * Everything about a subject whose readings are gone from the log already. Resolves with how many readings InfluxDB
   * had. Throws AppError when it cannot be done now, or not by this server (`badRequest`).
   */
  erase(subjectId: string): Promise<number> {
    return this.#inTurn(async () => {
      this.#pending = this.#pending.filter(({ of }) => of.subjectId !== subjectId);
      this.#refused = this.#refused.filter((refusal) => refusal.subjectId !== subjectId);
      const count = await this.#parts.erase(subjectId);
      await this.#parts.log.forget(subjectId);
      return count;
    });
  }

  /** Breaks off; what was under way is told again after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#patience.end();
    this.#parts.writer.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const round = await this.#inTurn(() => this.#round()).catch((error: unknown): Failure => {
        // The store being reopened, a checkpoint that could not be written: both heal, and nothing is given up.
        return { reason: error instanceof Error ? error.message : String(error) };
      });
      if (round === 'nothing') await this.#patience.idle(this.#options.lingerMs);
      else if (round !== 'told') await this.#fail(round);
    }
  }

  async #round(): Promise<Round> {
    await this.#read();
    const failure = await this.#send();
    if (failure !== undefined) return failure;
    if (this.#readUpTo === this.#toldUpTo) return 'nothing';
    await this.#parts.log.told(this.#readUpTo, this.#refused);
    this.#toldUpTo = this.#readUpTo;
    this.#refused = [];
    this.#succeed();
    return 'told';
  }

  /** Fills up what is in memory. */
  async #read(): Promise<void> {
    if (this.#pending.length >= this.#options.pointsAtOnce) return;
    for await (const step of this.#parts.log.steps(this.#readUpTo)) {
      await this.#take(step);
      if (this.#pending.length >= this.#options.pointsAtOnce || this.#stopped) return;
    }
  }

  async #take({ commit, readings }: ForwardStep): Promise<void> {
    const parcels: Parcel[] = [];
    for (const reading of readings) {
      const { subjectId, deviceId, takenAtMs, id: readingId } = reading;
      const of = { subjectId, deviceId, takenAtMs, readingId };
      for (const point of pointsOf(reading)) {
        parcels.push({ point, of });
        if (parcels.length % pointsPerTurn === 0) await nextTurn();
      }
    }
    this.#pending = this.#pending.concat(parcels);
    this.#readUpTo = commit;
  }

  async #send(): Promise<Failure | undefined> {
    while (this.#pending.length > 0) {
      const some = this.#pending.slice(0, this.#linesPerRequest);
      const delivery = await deliver(this.#parts.writer, some);
      if (this.#stopped) return { reason: 'stopped' };
      if (delivery.outcome === 'later') {
        if (delivery.slow) this.#linesPerRequest = Math.max(fewestLinesPerRequest, this.#linesPerRequest >> 1);
        return delivery;
      }
      this.#settle(some, delivery.refused);
    }
    return undefined;
  }

  #settle(some: readonly Parcel[], refused: readonly ForwardRefusal[]): void {
    this.#pending = this.#pending.slice(some.length);
    this.#forwarded += some.filter(({ point }) => point.fields.some(({ name }) => name === delayField)).length;
    this.#linesPerRequest = Math.min(this.#options.linesPerRequest, this.#linesPerRequest * 2);
    for (const refusal of refused) this.#refused.push(refusal);
    if (refused.length > 0) this.#parts.onRefused(refused);
    this.#succeed();
  }

  #succeed(): void {
    if (this.#trouble !== undefined) this.#parts.onTrouble(undefined);
    this.#trouble = undefined;
    this.#patience.succeeded();
  }

  async #fail({ reason, retryAfterMs }: Failure): Promise<void> {
    if (this.#stopped) return;
    this.#failures += 1;
    if (this.#trouble === undefined) this.#parts.onTrouble(reason);
    this.#trouble = reason;
    await this.#patience.afterFailure(retryAfterMs);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
