import type { AlertType } from '../../model/alert.ts';
import type { Lane } from '../../model/reading.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import { metresApart, metresBeyond } from './ground-truth.ts';
import type { Stretch } from './links.ts';
import type { Truth } from './truth.ts';
import { placeOn } from './way.ts';

/** One thing a device says, when it wants to say it. What its link makes of that is another matter. */
export type Saying = {
  readonly atMs: number;
  /** By the name of the fitting. */
  readonly device: string;
  readonly lane: Exclude<Lane, 'reply'>;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** What goes through a link of its own; sensors share that of their hub. */
export type LinkName = 'band' | 'hub' | 'button' | 'smoke';

/** Becomes ill over `rampMs` and stays so until the end of the stretch. */
export type Illness = Stretch & { readonly rampMs: number };

/** Everything out of the ordinary that a day holds for one person. Filled before the day is lived. */
export class Script {
  readonly overlays: Spell[] = [];
  readonly truths: Truth[] = [];
  readonly sayings: Saying[] = [];
  readonly cuts: { readonly link: LinkName; readonly down: Stretch }[] = [];
  /** When a link goes up and down. */
  readonly flapping: Stretch[] = [];
  readonly offWrist: Stretch[] = [];
  readonly illnesses: Illness[] = [];
  readonly visits: Stretch[] = [];

  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  truth(what: string, stretch: Stretch, detectedBy: readonly AlertType[], more: Partial<Truth> = {}): void {
    const { id: residentId } = this.#person.resident;
    const { fromMs, toMs: untilMs } = stretch;
    const id = `${what}:${residentId}:${fromMs}`;
    this.truths.push({
      id,
      what,
      residentId,
      fromMs,
      untilMs,
      detectedBy,
      isRequired: true,
      isEmergency: true,
      ...more,
    });
  }

  /** A link is down. Not to be heard for long is no secret: saying so is no false alarm, unless it is known by now. */
  cut(link: LinkName, down: Stretch, isNews = true): void {
    this.cuts.push({ link, down });
    const deviceId = this.#person.devices.get(link)?.id;
    if (!isNews || deviceId === undefined || down.toMs - down.fromMs < longSilenceMs) return;
    const noted = { fromMs: down.fromMs, toMs: down.toMs + minuteMs };
    this.truth('outOfReach', noted, ['deviceOffline', 'contactLost'], {
      deviceId,
      isRequired: false,
      isEmergency: false,
    });
  }

  /** Somebody lives something else for a while. Where the way leads outside, that is a truth of its own. */
  live(spell: Spell, what: string, dayStartMs: number): void {
    this.overlays.push(spell);
    this.#watch(spell, what, dayStartMs, true);
  }

  /** An ordinary outing may graze an edge; and it may not take place, when something else comes in between. */
  mayGoOut(spell: Spell, dayStartMs: number): void {
    this.#watch(spell, 'ordinaryOuting', dayStartMs, false);
  }

  #watch(spell: Spell, what: string, dayStartMs: number, isCertain: boolean): void {
    if (spell.way === undefined || !this.#person.devices.has('band')) return;
    if (spell.withoutBand) {
      const alone = { fromMs: spell.fromMs, toMs: spell.toMs + settlingMs };
      this.truth('bandLeftAtHome', alone, ['notWorn'], { isRequired: false, isEmergency: false });
      return;
    }
    for (const beyond of beyondZone(this.#person, spell, dayStartMs)) this.#exit(what, beyond, isCertain);
    for (const wet of inWater(this.#person, spell)) this.#entered(wet, isCertain);
  }

  /** Required from ten minutes beyond the edge and a hundred metres on: the outing the recordings are judged by, too. */
  #exit(what: string, { fromMs, toMs, mostM }: Beyond, isCertain: boolean): void {
    const isRequired = isCertain && toMs - fromMs >= 10 * minuteMs && mostM >= 100;
    const alsoTrue: AlertType[] = ['wandering', 'contactLost', 'awayTooLong', 'notWorn', 'missing'];
    this.truth(isRequired ? what : 'brieflyOutside', { fromMs, toMs: toMs + settlingMs }, ['zoneExit'], {
      alsoTrue,
      isRequired,
      earliestMs: fromMs - approachMs,
    });
  }

  #entered({ fromMs, toMs, mostM }: Beyond, isCertain: boolean): void {
    const isRequired = isCertain && toMs - fromMs >= 3 * minuteMs && mostM >= 50;
    this.truth('atTheWater', { fromMs, toMs: toMs + settlingMs }, ['zoneEnterForbidden'], { isRequired });
  }
}

type Beyond = Stretch & { readonly mostM: number };

const minuteMs = 60_000;
const stepMs = 15_000;
/** On the way out, this short before the edge, an alert is no false one. */
const approachMs = 2 * minuteMs;
const longSilenceMs = 20 * minuteMs;
/** Back inside for less than this and out again is one excursion. */
const joinMs = 5 * minuteMs;
/** An alert a little after the return is about the excursion. */
const settlingMs = 10 * minuteMs;

/** When a way is truly beyond the zone, by how much at most: from the way itself, not from any fix. */
export function beyondZone({ ground }: Person, spell: Spell, dayStartMs: number): Beyond[] {
  if (ground === undefined) return [];
  const minuteOf = (ms: number) => Math.floor((((ms - dayStartMs) / minuteMs) % 1440) + 1440) % 1440;
  return stretchesOf(spell, (place, atMs) => metresBeyond(ground, place, minuteOf(atMs)));
}

function inWater({ water, waterRadiusM }: Person, spell: Spell): Beyond[] {
  return stretchesOf(spell, (place) => waterRadiusM - metresApart(place, water));
}

function stretchesOf({ way = [], fromMs, toMs }: Spell, depthOf: (at: Place, atMs: number) => number): Beyond[] {
  const found: { fromMs: number; toMs: number; mostM: number }[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) {
    const depthM = depthOf(placeOn(way, atMs), atMs);
    if (depthM <= 0) continue;
    const last = found.at(-1);
    if (last === undefined || atMs - last.toMs > joinMs) found.push({ fromMs: atMs, toMs: atMs, mostM: depthM });
    else Object.assign(last, { toMs: atMs, mostM: Math.max(last.mostM, depthM) });
  }
  return found;
}

type Place = ReturnType<typeof placeOn>;
