import type { Random } from '../random.ts';
import { beforeS, rateHz, type Sample } from './bursts.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import type { Script } from './script.ts';

/** A day about to be lived: everything that may happen in it is written into `script`. */
export type Scene = {
  readonly person: Person;
  readonly dayStartMs: number;
  /** The ordinary day. */
  readonly day: readonly Spell[];
  readonly random: Random;
  readonly script: Script;
};

const minuteMs = 60_000;

export function spellAt(day: readonly Spell[], atMs: number): Spell | undefined {
  return day.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
}

/** From `atMs` on, the first time they are at home and, when it matters, awake. */
export function homeFrom(day: readonly Spell[], atMs: number, isAwake = false): number {
  const later = day.filter(({ toMs }) => toMs > atMs);
  const spell = later.find(({ place, isAsleep }) => place !== 'outside' && !(isAwake && isAsleep));
  return Math.max(atMs, (spell?.fromMs ?? atMs) + minuteMs);
}

/** The band sends what it felt once the window is over. */
export function sayBurst(script: Script, atMs: number, samples: Sample[]): void {
  const payload = { t: Math.round(atMs - beforeS * 1000), rateHz, site: 'wrist', unit: 'g', samples };
  script.sayings.push({ atMs: atMs + 15_000, device: 'band', lane: 'burst', payload });
}

export function hasMotion({ devices }: Person): boolean {
  return devices.has('living') || devices.has('bedroom');
}
