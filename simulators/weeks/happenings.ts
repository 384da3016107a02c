import type { Random } from '../random.ts';
import { activityBurst } from './bursts.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import { bandLeftOff, callForHelp, collapse, deteriorate, fall, smoke } from './mishaps.ts';
import { contactLost, dayAtTheSons, holiday, leave, shortHop, toTheWater, wander } from './outings.ts';
import { hasMotion, type Scene, sayBurst, spellAt } from './scene.ts';
import type { Script } from './script.ts';
import { goneByVehicle, goneOnFoot } from './way.ts';

type Happening = {
  /** Per person and day, for those it can happen to. */
  readonly perDay: number;
  readonly canHappenTo: (person: Person) => boolean;
  readonly happen: (scene: Scene) => void;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const hasBand = ({ devices }: Person) => devices.has('band');
const isGuarded = (person: Person) => hasBand(person) && person.ground !== undefined;
const canCall = ({ devices }: Person) => devices.has('band') || devices.has('button');
const hasSmoke = ({ devices }: Person) => devices.has('smoke');
const anybody = () => true;

/**
 * What can befall somebody, at most one a day. Far more often than in life, so that a month of 200 residents says
 * something about each; false alarms come from the days between, which are most.
 */
const happenings: readonly Happening[] = [
  { perDay: 0.03, canHappenTo: isGuarded, happen: (scene) => leave(scene, 'exitOnFoot', goneOnFoot) },
  { perDay: 0.02, canHappenTo: isGuarded, happen: (scene) => leave(scene, 'exitByVehicle', goneByVehicle) },
  { perDay: 0.03, canHappenTo: isGuarded, happen: (scene) => leave(scene, 'shortHop', shortHop) },
  { perDay: 0.006, canHappenTo: hasBand, happen: (scene) => leave(scene, 'exitToTheWater', toTheWater) },
  { perDay: 0.008, canHappenTo: isGuarded, happen: contactLost },
  { perDay: 0.01, canHappenTo: hasBand, happen: (scene) => wander(scene, true) },
  { perDay: 0.01, canHappenTo: hasBand, happen: (scene) => wander(scene, false) },
  { perDay: 0.02, canHappenTo: hasBand, happen: fall },
  { perDay: 0.01, canHappenTo: hasBand, happen: deteriorate },
  { perDay: 0.03, canHappenTo: hasBand, happen: bandLeftOff },
  { perDay: 0.015, canHappenTo: canCall, happen: callForHelp },
  { perDay: 0.003, canHappenTo: hasSmoke, happen: (scene) => smoke(scene, 'fire') },
  { perDay: 0.015, canHappenTo: hasSmoke, happen: (scene) => smoke(scene, 'cookingSmoke') },
  { perDay: 0.008, canHappenTo: hasMotion, happen: (scene) => collapse(scene, false) },
  { perDay: 0.005, canHappenTo: hasMotion, happen: (scene) => collapse(scene, true) },
  { perDay: 0.008, canHappenTo: anybody, happen: holiday },
  { perDay: 0.015, canHappenTo: anybody, happen: dayAtTheSons },
];

/** Writes what happens on a day into its script: seldom one of the above, often the small things of every day. */
export function happen(scene: Scene): void {
  let left = scene.random.next();
  for (const { perDay, canHappenTo, happen } of happenings) {
    if (!canHappenTo(scene.person)) continue;
    left -= perDay;
    if (left >= 0) continue;
    happen(scene);
    break;
  }
  everyday(scene);
}

/** Visitors; bursts that are no falls; a band that thinks somebody fell; a basement without signal. */
function everyday({ person, dayStartMs, day, random, script }: Scene): void {
  const at = (fromH: number, toH: number) => dayStartMs + random.between(fromH, toH) * hourMs;
  if (random.chance(0.15)) {
    const fromMs = at(9, 18);
    const visit = { fromMs, toMs: fromMs + random.between(30, 120) * minuteMs };
    // A visitor would have found them.
    if (!isStillAt(script.overlays, visit.fromMs) && !isStillAt(script.overlays, visit.toMs)) script.visits.push(visit);
  }
  if (!hasBand(person)) return;
  for (let count = random.whole(2, 6); count > 0 && person.faults.sendsBursts; count--) {
    const atMs = at(7, 21);
    if (!isStillAt(script.overlays, atMs)) sayBurst(script, atMs, activityBurst(random, person.faults.clipsAtG));
  }
  if (random.chance(0.03)) falseFlag(script, at(7, 21), random, day);
  if (random.chance(0.1)) {
    const fromMs = at(7, 21);
    script.cut('band', { fromMs, toMs: fromMs + random.between(5, 90) * minuteMs });
  }
}

function isStillAt(spells: readonly Spell[], atMs: number): boolean {
  return spells.some(({ isStill, fromMs, toMs }) => isStill && atMs >= fromMs && atMs < toMs);
}

/** Two in three say that they are fine; the others do not notice that it buzzed. */
function falseFlag(script: Script, atMs: number, random: Random, day: readonly Spell[]): void {
  if (spellAt(day, atMs)?.isAsleep) return;
  script.sayings.push({ atMs, device: 'band', lane: 'event', payload: { event: 'fall' } });
  if (random.chance(0.66)) {
    const okAtMs = atMs + random.between(5, 40) * 1000;
    script.sayings.push({ atMs: okAtMs, device: 'band', lane: 'event', payload: { event: 'ok' } });
  }
}
