import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Log } from './log.ts';

/**
 * Shares of what the heap may hold. V8 collects no later than half way between what was alive the last time and the limit, so
 * at 0.85 at least 0.7 is alive, and what follows is the end of the process.
 */
const tightAt = 0.85;
const easyAt = 0.7;
/** Payload that may come between two looks: as readings it is twenty times as much. */
const lookEveryBytes = 256 * 1024;

/**
 * Notices before the memory ends that it does: then only alarms are taken, and whoever sends readings keeps them. A disk
 * that hangs while thousands of devices send is what it is there for; everything else that grows has a bound of its own.
 */
export class MemoryWatch {
  readonly #log: Log;
  readonly #usedShare: () => number;
  #isTight = false;
  #bytes = 0;

  constructor(log: Log, usedShare = usedShareOfHeap) {
    this.#log = log;
    this.#usedShare = usedShare;
  }

  get isTight(): boolean {
    return this.#isTight;
  }

  /** Before `bytes` of payload are taken: is there too little memory for what can wait? */
  isShortFor(bytes: number): boolean {
    this.#bytes += bytes;
    if (this.#bytes >= lookEveryBytes) this.look();
    return this.#isTight;
  }

  /** Called by a timer, too. */
  look(): void {
    this.#bytes = 0;
    const share = this.#usedShare();
    const isTight = share > (this.#isTight ? easyAt : tightAt);
    if (isTight === this.#isTight) return;
    this.#isTight = isTight;
    const usedPct = Math.round(share * 100);
    if (isTight) this.#log.error({ usedPct }, 'the memory is nearly used up: only alarms are taken');
    else this.#log.warn({ usedPct }, 'there is memory again: readings are taken');
  }

  /** For health, in words. */
  check(): string {
    return this.#isTight ? 'nearly used up; only alarms are taken, readings are not acknowledged' : 'ok';
  }
}

/** V8 counts three semi-spaces of 64 MB into its limit that what has lived for a while may not use. */
const youngBytes = 3 * 64 * 1_048_576;

function usedShareOfHeap(): number {
  const { used_heap_size: usedBytes, heap_size_limit: limitBytes } = getHeapStatistics();
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return (usedBytes - (young?.space_used_size ?? 0)) / (limitBytes - youngBytes);
}
