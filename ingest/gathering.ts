/** A commit that nothing urgent waits for begins at the earliest so long after the one before. */
export const apartMs = 3;

/** How long a commit still gathers; 0: it begins. Whatever the clock does, never longer than `apartMs`. */
export function gathersMs(isUrgent: boolean, beganAtMs: number, nowMs: number): number {
  const agoMs = nowMs - beganAtMs;
  return isUrgent || agoMs < 0 || agoMs >= apartMs ? 0 : apartMs - agoMs;
}

/** Runs something later; what comes back takes it back. */
export type Later = (run: () => void, inMs: number) => () => void;

const withTimer: Later = (run, inMs) => {
  const timer = setTimeout(run, inMs);
  return () => clearTimeout(timer);
};

/**
 * When the next commit begins. Each costs a sync and its share of processor time however little it holds, so while
 * messages keep coming those of a few milliseconds share one. After a pause the first goes at once, and what is urgent
 * waits for nobody: it takes along whatever was gathered.
 */
export class Gathering {
  readonly #begin: () => void;
  readonly #later: Later;
  #beganAtMs = Number.NEGATIVE_INFINITY;
  /** In this turn of the event loop, which gathers what all sockets brought. */
  #begins = false;
  #takeBack: (() => void) | undefined;

  constructor(begin: () => void, later: Later = withTimer) {
    this.#begin = begin;
    this.#later = later;
  }

  /** Does a commit wait for its moment, or begin in this turn? */
  get isAsked(): boolean {
    return this.#begins || this.#takeBack !== undefined;
  }

  /** A commit begins now. */
  began(nowMs: number): void {
    this.#beganAtMs = nowMs;
  }

  /** Must what is there not be gathered any longer? */
  isDue(isUrgent: boolean, nowMs: number): boolean {
    return gathersMs(isUrgent, this.#beganAtMs, nowMs) === 0;
  }

  /** There is something to commit. Once for all that ask until then. */
  ask(isUrgent: boolean, nowMs: number): void {
    if (this.#begins || (this.#takeBack !== undefined && !isUrgent)) return;
    const inMs = gathersMs(isUrgent, this.#beganAtMs, nowMs);
    if (inMs > 0) this.#takeBack = this.#later(() => this.#inThisTurn(), inMs);
    else this.#inThisTurn();
  }

  #inThisTurn(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
    this.#begins = true;
    setImmediate(() => {
      this.#begins = false;
      this.#begin();
    });
  }
}
