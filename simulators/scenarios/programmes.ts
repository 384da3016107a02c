import type { SimulatedHome } from '../life.ts';
import { batteryLow } from './battery-low.ts';
import { deviceSilent } from './device-silent.ts';
import { fallUnanswered } from './fall-unanswered.ts';
import { forbiddenWater } from './forbidden-water.ts';
import { kitchenSmoke } from './kitchen-smoke.ts';
import { safeZoneExit } from './safe-zone-exit.ts';
import type { Play, Scenario } from './scenario.ts';
import { sosOnEmptyBattery } from './sos-on-empty-battery.ts';
import { sosPress } from './sos-press.ts';

export const scenarios: readonly Scenario[] = [
  sosPress,
  sosOnEmptyBattery,
  fallUnanswered,
  kitchenSmoke,
  safeZoneExit,
  forbiddenWater,
  batteryLow,
  deviceSilent,
];

/** Who plays what, and when: seconds after the start. */
export type Part = { readonly scenario: Scenario; readonly resident: number; readonly atS: number };
/** `leastS`: how long life is watched at least, emergency or not. */
export type Programme = { readonly parts: readonly Part[]; readonly leastS: number };

const quick: readonly Part[] = [
  { scenario: sosPress, resident: 0, atS: 1 },
  { scenario: kitchenSmoke, resident: 1, atS: 2 },
  { scenario: batteryLow, resident: 8, atS: 3 },
  { scenario: fallUnanswered, resident: 2, atS: 4 },
  { scenario: sosOnEmptyBattery, resident: 3, atS: 5 },
];
/** One after the other, so that somebody who looks for the first time can follow. */
const demo: readonly Part[] = [
  { scenario: safeZoneExit, resident: 5, atS: 2 },
  ...quick.map((part) => ({ ...part, atS: part.atS * 3 })),
];

/** What `simulate` can play. `day` has no emergency: whatever is raised is a false alarm. */
export const programmes = {
  demo: { parts: demo, leastS: 0 },
  quick: { parts: quick, leastS: 0 },
  full: { parts: [...demo, { scenario: forbiddenWater, resident: 10, atS: 4 }], leastS: 0 },
  silence: { parts: [{ scenario: deviceSilent, resident: 0, atS: 3 }], leastS: 0 },
  day: { parts: [], leastS: 120 },
} satisfies Record<string, Programme>;
export type ProgrammeName = keyof typeof programmes;
export const programmeNames = Object.keys(programmes) as ProgrammeName[]; // the keys of the literal above

/** Everything that happens beyond ordinary life; times count from `startMs`. */
export function playOf({ parts }: Programme, homes: readonly SimulatedHome[], startMs: number): Play {
  const plays = parts.map(({ scenario, resident, atS }) => {
    const home = homes[resident];
    if (home === undefined)
      throw new Error(`${scenario.name} needs ${resident + 1} residents, there are ${homes.length}`);
    return scenario.play(home, startMs + atS * 1000);
  });
  return {
    emergencies: plays.flatMap(({ emergencies }) => emergencies).toSorted((a, b) => a.atMs - b.atMs),
    events: plays.flatMap(({ events }) => events).toSorted((a, b) => a.atMs - b.atMs),
    takeOvers: plays.flatMap(({ takeOvers }) => takeOvers),
  };
}
