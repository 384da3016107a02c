import type { PerDevice } from '../per-device.ts';

/** A fall nobody has answered yet. */
export type Pending = {
  readonly readingId: string;
  readonly deviceId: string;
  /** When the last of them happened: what came before is no answer to it. */
  readonly fellAtMs: number;
  readonly dueAtMs: number;
  /** When we last heard of it from whatever felt it; absent in what an older version wrote. */
  readonly saidAtMs?: number;
  readonly late: boolean;
  /** The device itself said so. */
  readonly isFlagged: boolean;
  /** Told one step lower: the band is off, or it suspects too often. */
  readonly isLowered: boolean;
  readonly score?: number;
  /** So much the clock of the device that fell runs ahead of ours. */
  readonly aheadMs?: number;
  /** Step counts by device when first seen after the fall. At most as many as the home has devices. */
  readonly steps: Readonly<Record<string, number>>;
  /** Something moved after the fall: then it waits for steps until three minutes are over. */
  readonly movedAtMs?: number;
  /** A step counter spoke after that and had hardly counted. */
  readonly isStill?: boolean;
  readonly heartJumpBpm?: number;
};

/** A burst the model was not sure of: it counts when she calls for help, when her heart races, or when nothing moves any more. */
export type Doubt = {
  readonly readingId: string;
  readonly deviceId: string;
  readonly fellAtMs: number;
  readonly aheadMs?: number;
  /** When we heard of it. */
  readonly heardAtMs: number;
  readonly score: number;
  /** The band's step count when first seen after it, and how long after. */
  readonly steps?: { readonly count: number; readonly sinceMs: number };
  /** It said since then that it is worn, or measured a pulse. */
  readonly isWorn?: true;
  /** How doors were last said to stand since then. At most as many as the home has devices. */
  readonly contacts?: PerDevice<boolean>;
  /** She was asked whether all is well; unanswered until then it is told. */
  readonly dueAtMs?: number;
  /** It was told: "I am fine" or a walk takes it back. */
  readonly isTold?: true;
};

/** Nothing in it: nobody fell lately, every band is worn. */
export type State = {
  readonly pending?: Pending;
  readonly doubt?: Doubt;
  /** When she was last asked about a burst in doubt. */
  readonly askedAtMs?: number;
  /** When falls were suspected in the last 24 hours, the latest last. */
  readonly recent?: readonly number[];
  /** Bands on the charger (`c`), off the wrist (`o`) or both. */
  readonly off?: PerDevice<string>;
  /** The usual pulse of each band's wearer, and when it was last looked at. */
  readonly pulse?: PerDevice<readonly [bpm: number, atMs: number]>;
};

/** Impact, report and the next burst of the same fall come within half a minute. */
const sameFallMs = 30_000;
const dayMs = 24 * 60 * 60_000;
/** So many suspicions a day are believed; the next says more about the band than about its wearer. */
const believedADay = 3;
const keptAtMost = 6;

export function isSameFall(aMs: number, bMs: number): boolean {
  return Math.abs(aMs - bMs) <= sameFallMs;
}

/** How many falls were suspected in the 24 hours before, when they are too many. */
export function isTooOften({ recent = [] }: State, atMs: number): number | undefined {
  const count = recent.filter((beforeMs) => Math.abs(atMs - beforeMs) < dayMs).length;
  return count >= believedADay ? count : undefined;
}

export function withFall(state: State, atMs: number): State {
  const recent = (state.recent ?? []).filter((beforeMs) => atMs - beforeMs < dayMs);
  return { ...state, recent: [...recent, atMs].slice(-keptAtMost) };
}

export function withoutPending(state: State): State {
  const { pending: _pending, ...rest } = state;
  return rest;
}

export function withoutDoubt(state: State): State {
  const { doubt: _doubt, ...rest } = state;
  return rest;
}
