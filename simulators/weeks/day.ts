import { planDay, type Stay } from '../life/plan.ts';
import type { Random } from '../random.ts';
import type { Person } from './cast.ts';
import { atHome, type Ground, metresApart, metresBeyond, type Place, placeAt } from './ground-truth.ts';
import { strollThrough, type Way, WayMaker, walkMps } from './way.ts';

/** One stretch of somebody's time in one place; half open. */
export type Spell = {
  readonly place: Stay['place'];
  readonly fromMs: number;
  readonly toMs: number;
  readonly isAsleep: boolean;
  /** Lies where they fell or collapsed: no step, no movement. */
  readonly isStill?: true;
  /** When outside. */
  readonly way?: Way;
  /** The band lies at home meanwhile. */
  readonly withoutBand?: true;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const quietDayShare = 0.07;
const bandForgottenShare = 0.08;
/** Ordinary walks keep this far inside the edge: near enough to it that a receiver errs across. */
const keepsInsideM = 15;

/**
 * A day as this person lives it when nothing happens: the model day of `life/plan.ts` at their hours, with walks that
 * stay where they are allowed. Some days they do not feel like going out and hardly leave the bedroom.
 */
export function ordinaryDay(person: Person, dayStartMs: number, random: Random): Spell[] {
  const isQuiet = random.chance(quietDayShare);
  return planDay(dayStartMs, random).map((stay) => {
    const moved = shifted(stay, person.habits.shiftMin * minuteMs, dayStartMs);
    if (isQuiet && stay.place !== 'bathroom' && random.chance(0.8)) {
      return { ...moved, place: 'bedroom', isAsleep: random.chance(0.5) };
    }
    return stay.place === 'outside' ? outing(person, moved, dayStartMs, random) : moved;
  });
}

function shifted({ place, isAsleep, fromMs, toMs }: Stay, byMs: number, dayStartMs: number): Spell {
  const at = (ms: number) => (ms === dayStartMs || ms === dayStartMs + dayMs ? ms : Math.round(ms + byMs));
  return { place, isAsleep, fromMs: at(fromMs), toMs: at(toMs) };
}

function outing(person: Person, spell: Spell, dayStartMs: number, random: Random): Spell {
  const way = wayOf(person, spell, dayStartMs, random);
  return { ...spell, way, ...(random.chance(bandForgottenShare) && { withoutBand: true }) };
}

function wayOf(person: Person, { fromMs, toMs }: Spell, dayStartMs: number, random: Random): Way {
  const forMs = toMs - fromMs;
  const { ground, habits } = person;
  if (habits.walksLaps && random.chance(0.5)) return laps(fromMs, forMs, ground, random);
  const stops = ground ? stopsInside(ground, fromMs, toMs, dayStartMs, random) : stopsAnywhere(forMs, random);
  const lengthM = [...stops, atHome].reduce(
    (sum, stop, index) => sum + metresApart(stops[index - 1] ?? atHome, stop),
    0,
  );
  const mps = Math.max(random.between(walkMps.least, walkMps.most), lengthM / (forMs / 1000));
  return strollThrough(fromMs, forMs, stops, mps);
}

/** The day centre at the end of the corridor when it is open, otherwise one or two places within the circle. */
function stopsInside(ground: Ground, fromMs: number, toMs: number, dayStartMs: number, random: Random): Place[] {
  const { corridor } = ground;
  const minuteOf = (ms: number) => (ms - dayStartMs) / minuteMs;
  const isOpen = corridor && minuteOf(fromMs) >= corridor.fromMin + 10 && minuteOf(toMs) < corridor.toMin - 30;
  if (isOpen && random.chance(0.5)) return [placeAt(corridor.bearingRad, corridor.lengthM - 60)];
  const inside = (): Place => {
    for (let tries = 0; tries < 50; tries++) {
      const place = placeAt(random.between(0, 2 * Math.PI), random.between(60, 350));
      if (metresBeyond(ground, place, -1) < -keepsInsideM) return place;
    }
    return ground.middle;
  };
  return random.chance(0.5) ? [inside()] : [inside(), inside()];
}

/** Nobody drew a zone for them: the market, the park, friends. */
function stopsAnywhere(forMs: number, random: Random): Place[] {
  const reachM = Math.min(1_200, (forMs / 1000) * 0.35);
  return [placeAt(random.between(0, 2 * Math.PI), random.between(100, reachM))];
}

/** Morning exercise: round the same green, in a place they know. */
function laps(fromMs: number, forMs: number, ground: Ground | undefined, random: Random): Way {
  const round = ground?.middle ?? placeAt(0.7, 150);
  const mps = random.between(0.8, 1.2);
  const backMs = ((metresApart(round, atHome) + 60) / mps) * 1000;
  const maker = new WayMaker(fromMs);
  for (let corner = 0; maker.here.atMs < fromMs + forMs - backMs; corner++) {
    maker.to(placeAt((corner * Math.PI) / 4, 45, round), mps);
  }
  return maker.to(atHome, mps).way;
}

/** The day with something else in its place; an outing that is cut does not go on afterwards. */
export function overlaid(day: readonly Spell[], over: Spell): Spell[] {
  const kept = day.flatMap((spell) => around(spell, over));
  return [...kept, over].sort((a, b) => a.fromMs - b.fromMs);
}

function around(spell: Spell, over: Spell): Spell[] {
  if (spell.toMs <= over.fromMs || spell.fromMs >= over.toMs) return [spell];
  const { way, withoutBand: _band, ...rest } = spell;
  const indoors: Spell = way === undefined ? rest : { ...rest, place: 'livingRoom' };
  return [
    { ...indoors, toMs: Math.min(spell.toMs, over.fromMs) },
    { ...indoors, fromMs: Math.max(spell.fromMs, over.toMs) },
  ].filter(({ fromMs, toMs }) => toMs > fromMs);
}
