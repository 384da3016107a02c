import type { LatLon } from '../../model/geo.ts';
import { towards } from '../ground.ts';
import type { Random } from '../random.ts';

export type Room = 'bedroom' | 'bathroom' | 'kitchen' | 'livingRoom';

/** The rooms as their residents call them; what a device's record says. */
export const roomNames: Readonly<Record<Room, string>> = {
  bedroom: '卧室',
  bathroom: '卫生间',
  kitchen: '厨房',
  livingRoom: '客厅',
};

/** One stretch of a day in one place; half open. */
export type Stay = {
  readonly place: Room | 'outside';
  readonly fromMs: number;
  readonly toMs: number;
  readonly isAsleep: boolean;
  /** When outside: where the way leads. */
  readonly trip?: Trip;
};

/** There and back: a loop for a walk; straight out, a while there, and back for shopping. */
export type Trip = {
  readonly kind: 'walk' | 'shopping';
  readonly farthestM: number;
  readonly bearingRad: number;
  readonly sweepRad: number;
};

const minuteMs = 60_000;
/** Well inside a safe zone of 300 m, so that an ordinary day never leaves it. */
const farthestTripM = 200;
/** Of a shopping trip, going takes a quarter and coming back another. */
const shoppingLeg = 0.25;

/** Builds a day stay by stay; times in minutes since midnight. */
class DayPlan {
  readonly stays: Stay[] = [];
  readonly #dayStartMs: number;
  #minute = 0;

  constructor(dayStartMs: number) {
    this.#dayStartMs = dayStartMs;
  }

  stay(place: Stay['place'], minutes: number, more: { isAsleep?: boolean; trip?: Trip } = {}): void {
    const fromMs = this.#dayStartMs + Math.round(this.#minute * minuteMs);
    this.#minute = Math.min(24 * 60, this.#minute + minutes);
    const toMs = this.#dayStartMs + Math.round(this.#minute * minuteMs);
    const { isAsleep = false, trip } = more;
    if (toMs > fromMs) this.stays.push({ place, fromMs, toMs, isAsleep, ...(trip && { trip }) });
  }

  until(place: Stay['place'], minute: number, isAsleep = false): void {
    this.stay(place, minute - this.#minute, { isAsleep });
  }
}

/** A resident's day from midnight to midnight, without a gap. */
export function planDay(dayStartMs: number, random: Random): Stay[] {
  const day = new DayPlan(dayStartMs);
  night(day, random);
  morning(day, random);
  afternoon(day, random);
  evening(day, random);
  return day.stays;
}

function night(day: DayPlan, random: Random): void {
  const wakesAt = random.between(340, 410);
  if (random.chance(0.6)) {
    day.until('bedroom', random.between(90, 240), true);
    day.stay('bathroom', random.between(4, 10));
  }
  day.until('bedroom', wakesAt, true);
}

function morning(day: DayPlan, random: Random): void {
  day.stay('bathroom', random.between(10, 20));
  day.stay('kitchen', random.between(20, 40));
  if (random.chance(0.85)) day.stay('outside', random.between(25, 50), { trip: tripOf('walk', random) });
  day.until('livingRoom', random.between(560, 590));
  if (random.chance(0.5)) day.stay('outside', random.between(40, 70), { trip: tripOf('shopping', random) });
  day.until('livingRoom', random.between(680, 700));
}

function afternoon(day: DayPlan, random: Random): void {
  day.stay('kitchen', random.between(35, 60));
  day.stay('bedroom', random.between(45, 80), { isAsleep: true });
  day.stay('bathroom', random.between(4, 10));
  day.until('livingRoom', random.between(940, 970));
  if (random.chance(0.6)) day.stay('outside', random.between(25, 50), { trip: tripOf('walk', random) });
  day.until('livingRoom', random.between(1045, 1060));
}

function evening(day: DayPlan, random: Random): void {
  day.stay('kitchen', random.between(40, 70));
  day.until('livingRoom', random.between(1270, 1340));
  day.stay('bathroom', random.between(10, 20));
  day.until('bedroom', 24 * 60, true);
}

function tripOf(kind: Trip['kind'], random: Random): Trip {
  return {
    kind,
    farthestM: random.between(80, farthestTripM),
    bearingRad: random.between(0, 2 * Math.PI),
    sweepRad: random.between(0.5, 2.5),
  };
}

/** Where somebody really is: at home, or on the way. */
export function placeAt(home: LatLon, stay: Stay, atMs: number): LatLon {
  const { trip } = stay;
  if (trip === undefined) return home;
  const progress = (atMs - stay.fromMs) / (stay.toMs - stay.fromMs);
  if (trip.kind === 'shopping') {
    return towards(
      home,
      trip.bearingRad,
      trip.farthestM * Math.min(1, progress / shoppingLeg, (1 - progress) / shoppingLeg),
    );
  }
  const bearingRad = trip.bearingRad + trip.sweepRad * (progress - 0.5);
  return towards(home, bearingRad, trip.farthestM * Math.sin(Math.PI * progress));
}
