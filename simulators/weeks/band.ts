import type { Random } from '../random.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import { Receiver } from './fixes.ts';
import { atHome, metresApart, type Place } from './ground-truth.ts';
import { covers, type Stretch } from './links.ts';
import type { Illness } from './script.ts';
import { placeOn } from './way.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A 4G band says something every 5 min (its link check), every 2 min while it counts steps on the way. */
const restingEveryMs = 5 * minuteMs;
const walkingEveryMs = 2 * minuteMs;
/** A wish of the service for more or fewer reports holds so long. */
const wishHoldsMs = 60 * minuteMs;
const wishBounds = { leastS: 10, mostS: 1_800 };
const drainPctPerH = 1.5;
const drainPctPerFix = 0.01;
const chargePctPerMin = 1.2;
const fullPct = 98;
const stepM = 0.55;
/** Who stays away for longer takes the charger along; left at home nobody charges it. */
const travelsWithChargerMs = 12 * hourMs;
const lowPct = 15;

/** What a band knows of its wearer at a moment. */
export type Moment = { readonly atMs: number; readonly minuteOfDay: number; readonly spell: Spell };
export type Wearing = { readonly offWrist: readonly Stretch[]; readonly illnesses: readonly Illness[] };

/** Battery events that are a truth of their own. */
export type BatteryNews = 'low' | 'empty' | 'charged' | undefined;

/** A wristband and what happens to it: worn, charged or forgotten, asked to report more often. */
export class Band {
  news: BatteryNews;
  readonly #person: Person;
  readonly #random: Random;
  readonly #receiver: Receiver;
  #batteryPct: number;
  #level: 'good' | 'low' | 'empty' = 'good';
  #isCharging = false;
  #chargesOnDay = -1;
  #steps: number;
  #reports = 0;
  #lastAtMs = Number.NaN;
  #lastPlace: Place = atHome;
  #wish: { readonly everyMs: number; readonly untilMs: number } | undefined;

  constructor(person: Person, random: Random) {
    this.#person = person;
    this.#random = random;
    this.#receiver = new Receiver(person.faults.driftMin * minuteMs, person.habits.inCanyon, random);
    this.#batteryPct = random.between(50, fullPct);
    this.#steps = random.whole(0, 9_000);
  }

  /** `reportInterval`: seconds between reports from now on. */
  reportEvery(seconds: number, nowMs: number): void {
    const everyMs = Math.min(wishBounds.mostS, Math.max(wishBounds.leastS, seconds)) * 1000;
    this.#wish = { everyMs, untilMs: nowMs + wishHoldsMs };
  }

