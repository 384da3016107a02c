import { dayOf, inTimeOrder, type LifeEvent, type SimulatedHome } from '../life.ts';
import type { Play, TakeOver } from '../scenarios/scenario.ts';

const dayMs = 24 * 3_600_000;
/** Which day it is does not matter to anybody: messages carry the time at which they are sent. */
const firstDayMs = Date.UTC(2026, 0, 1);
/** Life begins when people get up. */
const beginsMs = firstDayMs + 6 * 3_600_000;

export type Score = {
  readonly homes: readonly SimulatedHome[];
  readonly play: Play;
  readonly seed: string;
  /** How many times faster than real life ordinary days pass. Emergencies always play at real speed. */
  readonly speed: number;
  readonly startMs: number;
};

/** Everything that will be said, in order, at the real time `atMs`: ordinary days for ever, and the play within them. */
export function sequenceOf(score: Score): Generator<LifeEvent> {
  return inTimeOrder([score.play.events.values(), ordinaryLife(score)]);
}

function* ordinaryLife({ homes, play, seed, speed, startMs }: Score): Generator<LifeEvent> {
  for (let dayStartMs = firstDayMs; ; dayStartMs += dayMs) {
    for (const event of inTimeOrder(homes.map((home) => dayOf(home, dayStartMs, seed)))) {
      if (event.atMs < beginsMs) continue;
      const atMs = startMs + (event.atMs - beginsMs) / speed;
      if (!play.takeOvers.some((takeOver) => covers(takeOver, startMs, event.deviceId, atMs))) yield { ...event, atMs };
    }
  }
}

function covers({ deviceId, fromMs, toMs }: TakeOver, startMs: number, who: string, atMs: number): boolean {
  return deviceId === who && atMs >= Math.max(fromMs, startMs) && atMs < toMs;
}

/** Says each event at its time until the signal aborts. */
export async function perform(
  events: Iterator<LifeEvent>,
  say: (event: LifeEvent, nowMs: number) => void,
  clock: () => number,
  signal: AbortSignal,
): Promise<void> {
  for (let next = events.next(); !next.done && !signal.aborted; next = events.next()) {
    const waitMs = next.value.atMs - clock();
    if (waitMs > 0) await pause(waitMs, signal);
    if (!signal.aborted) say(next.value, clock());
  }
}

/** Resolves after the time or at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    resolve();
  };
  const timer = setTimeout(stop, ms);
  signal.addEventListener('abort', stop);
  return promise;
}
