import type { Random } from '../random.ts';

/** Metres from home. */
export type Place = { readonly eastM: number; readonly northM: number };
export const atHome: Place = { eastM: 0, northM: 0 };

/** Where somebody may be: a circle, and for some a strip to the day centre during the day. */
export type Ground = {
  readonly radiusM: number;
  readonly middle: Place;
  /** How far inside the edge the home lies. */
  readonly homeToEdgeM: number;
  readonly corridor?: {
    readonly bearingRad: number;
    readonly lengthM: number;
    readonly halfWidthM: number;
    /** Local `HH:MM`. */
    readonly from: string;
    readonly to: string;
    readonly fromMin: number;
    readonly toMin: number;
  };
};

const corridorShare = 0.25;

/** A circle of `radiusM` with the home `homeToEdgeM` inside its edge. */
export function safeGround(radiusM: number, homeToEdgeM: number, random: Random): Ground {
  const middle = placeAt(random.between(0, 2 * Math.PI), radiusM - homeToEdgeM);
  const ground = { radiusM, middle, homeToEdgeM };
  if (!random.chance(corridorShare)) return ground;
  const hours = { from: '08:00', to: '18:00', fromMin: 8 * 60, toMin: 18 * 60 };
  const bearingRad = random.between(0, 2 * Math.PI);
  return { ...ground, corridor: { bearingRad, lengthM: 1_000, halfWidthM: 150, ...hours } };
}

/** `metres` away at a bearing in radians, counter-clockwise from east. */
export function placeAt(bearingRad: number, metres: number, from: Place = atHome): Place {
  return { eastM: from.eastM + Math.cos(bearingRad) * metres, northM: from.northM + Math.sin(bearingRad) * metres };
}

export function metresApart(a: Place, b: Place): number {
  return Math.hypot(a.eastM - b.eastM, a.northM - b.northM);
}

/** Metres outside everything that is allowed at that minute of the day; negative inside. */
export function metresBeyond(ground: Ground, place: Place, minuteOfDay: number): number {
  const circle = metresApart(place, ground.middle) - ground.radiusM;
  const { corridor } = ground;
  if (corridor === undefined || minuteOfDay < corridor.fromMin || minuteOfDay >= corridor.toMin) return circle;
  const along = place.eastM * Math.cos(corridor.bearingRad) + place.northM * Math.sin(corridor.bearingRad);
  const aside = -place.eastM * Math.sin(corridor.bearingRad) + place.northM * Math.cos(corridor.bearingRad);
  const strip = Math.max(-along, along - corridor.lengthM, Math.abs(aside) - corridor.halfWidthM);
  return Math.min(circle, strip);
}
