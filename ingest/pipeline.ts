import { setTimeout as wait } from 'node:timers/promises';
import type { Signal } from '../model/alert.ts';
import type { Command } from '../model/device.ts';
import type { Reading } from '../model/reading.ts';
import { allOf, type Effects } from '../rules/effects.ts';
import type { CommitBatch } from '../store/contracts.ts';
import { Batch, type ClosedBatch, type Done, type Taken } from './batch.ts';
import { Gathering, type Later } from './gathering.ts';
import { Patience } from './patience.ts';

/** What the pipeline needs of the disk. `reopen` verifies and serves again after a failed commit. */
export interface CommitLog {
  commit(batch: CommitBatch): Promise<void>;
  reopen(): Promise<void>;
  states(): AsyncIterable<readonly [subjectId: string, json: string]>;
  pendingSignals(): AsyncIterable<Signal>;
}

/** What is true once it is on disk: live views, the alerts' outbox, commands to devices. */
export type Committed = {
  readonly readings: readonly Reading[];
  readonly signals: readonly Signal[];
  readonly commands: readonly Command[];
};

/** What the pipeline needs of the rules; everything in `rules/watch.ts` or `rules/engine.ts`. */
export interface Judge {
  step(reading: Reading, nowMs: number): Effects;
  due(nowMs: number): Iterable<Effects>;
  stateOf(subjectId: string): string;
  restore(subjectId: string, json: string): void;
  listensSince(nowMs: number): void;
  forget(): void;
}

export type PipelineParts = {
  readonly engine: Judge;
  readonly log: CommitLog;
  readonly clock: () => number;
  readonly onCommitted: (committed: Committed) => void;
  /** The disk refuses or is slow: life-safety signals go out from memory, under the ids they are committed with later. */
  readonly onUnstored: (signals: readonly Signal[]) => void;
  readonly onTrouble: (error: unknown, what: string) => void;
  /** After a failed commit nothing seen since is certain: forget what was remembered of it. */
  readonly onForget: () => void;
  /** How a commit waits while it gathers; with a timer when absent. */
  readonly later?: Later;
};

/** A commit takes at most so many readings: it bounds how long a P1 waits behind a flood. */
const maxReadingsPerCommit = 4_096;
/** A whole town falls silent at one moment: what arrives meanwhile has its turn in between. */
const deadlinesATurn = 1_000;
/** A commit takes milliseconds, on a slow disk a few hundred. */
const hangsAfterMs = 1_000;
const reopenDelaysMs = [100, 500, 2_000, 5_000];

/**
 * The group commit. Readings run through the rules in order of arrival; readings, rule state and signals of everything
 * that arrived since the last commit form one batch; while it is being written the next one fills. Nobody is answered
 * before the disk has answered.
 *
 * States: *serving* (commits succeed) and *failing* (a commit failed: nothing is acknowledged, memory is ahead of the
 * disk, so the engine is read again from the reopened store before serving again).
 */
