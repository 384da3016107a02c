import type { ChannelKind } from '../model/people.ts';

/**
 * closed -> (failures in a row) -> open -> (time passes) -> half open, one probe -> closed, or open for twice as long.
 * Plain data; the time is an argument.
 */
export type Breaker = {
  /** In a row. */
  readonly failures: number;
  /** Until then nothing but P1 is tried; 0 while closed. */
  readonly openUntilMs: number;
  /** How long it was opened for, so that the next time is longer. */
  readonly openForMs: number;
  /** Since when one message finds out whether the endpoint is back. */
  readonly probingSinceMs?: number;
};

export const closed: Breaker = { failures: 0, openUntilMs: 0, openForMs: 0 };

const failuresToOpen = 5;
const opensForMs = 30_000;
const opensForAtMostMs = 300_000;
/** A probe of which nothing was heard for so long does not keep the next one away. */
const probeEndsMs = 60_000;

/** How long (ms) a message that is not P1 has to wait; 0: it may go, and is the probe when the breaker is half open. */
export function breakerWaitMs(breaker: Breaker, nowMs: number): number {
  if (breaker.openUntilMs === 0) return 0;
  const leftMs = breaker.openUntilMs - nowMs;
  // Further ahead than it was opened for: the clock was set back.
  if (leftMs > 0 && leftMs <= breaker.openForMs) return leftMs;
  const probingForMs = nowMs - (breaker.probingSinceMs ?? Number.NEGATIVE_INFINITY);
  return probingForMs >= 0 && probingForMs < probeEndsMs ? probeEndsMs - probingForMs : 0;
}

/** A message goes: when the breaker is half open, it is the probe. */
export function afterStart(breaker: Breaker, nowMs: number): Breaker {
  return breaker.openUntilMs === 0 || nowMs < breaker.openUntilMs ? breaker : { ...breaker, probingSinceMs: nowMs };
}

/** What an attempt showed, also one of a P1 that went although the breaker was open. */
export function afterAttempt(breaker: Breaker, isWell: boolean, nowMs: number): Breaker {
  if (isWell) return closed;
  const failures = breaker.failures + 1;
  if (failures < failuresToOpen) return { ...breaker, failures };
  if (nowMs < breaker.openUntilMs) return { ...breaker, failures };
  const openForMs = Math.min(Math.max(opensForMs, breaker.openForMs * 2), opensForAtMostMs);
  return { failures, openUntilMs: nowMs + openForMs, openForMs };
}

/** Only what fails is remembered; with more endpoints than this, the one that failed first is forgotten. */
const endpointsAtMost = 10_000;
/** Nobody listening at one of these says nothing about the next message. */
const withoutBreaker: readonly ChannelKind[] = ['mqtt', 'sse', 'log'];
/** One server serves every address of these. */
const oneServer: readonly ChannelKind[] = ['email', 'sms', 'voice'];

/** The breakers of all endpoints, in this run. */
export class Breakers {
  readonly #all = new Map<string, Breaker>();

  /** How long to wait; P1 never does. Whatever is told 0 goes now. */
  waitMs(channel: ChannelKind, address: string, nowMs: number, isP1: boolean): number {
    const key = endpointOf(channel, address);
    const breaker = this.#all.get(key);
    if (breaker === undefined) return 0;
    const wait = isP1 ? 0 : breakerWaitMs(breaker, nowMs);
    if (wait === 0) this.#all.set(key, afterStart(breaker, nowMs));
    return wait;
  }

  isOpen(channel: ChannelKind, address: string): boolean {
    return (this.#all.get(endpointOf(channel, address))?.openUntilMs ?? 0) !== 0;
  }

  heard(channel: ChannelKind, address: string, isWell: boolean, nowMs: number): void {
    const key = endpointOf(channel, address);
    if (withoutBreaker.includes(channel)) return;
    const next = afterAttempt(this.#all.get(key) ?? closed, isWell, nowMs);
    if (next === closed) this.#all.delete(key);
    else this.#all.set(key, next);
    const [oldest] = this.#all.keys();
    if (this.#all.size > endpointsAtMost && oldest !== undefined) this.#all.delete(oldest);
  }
}

function endpointOf(channel: ChannelKind, address: string): string {
  return oneServer.includes(channel) ? channel : `${channel} ${address}`;
}
