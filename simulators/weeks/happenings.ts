import type { Room } from '../life/plan.ts';
import type { Random } from '../random.ts';
import { activityBurst, beforeS, fallBurst, rateHz, type Sample } from './bursts.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import { atHome, metresBeyond, type Place, placeAt } from './ground-truth.ts';
import type { Script } from './script.ts';
import { endOf, goneByVehicle, goneOnFoot, type WanderingKind, type Way, WayMaker, wandering } from './way.ts';

/** A day about to be lived: everything that may happen in it is written into `script`. */
export type Scene = {
  readonly person: Person;
  readonly dayStartMs: number;
  /** The ordinary day. */
  readonly day: readonly Spell[];
  readonly random: Random;
  readonly script: Script;
};

type Happening = {
  /** Per person and day, for those it can happen to. */
  readonly perDay: number;
  readonly canHappenTo: (person: Person) => boolean;
  readonly happen: (scene: Scene) => void;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const hasBand = ({ devices }: Person) => devices.has('band');
const isGuarded = (person: Person) => hasBand(person) && person.ground !== undefined;
const hasMotion = ({ devices }: Person) => devices.has('living') || devices.has('bedroom');
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

function sayBurst(script: Script, atMs: number, samples: Sample[]): void {
  const payload = { t: Math.round(atMs - beforeS * 1000), rateHz, site: 'wrist', unit: 'g', samples };
  script.sayings.push({ atMs: atMs + 15_000, device: 'band', lane: 'burst', payload });
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

export function spellAt(day: readonly Spell[], atMs: number): Spell | undefined {
  return day.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
}

/** From `atMs` on, the first time they are at home and, when it matters, awake. */
function homeFrom(day: readonly Spell[], atMs: number, isAwake = false): number {
  const later = day.filter(({ toMs }) => toMs > atMs);
  const spell = later.find(({ place, isAsleep }) => place !== 'outside' && !(isAwake && isAsleep));
  return Math.max(atMs, (spell?.fromMs ?? atMs) + minuteMs);
}

function leave(
  { person, dayStartMs, day, random, script }: Scene,
  what: string,
  way: (fromMs: number, random: Random, person: Person) => Way,
): void {
  const byNight = what === 'exitOnFoot' && random.chance(0.2);
  const wishedMs = dayStartMs + (byNight ? random.between(1, 4.5) : random.between(8, 19)) * hourMs;
  const fromMs = homeFrom(day, wishedMs, !byNight);
  live(script, way(fromMs, random, person), byNight ? `${what}ByNight` : what, dayStartMs);
}

function live(script: Script, way: Way, what: string, dayStartMs: number, more: Partial<Spell> = {}): Spell {
  const spell: Spell = {
    place: 'outside',
    fromMs: way[0]?.atMs ?? dayStartMs,
    toMs: endOf(way),
    isAsleep: false,
    way,
    ...more,
  };
  script.live(spell, what, dayStartMs);
  return spell;
}

/** A few steps across the edge, to the kiosk on the other side, and back. */
function shortHop(fromMs: number, random: Random, person: Person): Way {
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

function toTheWater(fromMs: number, random: Random, { water, waterRadiusM }: Person): Way {
  const distanceM = Math.hypot(water.eastM, water.northM);
  const share = Math.max(0, distanceM - waterRadiusM + random.between(80, 200)) / distanceM;
  const shore: Place = { eastM: water.eastM * share, northM: water.northM * share };
  return new WayMaker(fromMs)
    .to(shore, random.between(0.8, 1.1))
    .rest(random.between(10, 30) * minuteMs)
    .to(atHome, 5).way;
}

/** Beyond the zone, and then the band is not heard any more: basement, battery, or taken off and thrown away. */
function contactLost(scene: Scene): void {
  const { script, dayStartMs, day, random } = scene;
  const fromMs = homeFrom(day, dayStartMs + random.between(9, 16) * hourMs, true);
  const target = placeAt(random.between(0, 2 * Math.PI), random.between(900, 1_500));
  const there = new WayMaker(fromMs).to(target, 0.9).rest(15 * minuteMs);
  const lostMs = there.here.atMs;
  const spell = live(script, there.rest(3 * hourMs).to(atHome, 6).way, 'exitThenSilence', dayStartMs);
  const down = { fromMs: lostMs, toMs: spell.toMs };
  script.cut('band', down);
  script.truth('silentOutside', down, ['contactLost'], { alsoTrue: ['deviceOffline', 'zoneExit', 'awayTooLong'] });
}

function wander({ person, dayStartMs, day, random, script }: Scene, isNear: boolean): void {
  const kind = random.pick<WanderingKind>(['pacing', 'lapping', 'random']);
  const fromMs = homeFrom(day, dayStartMs + random.between(9, 18) * hourMs, true);
  const round = isNear
    ? (person.ground?.middle ?? placeAt(random.between(0, 2 * Math.PI), 150))
    : placeAt(random.between(0, 2 * Math.PI), random.between(700, 1_100));
  const forMs = random.between(35, 50) * minuteMs;
  const spell = live(script, wandering(fromMs, forMs, round, kind, random), 'exitWandering', dayStartMs);
  const what = `${kind}${isNear ? 'NearHome' : 'FarFromHome'}`;
  script.truth(what, { fromMs, toMs: spell.toMs + 10 * minuteMs }, ['wandering'], { alsoTrue: ['notWorn'] });
}

/**
 * A watch flags 77 % of falls (Brew et al., JMIR Form Res 2022) after its own countdown. A third get up by themselves, the
 * others lie until somebody comes. A fall of which the device says nothing at all cannot be asked for.
 */
function fall({ person, dayStartMs, day, random, script }: Scene): void {
  const atMs = homeFrom(day, dayStartMs + random.between(7, 21) * hourMs, true);
  const liesMs = random.chance(0.33) ? random.between(1, 3) * minuteMs : random.between(20, 90) * minuteMs;
  const place = random.pick<Room>(['bathroom', 'bedroom', 'livingRoom', 'kitchen']);
  script.live({ place, fromMs: atMs, toMs: atMs + liesMs, isAsleep: false, isStill: true }, 'fall', dayStartMs);
  const isFlagged = random.chance(0.77);
  const { sendsBursts, clipsAtG } = person.faults;
  if (sendsBursts) sayBurst(script, atMs, fallBurst(random, clipsAtG));
  if (isFlagged) {
    const saidAtMs = atMs + random.between(20, 35) * 1000;
    script.sayings.push({ atMs: saidAtMs, device: 'band', lane: 'event', payload: { event: 'fall' } });
  }
  const what = `fall${isFlagged ? 'Flagged' : ''}${sendsBursts ? 'WithBurst' : ''}`;
  script.truth(what, { fromMs: atMs, toMs: atMs + Math.max(liesMs, 30 * minuteMs) }, ['fall'], {
    alsoTrue: ['sos', 'inactivity', 'vitals'],
    isRequired: isFlagged || sendsBursts,
  });
}

/** Fever, a racing pulse, oxygen going down over some hours, as before a pneumonia is found. */
function deteriorate({ dayStartMs, random, script }: Scene): void {
  const fromMs = dayStartMs + random.between(6, 16) * hourMs;
  const illness = { fromMs, rampMs: random.between(2, 5) * hourMs, toMs: fromMs + 24 * hourMs };
  script.illnesses.push(illness);
  script.truth('deterioration', { fromMs, toMs: illness.toMs + 5 * hourMs }, ['vitals']);
}

function bandLeftOff({ dayStartMs, day, random, script }: Scene): void {
  const fromMs = homeFrom(day, dayStartMs + random.between(8, 14) * hourMs, true);
  const off = { fromMs, toMs: fromMs + random.between(2, 7) * hourMs };
  script.offWrist.push(off);
  script.truth('bandLeftOff', { ...off, toMs: off.toMs + 10 * minuteMs }, ['notWorn']);
}

/** One press, or several, or one that waits in a device without signal. */
function callForHelp({ person, dayStartMs, day, random, script }: Scene): void {
  const device =
    person.devices.has('button') && random.chance(0.6) ? 'button' : person.devices.has('band') ? 'band' : 'button';
  const atMs = homeFrom(day, dayStartMs + random.between(0, 23) * hourMs);
  const presses = random.chance(0.3) ? 3 : 1;
  for (let press = 0; press < presses; press++) {
    script.sayings.push({ atMs: atMs + press * 2_500, device, lane: 'event', payload: { event: 'sos' } });
  }
  const isBuffered = random.chance(0.1);
  const returnsMs = atMs + 20 * minuteMs;
  if (isBuffered) script.cut(device, { fromMs: atMs - minuteMs, toMs: returnsMs });
  const what = isBuffered ? 'callOutOfBuffer' : 'call';
  script.truth(what, { fromMs: atMs, toMs: (isBuffered ? returnsMs : atMs) + 10 * minuteMs }, ['sos']);
}

function smoke({ dayStartMs, day, random, script }: Scene, what: 'fire' | 'cookingSmoke'): void {
  const atMs = homeFrom(day, dayStartMs + random.between(7, 20) * hourMs, what === 'cookingSmoke');
  const forMs = (what === 'fire' ? random.between(8, 20) : random.between(0.5, 4)) * minuteMs;
  const say = (sinceMs: number, payload: Saying['payload']) =>
    script.sayings.push({ atMs: atMs + sinceMs, device: 'smoke', lane: 'event', payload });
  say(0, { event: 'smoke', smoke: true });
  for (let sinceMs = minuteMs; sinceMs < forMs; sinceMs += minuteMs) say(sinceMs, { smoke: true });
  say(forMs, { event: 'smokeCleared', smoke: false });
  script.truth(what, { fromMs: atMs, toMs: atMs + forMs + 10 * minuteMs }, ['smoke']);
}

type Saying = Script['sayings'][number];

/** Lies there from one moment to the next and is found after 26 hours; the house goes on around them. */
function collapse({ dayStartMs, day, random, script }: Scene, byNight: boolean): void {
  const wishedMs = dayStartMs + (byNight ? random.between(21.5, 26) : random.between(8, 17)) * hourMs;
  const fromMs = byNight ? wishedMs : homeFrom(day, wishedMs, true);
  const toMs = fromMs + 26 * hourMs;
  const place = byNight ? 'bathroom' : random.pick<Room>(['bathroom', 'bedroom', 'livingRoom', 'kitchen']);
  script.live({ place, fromMs, toMs, isAsleep: false, isStill: true }, 'collapse', dayStartMs);
  script.truth(byNight ? 'collapseByNight' : 'collapseByDay', { fromMs, toMs }, ['inactivity'], {
    alsoTrue: ['vitals', 'batteryLow', 'notWorn', 'fall'],
  });
}

/** Some days with the family, far away. A neighbour waters the flowers. Nobody told the system. */
function holiday({ person, dayStartMs, random, script }: Scene): void {
  const fromMs = dayStartMs + random.between(9, 14) * hourMs;
  const toMs = dayStartMs + random.whole(2, 6) * dayMs + random.between(14, 18) * hourMs;
  const farAway = placeAt(random.between(0, 2 * Math.PI), random.between(8_000, 40_000));
  awayWith(script, person, fromMs, toMs, farAway, 'holiday', dayStartMs, random);
  const flowersMs = dayStartMs + dayMs + random.between(10, 17) * hourMs;
  script.visits.push({ fromMs: flowersMs, toMs: flowersMs + 20 * minuteMs });
}

function dayAtTheSons({ person, dayStartMs, random, script }: Scene): void {
  const fromMs = dayStartMs + random.between(8.5, 11) * hourMs;
  const toMs = fromMs + (random.chance(0.3) ? random.between(20, 30) : random.between(6, 11)) * hourMs;
  const atTheSons = placeAt(random.between(0, 2 * Math.PI), random.between(2_000, 8_000));
  awayWith(script, person, fromMs, toMs, atTheSons, 'dayAtTheSons', dayStartMs, random);
}

/** Fetched by car. A zone knows nothing of families: an exit is right. Half leave the band at home. */
function awayWith(
  script: Script,
  person: Person,
  fromMs: number,
  toMs: number,
  where: Place,
  what: string,
  dayStartMs: number,
  random: Random,
): void {
  const mps = 10;
  const there = new WayMaker(fromMs).to(where, mps);
  const backMs = there.here.atMs - fromMs;
  const way = there.rest(Math.max(0, toMs - backMs - there.here.atMs)).to(atHome, mps).way;
  const leavesBand = random.chance(0.5);
  const spell = live(script, way, `${what}WithBand`, dayStartMs, leavesBand ? { withoutBand: true } : {});
  const isLong = spell.toMs - fromMs > 12 * hourMs && person.devices.has('door') && hasMotion(person);
  script.truth(what, { fromMs: fromMs + 3 * hourMs, toMs: spell.toMs + hourMs }, ['awayTooLong'], {
    alsoTrue: ['notWorn', 'contactLost'],
    isRequired: isLong,
  });
}