  everyMs({ spell, atMs }: Moment): number {
    if (this.#wish !== undefined && atMs < this.#wish.untilMs) return this.#wish.everyMs;
    return spell.way !== undefined && !spell.withoutBand ? walkingEveryMs : restingEveryMs;
  }

  /** What it says now; undefined when its battery is empty. */
  report(moment: Moment, wearing: Wearing): Readonly<Record<string, unknown>> | undefined {
    const { spell, atMs } = moment;
    const place = spell.way && !spell.withoutBand ? placeOn(spell.way, atMs) : atHome;
    const isHome = place === atHome;
    const sinceMs = Number.isNaN(this.#lastAtMs) ? 0 : atMs - this.#lastAtMs;
    const movedM = metresApart(place, this.#lastPlace);
    this.#lastAtMs = atMs;
    this.#lastPlace = place;
    this.#reports += 1;
    this.#charge(moment, isHome, sinceMs);
    if (this.#level === 'empty') return undefined;

    const isWorn = !this.#isCharging && !spell.withoutBand && !wearing.offWrist.some((off) => covers(off, atMs));
    if (isWorn && !spell.isStill) this.#walk(spell, movedM, sinceMs);
    const position = this.#receiver.fixAt(this.#person.resident.home, place, isHome, atMs);
    return {
      batteryPct: Math.round(this.#batteryPct),
      charging: this.#isCharging,
      worn: isWorn,
      steps: this.#steps,
      position,
      ...(this.#hearsHome(isHome) && { homeAnchor: true }),
      ...(isWorn && this.#vitals(moment, wearing.illnesses)),
    };
  }

  /** On its cradle in the evening, or when somebody notices that it is empty; some evenings are forgotten. */
  #charge({ atMs, minuteOfDay, spell }: Moment, isHome: boolean, sinceMs: number): void {
    const { chargesAtMin, forgetsToCharge } = this.#person.habits;
    const day = Math.floor(atMs / (24 * hourMs));
    const isTime = minuteOfDay >= chargesAtMin && minuteOfDay < chargesAtMin + 60 && this.#chargesOnDay !== day;
    const hasCharger = isHome ? !spell.withoutBand : spell.toMs - spell.fromMs > travelsWithChargerMs;
    if (isTime && hasCharger && !spell.isStill && !this.#isCharging) {
      this.#chargesOnDay = day;
      this.#isCharging = this.#level === 'empty' || !this.#random.chance(forgetsToCharge);
    }
    const hours = sinceMs / hourMs;
    if (this.#isCharging) {
      this.#batteryPct = Math.min(fullPct, this.#batteryPct + chargePctPerMin * hours * 60);
      if (this.#batteryPct >= fullPct) this.#isCharging = false;
    } else if (this.#level !== 'empty') this.#batteryPct -= drainPctPerH * hours + drainPctPerFix;
    this.#noteLevel();
  }

  #noteLevel(): void {
    const shownPct = Math.round(this.#batteryPct);
    const level = shownPct <= 0 ? 'empty' : shownPct <= lowPct ? 'low' : 'good';
    if (level === this.#level) return;
    // On the cradle it wakes up when there is something to wake up with.
    this.news = level === 'good' ? 'charged' : this.#isCharging ? undefined : level;
    this.#level = level;
  }

  #walk({ place, isAsleep }: Spell, movedM: number, sinceMs: number): void {
    if (place === 'outside') this.#steps += Math.round(Math.min(movedM, (sinceMs / 1000) * 1.5) / stepM);
    else if (!isAsleep) this.#steps += Math.round(this.#random.between(0, 5) * Math.min(sinceMs / minuteMs, 10));
  }

  /** Its scan finds the Wi-Fi of the home in seven of ten tries; that share is our assumption. */
  #hearsHome(isHome: boolean): boolean {
    return isHome && this.#person.habits.hasHomeWifi && this.#random.chance(0.7);
  }

  /**
   * Pulse each time, oxygen and skin temperature now and then. Optical sensors lock onto the cadence of steps, spike, and
   * give 50 % when they see nothing (wrist SpO2 has an RMSE above 4 % in motion; Oxford RDM publication 1211843).
   */
  #vitals({ atMs, spell }: Moment, illnesses: readonly Illness[]): Readonly<Record<string, number>> {
    const random = this.#random;
    const ill = illnesses.reduce((most, illness) => Math.max(most, depthOf(illness, atMs)), 0);
    const isMoving = spell.place === 'outside';
    const effortBpm = isMoving ? 22 : spell.isAsleep ? -6 : 8;
    const pulse = this.#person.habits.restingBpm + effortBpm + 52 * ill + random.gaussian(3);
    const artefact = random.chance(isMoving ? 0.03 : 0.004);
    const heartRateBpm = Math.round(artefact ? random.between(100, 185) : pulse);
    const oxygen = (): number => {
      if (random.chance(0.02)) return 50;
      return Math.round(Math.min(100, 96.8 - 8.5 * ill + random.gaussian(isMoving ? 4 : 1)));
    };
    return {
      heartRateBpm,
      ...(this.#reports % 6 === 0 && { spo2Pct: Math.max(50, oxygen()) }),
      ...(this.#reports % 12 === 0 && { temperatureC: Number((36.5 + 2.4 * ill + random.gaussian(0.2)).toFixed(1)) }),
    };
  }
}

/** 0 well to 1 as ill as it gets. */
function depthOf({ fromMs, toMs, rampMs }: Illness, atMs: number): number {
  if (atMs < fromMs || atMs >= toMs) return 0;
  return Math.min(1, (atMs - fromMs) / rampMs);
}
