import type { Random } from '../random.ts';
import type { Person } from './cast.ts';
import type { Script } from './script.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** So long a hub that is switched off every night may be reported; then it is known what it does. */
const learningMs = 7 * 24 * hourMs;

export type FaultyDay = {
  readonly person: Person;
  readonly dayStartMs: number;
  /** When the weeks began. */
  readonly startMs: number;
  readonly random: Random;
  readonly script: Script;
};

/** What is wrong with the links of a home day by day: switched off for the night, or up and down for hours. */
export function dailyFaults({ person, dayStartMs, startMs, random, script }: FaultyDay): void {
  const { routerOffAtNight, linkFlaps } = person.faults;
  if (routerOffAtNight) {
    // People go to bed at different hours; all routers off in one minute would be a power cut.
    const fromMs = dayStartMs + (person.habits.chargesAtMin + 150) * minuteMs;
    const night = { fromMs, toMs: fromMs + 6.75 * hourMs };
    script.cut('hub', night, dayStartMs < startMs + learningMs);
  }
  if (!linkFlaps || !random.chance(0.5)) return;
  const link = person.devices.has('hub') ? 'hub' : 'band';
  const beganMs = dayStartMs + random.between(0, 19) * hourMs;
  // An hour more: what was lost in it may be missed later.
  script.flapping.push({ fromMs: beganMs, toMs: beganMs + 5 * hourMs });
  for (let fromMs = beganMs; fromMs < beganMs + 4 * hourMs; ) {
    const toMs = fromMs + random.between(0.5, 4) * minuteMs;
    script.cut(link, { fromMs, toMs });
    fromMs = toMs + random.between(2, 7) * minuteMs;
  }
}

/** What does not change about somebody and may explain something odd, in words. */
export function traitsOf({ habits, faults, ground, resident }: Person): readonly string[] {
  const yes: readonly (readonly [unknown, string])[] = [
    [ground, `${ground?.homeToEdgeM ?? 0} m from the edge`],
    [resident.hasPet, 'pet'],
    [faults.clock !== 'right', `clock ${faults.clock}`],
    [faults.linkFlaps, 'flapping link'],
    [faults.routerOffAtNight, 'router off at night'],
    [habits.walksLaps, 'walks laps'],
    [faults.driftMin > 5, 'persistent drift'],
    [habits.inCanyon, 'canyon'],
  ];
  return yes.filter(([holds]) => holds).map(([, words]) => words);
}
