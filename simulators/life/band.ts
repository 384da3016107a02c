import type { LatLon } from '../../model/geo.ts';
import type { Random } from '../random.ts';
import type { LifeEvent } from './event.ts';
import { fixAt } from './gps.ts';
import { placeAt, type Stay } from './plan.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** How often the band reports: on the way, at home, asleep. */
const outsideEveryMs = minuteMs;
const homeEveryMs = 5 * minuteMs;
const asleepEveryMs = 10 * minuteMs;
/** At home only each so-many-th report brings a position. */
const positionEvery = 3;
const chargingFromMs = 20 * hourMs;
const chargingForMs = hourMs;
const chargedPct = 98;
const stepM = 0.55;

/** What does not change from minute to minute about one band and its wearer. */
type Wearer = { readonly restingBpm: number; readonly drainPctPerH: number };

/** What a band says all day. */
export function* bandDay(
  deviceId: string,
  home: LatLon,
  stays: readonly Stay[],
  dayStartMs: number,
  random: Random,
): Generator<LifeEvent> {
  const wearer: Wearer = { restingBpm: random.whole(56, 70), drainPctPerH: random.between(1.2, 2.2) };
  let steps = 0;
  let reports = 0;
  for (const stay of stays) {
    const everyMs = intervalOf(stay);
    for (let atMs = stay.fromMs + random.between(0, everyMs); atMs < stay.toMs; atMs += everyMs) {
      reports += 1;
      steps += stepsOf(stay, everyMs, random);
      const said = saidAt(wearer, stay, atMs - dayStartMs, steps, random);
      const position = positionAt(home, stay, atMs, reports, random);
      yield {
        atMs: Math.round(atMs),
        deviceId,
        lane: 'telemetry',
        payload: { ...said, ...(position && { position }) },
      };
    }
  }
}

function intervalOf({ place, isAsleep }: Stay): number {
  if (place === 'outside') return outsideEveryMs;
  return isAsleep ? asleepEveryMs : homeEveryMs;
}

function stepsOf(stay: Stay, everyMs: number, random: Random): number {
  if (stay.isAsleep) return 0;
  if (stay.trip === undefined) return random.whole(0, 25);
  const metresPerMs = (stay.trip.farthestM * (2 + stay.trip.sweepRad / 2)) / (stay.toMs - stay.fromMs);
  return Math.round((metresPerMs * everyMs) / stepM);
}

function saidAt(
  { restingBpm, drainPctPerH }: Wearer,
  stay: Stay,
  sinceMidnightMs: number,
  steps: number,
  random: Random,
) {
  const isCharging = sinceMidnightMs >= chargingFromMs && sinceMidnightMs < chargingFromMs + chargingForMs;
  const batteryPct = Math.round(batteryAt(drainPctPerH, sinceMidnightMs));
  if (isCharging) return { batteryPct, charging: true, worn: false };
  const effortBpm = stay.place === 'outside' ? 24 : stay.isAsleep ? -4 : 8;
  const heartRateBpm = Math.round(restingBpm + effortBpm + random.gaussian(2.5));
  return { batteryPct, charging: false, worn: true, heartRateBpm, steps };
}

/** Drains evenly, is charged from 20:00 to 21:00; midnight continues the evening before. */
function batteryAt(drainPctPerH: number, sinceMidnightMs: number): number {
  const drainedPct = (ms: number) => (ms / hourMs) * drainPctPerH;
  const sinceChargedMs = sinceMidnightMs - chargingFromMs - chargingForMs;
  if (sinceChargedMs >= 0) return chargedPct - drainedPct(sinceChargedMs);
  const atPlugPct = chargedPct - drainedPct(24 * hourMs - chargingForMs);
  if (sinceMidnightMs < chargingFromMs) return chargedPct - drainedPct(24 * hourMs + sinceChargedMs);
  return atPlugPct + (chargedPct - atPlugPct) * ((sinceMidnightMs - chargingFromMs) / chargingForMs);
}

function positionAt(home: LatLon, stay: Stay, atMs: number, reports: number, random: Random) {
  if (stay.place === 'outside') return fixAt(placeAt(home, stay, atMs), 'gnss', random);
  return reports % positionEvery === 0 ? fixAt(home, 'wifi', random) : undefined;
}