export class Pipeline {
  readonly #parts: PipelineParts;
  #filling = new Batch();
  readonly #closed: ClosedBatch[] = [];
  #writing = false;
  #writingSinceMs: number | undefined;
  readonly #gathering: Gathering;
  #failing = false;
  readonly #patience: Patience;
  readonly #stopping = new AbortController();
  #recovery: Promise<void> | undefined;
  #idle: (() => void)[] = [];

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.onUnstored);
    this.#gathering = new Gathering(() => void this.#write(), parts.later);
  }

  /** Since when the commit under way is being written. */
  get writingSinceMs(): number | undefined {
    return this.#writingSinceMs;
  }

  get failing(): boolean {
    return this.#failing;
  }

  /** Does a commit take so long that nobody should wait behind it? */
  hangs(): boolean {
    return this.#writingSinceMs !== undefined && this.#parts.clock() - this.#writingSinceMs > hangsAfterMs;
  }

  /** Takes one message's facts; `done` is called once, after the commit that holds them. */
  take(taken: Taken, done: Done): void {
    const nowMs = this.#parts.clock();
    const effects: Effects[] = [];
    for (const reading of taken.readings) effects.push(this.#parts.engine.step(reading, nowMs));
    if (this.#failing) {
      this.#rescue(effects);
      done(new Error('the disk does not take readings at the moment'));
      return;
    }
    this.#filling.take(taken, done);
    for (const effect of effects) this.#add(effect);
    if (this.#filling.readings.length >= maxReadingsPerCommit) this.#closed.push(this.#close());
    this.#schedule(nowMs);
  }

  /** Meets every deadline up to `nowMs`, in turns when they are many; what follows is committed like a reading. */
  tick(nowMs: number): void {
    let left = deadlinesATurn;
    for (const effect of this.#parts.engine.due(nowMs)) {
      if (this.#failing) this.#rescue([effect]);
      else this.#add(effect);
      if (--left === 0) break;
    }
    if (left === 0 && !this.#stopping.signal.aborted) setImmediate(() => this.tick(nowMs));
    if (!this.#failing && this.#hasWork()) this.#schedule(nowMs);
  }

  /** Resolves when everything taken so far is answered. */
  async drained(): Promise<void> {
    if (!this.#writing && !this.#gathering.isAsked) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Everything taken is answered, or `withinMs` are over; no recovery goes on. Call it before the store is closed. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping.abort();
    const settled = Promise.all([this.drained(), this.#recovery]);
    await Promise.race([settled, wait(withinMs, undefined, { ref: false })]);
  }

  /** States that changed without a reading or deadline (somebody was erased): part of the next commit. */
  rewrite(subjectIds: readonly string[]): void {
    for (const subjectId of subjectIds) this.#filling.changed.add(subjectId);
    if (!this.#failing && this.#hasWork()) this.#schedule(this.#parts.clock());
  }

  /** With everything that followed from it elsewhere: all of it is on disk, or none. */
  #add(effects: Effects): void {
    if (effects.also === undefined) this.#addOne(effects);
    else for (const effect of allOf(effects)) this.#addOne(effect);
  }

  #addOne(effect: Effects): void {
    this.#filling.add(effect);
    for (const signal of effect.signals) if (isLifeSafety(signal)) this.#patience.wait(signal);
  }

  #schedule(nowMs: number): void {
    if (!this.#writing) this.#gathering.ask(this.#isPressing, nowMs);
  }

  async #write(): Promise<void> {
    this.#writing = true;
    do await this.#writeOne();
    while (this.#goesOn());
    this.#writing = false;
    if (this.#hasWork()) this.#schedule(this.#parts.clock());
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #writeOne(): Promise<void> {
    const batch = this.#closed.shift() ?? this.#close();
    const nowMs = this.#parts.clock();
    this.#writingSinceMs = nowMs;
    this.#gathering.began(nowMs);
    const failure = await this.#commit(batch).then(nothing, (error: unknown) => ({ error }));
    this.#writingSinceMs = undefined;
    if (failure === undefined) this.#succeed(batch);
    else this.#fail(batch, failure.error);
  }

  /** Does what came while a commit was written go to disk at once? */
  #goesOn(): boolean {
    return this.#hasWork() && this.#gathering.isDue(this.#isPressing, this.#parts.clock());
  }

  /** May what waits not wait for more? Something is urgent, or it fills a commit already. */
  get #isPressing(): boolean {
    return this.#filling.isUrgent || this.#closed.length > 0;
  }

  #hasWork(): boolean {
    return this.#closed.length > 0 || !this.#filling.isEmpty;
  }

  #close(): ClosedBatch {
    const batch = this.#filling;
    this.#filling = new Batch();
    return batch.close((subjectId) => this.#parts.engine.stateOf(subjectId));
  }

  async #commit(batch: ClosedBatch): Promise<void> {
    const { readings, signals, quarantined, states } = batch;
    // A message that says nothing new (a retransmission) waits for the write before it, not for one of its own.
    if (readings.length + signals.length + quarantined.length + states.size === 0) return;
    await this.#parts.log.commit(batch);
  }

  /** It is on disk, whatever those who hear of it make of that: a mistake there is not a failed commit. */
  #succeed(batch: ClosedBatch): void {
    this.#patience.settled(batch.signals);
    this.#tell(batch);
    for (const done of batch.dones) this.#answer(done);
  }

  #tell(committed: Committed): void {
    try {
      this.#parts.onCommitted(committed);
    } catch (error) {
      this.#parts.onTrouble(error, 'somebody could not be told what is on disk now');
    }
  }

  #answer(done: Done, refusal?: Error): void {
    try {
      done(refusal);
    } catch (error) {
      this.#parts.onTrouble(error, 'a message could not be answered');
    }
  }

  #fail(batch: ClosedBatch, error: unknown): void {
    this.#failing = true;
    const lost = [batch, ...this.#closed.splice(0), this.#close()];
    this.#parts.onTrouble(error, 'commit failed: nothing is acknowledged until the store is open again');
    const signals = lost.flatMap((one) => one.signals);
    this.#patience.settled(signals);
    this.#parts.onUnstored(signals.filter(isLifeSafety));
    const refusal = new Error('the commit did not reach the disk');
    for (const { dones } of lost) for (const done of dones) this.#answer(done, refusal);
    this.#recovery = this.#recover();
  }

  #rescue(effects: readonly Effects[]): void {
    const all = effects.flatMap((effect) => [...allOf(effect)]);
    const signals = all.flatMap((effect) => effect.signals).filter(isLifeSafety);
    if (signals.length > 0) this.#parts.onUnstored(signals);
  }

  async #recover(): Promise<void> {
    const { signal } = this.#stopping;
    for (let attempt = 0; !signal.aborted && this.#failing; attempt++) {
      const delayMs = reopenDelaysMs[Math.min(attempt, reopenDelaysMs.length - 1)]!; // index is clamped
      await wait(delayMs, undefined, { signal }).catch(nothing); // cut short by stopping
      if (!signal.aborted) await this.#reopen();
    }
  }

  async #reopen(): Promise<void> {
    try {
      await this.#parts.log.reopen();
      await this.#reload();
    } catch (error) {
      this.#parts.onTrouble(error, 'the store could not be opened again yet');
    }
  }

  /** Memory becomes what the disk has. */
  async #reload(): Promise<void> {
    const { log, engine, clock, onForget } = this.#parts;
    const states = await all(log.states());
    // A commit that reported an error may be on disk all the same, and then its signals were given to nobody.
    const signals = await all(log.pendingSignals());
    // From here on without a pause: a message that slipped in between would leave its mark on the restored state.
    engine.forget();
    engine.listensSince(clock());
    for (const [subjectId, json] of states) engine.restore(subjectId, json);
    onForget();
    this.#failing = false;
    this.#tell({ readings: [], signals, commands: [] });
  }
}

function isLifeSafety(signal: Signal): boolean {
  return signal.severity === 'P1';
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function nothing(): undefined {
  return undefined;
}
