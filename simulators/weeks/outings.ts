import type { Random } from '../random.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import { atHome, metresBeyond, type Place, placeAt } from './ground-truth.ts';
import { hasMotion, homeFrom, type Scene } from './scene.ts';
import { endOf, type WanderingKind, type Way, WayMaker, wandering } from './way.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const carMps = 10;

/** Leaves home, by day while up, sometimes on foot in the night. */
export function leave(scene: Scene, what: string, way: (fromMs: number, random: Random, person: Person) => Way): void {
  const { person, dayStartMs, day, random } = scene;
  const byNight = what === 'exitOnFoot' && random.chance(0.2);
  const wishedMs = dayStartMs + (byNight ? random.between(1, 4.5) : random.between(8, 19)) * hourMs;
  const fromMs = homeFrom(day, wishedMs, !byNight);
  live(scene, way(fromMs, random, person), byNight ? `${what}ByNight` : what);
}

/** Puts a way into the day in place of what they would have done. */
function live({ script, dayStartMs }: Scene, way: Way, what: string, more: Partial<Spell> = {}): Spell {
  const fromMs = way[0]?.atMs ?? dayStartMs;
  const spell: Spell = { place: 'outside', fromMs, toMs: endOf(way), isAsleep: false, way, ...more };
  script.live(spell, what, dayStartMs);
  return spell;
}

/** A few steps across the edge, to the kiosk on the other side, and back. */
export function shortHop(fromMs: number, random: Random, person: Person): Way {
  const ground = person.ground!; // only for the guarded
  const bearingRad = Math.atan2(-ground.middle.northM, -ground.middle.eastM);
  let acrossM = ground.homeToEdgeM;
  while (metresBeyond(ground, placeAt(bearingRad, acrossM), -1) < 0) acrossM += 10;
  const kiosk = placeAt(bearingRad, acrossM + random.between(20, 70));
  return new WayMaker(fromMs)
    .to(kiosk, 0.9)
    .rest(random.between(1, 5) * minuteMs)
    .to(atHome, 0.9).way;
}

export function toTheWater(fromMs: number, random: Random, { water, waterRadiusM }: Person): Way {
  const distanceM = Math.hypot(water.eastM, water.northM);
  const share = Math.max(0, distanceM - waterRadiusM + random.between(80, 200)) / distanceM;
  const shore: Place = { eastM: water.eastM * share, northM: water.northM * share };
  return new WayMaker(fromMs)
    .to(shore, random.between(0.8, 1.1))
    .rest(random.between(10, 30) * minuteMs)
    .to(atHome, 5).way;
}

/** Beyond the zone, and then the band is not heard any more: basement, battery, or taken off and thrown away. */
export function contactLost(scene: Scene): void {
  const { script, dayStartMs, day, random } = scene;
  const fromMs = homeFrom(day, dayStartMs + random.between(9, 16) * hourMs, true);
  const target = placeAt(random.between(0, 2 * Math.PI), random.between(900, 1_500));
  const there = new WayMaker(fromMs).to(target, 0.9).rest(15 * minuteMs);
  const lostMs = there.here.atMs;
  const spell = live(scene, there.rest(3 * hourMs).to(atHome, 6).way, 'exitThenSilence');
  const down = { fromMs: lostMs, toMs: spell.toMs };
  script.cut('band', down);
  script.truth('silentOutside', down, ['contactLost'], { alsoTrue: ['deviceOffline', 'zoneExit', 'awayTooLong'] });
}

/**
 * To and fro, round and round, or here and there, near home or where they know nothing. An emergency only where somebody
 * with a cognitive risk is beyond the zone: who has none takes a walk, and inside the zone everybody may.
 */
export function wander(scene: Scene, isNear: boolean): void {
  const { person, dayStartMs, day, random, script } = scene;
  const kind = random.pick<WanderingKind>(['pacing', 'lapping', 'random']);
  const fromMs = homeFrom(day, dayStartMs + random.between(9, 18) * hourMs, true);
  const round = isNear
    ? (person.ground?.middle ?? placeAt(random.between(0, 2 * Math.PI), 150))
    : placeAt(random.between(0, 2 * Math.PI), random.between(700, 1_100));
  const forMs = random.between(35, 50) * minuteMs;
  const spell = live(scene, wandering({ fromMs, forMs, round, kind }, random), 'exitWandering');
  const what = `${kind}${isNear ? 'NearHome' : 'FarFromHome'}`;
  script.truth(what, { fromMs, toMs: spell.toMs + 10 * minuteMs }, ['wandering'], {
    alsoTrue: ['notWorn'],
    isEmergency: !isNear && person.resident.cognitiveRisk === true,
  });
}

/** Some days with the family, far away. A neighbour waters the flowers. Nobody told the system. */
export function holiday(scene: Scene): void {
  const { dayStartMs, random, script } = scene;
  const fromMs = dayStartMs + random.between(9, 14) * hourMs;
  const toMs = dayStartMs + random.whole(2, 6) * dayMs + random.between(14, 18) * hourMs;
  const where = placeAt(random.between(0, 2 * Math.PI), random.between(8_000, 40_000));
  stayAt(scene, { what: 'holiday', where, fromMs, toMs });
  const flowersMs = dayStartMs + dayMs + random.between(10, 17) * hourMs;
  script.visits.push({ fromMs: flowersMs, toMs: flowersMs + 20 * minuteMs });
}

export function dayAtTheSons(scene: Scene): void {
  const { dayStartMs, random } = scene;
  const fromMs = dayStartMs + random.between(8.5, 11) * hourMs;
  const toMs = fromMs + (random.chance(0.3) ? random.between(20, 30) : random.between(6, 11)) * hourMs;
  const where = placeAt(random.between(0, 2 * Math.PI), random.between(2_000, 8_000));
  stayAt(scene, { what: 'dayAtTheSons', where, fromMs, toMs });
}

type Stay = { readonly what: string; readonly where: Place; readonly fromMs: number; readonly toMs: number };

/** Fetched by car. A zone knows nothing of families: an exit is right. Half leave the band at home. */
function stayAt(scene: Scene, { what, where, fromMs, toMs }: Stay): void {
  const { person, random, script } = scene;
  const there = new WayMaker(fromMs).to(where, carMps);
  const rideMs = there.here.atMs - fromMs;
  const way = there.rest(toMs - rideMs - there.here.atMs).to(atHome, carMps).way;
  const spell = live(scene, way, `${what}WithBand`, random.chance(0.5) ? { withoutBand: true } : {});
  const isLong = spell.toMs - fromMs > 12 * hourMs && person.devices.has('door') && hasMotion(person);
  script.truth(what, { fromMs: fromMs + 3 * hourMs, toMs: spell.toMs + hourMs }, ['awayTooLong'], {
    alsoTrue: ['notWorn', 'contactLost'],
    isRequired: isLong,
  });
}
