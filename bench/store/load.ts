import type { Reading } from '../../model/reading.ts';

/** What is loaded into both stores: the same readings in the same order, made anew for each. */
export type Load = {
  readonly readings: number;
  readonly devices: number;
  readonly days: number;
  /** So many of the devices report once a minute; the others share what is left. */
  readonly everyMinute: number;
  readonly endsAtMs: number;
};

const minuteMs = 60_000;
export const dayMs = 86_400_000;
const earthM = 111_320;

/** What a wristband remembers between two messages. */
type Band = {
  readonly deviceId: string;
  readonly subjectId: string;
  readonly homeLat: number;
  readonly homeLon: number;
  readonly everyMs: number;
  nextMs: number;
  seq: number;
  northM: number;
  eastM: number;
  heartRate: number;
  steps: number;
  battery: number;
};

/** Numbers that look random and are the same in each run, from 0 to below 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function subjectOfBand(index: number): string {
  return `resident-${String(index).padStart(5, '0')}`;
}

/** In order of arrival, many at a time. The first `everyMinute` bands report each minute. */
export function* arriving(load: Load, atATime: number): Generator<Reading[]> {
  const next = numbers(7);
  const fromMs = load.endsAtMs - load.days * dayMs;
  const minutes = (load.days * dayMs) / minuteMs;
  const others = load.devices - load.everyMinute;
  const otherMs = (load.days * dayMs * others) / Math.max(1, load.readings - load.everyMinute * minutes);
  const bands = Array.from({ length: load.devices }, (_, index) =>
    newBand(index, index < load.everyMinute ? minuteMs : otherMs, fromMs, next),
  );
  let some: Reading[] = [];
  for (let fromStepMs = fromMs; fromStepMs < load.endsAtMs; fromStepMs += minuteMs) {
    const due = bands.filter(({ nextMs }) => nextMs < fromStepMs + minuteMs).sort((a, b) => a.nextMs - b.nextMs);
    for (const band of due) some.push(say(band, next));
    for (; some.length >= atATime; some = some.slice(atATime)) yield some.slice(0, atATime);
  }
  if (some.length > 0) yield some;
}

/** The text as a service has it that read it somewhere: in one piece. */
function asRead(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function newBand(index: number, everyMs: number, fromMs: number, next: () => number): Band {
  return {
    deviceId: asRead(`band-${String(index).padStart(5, '0')}`),
    subjectId: asRead(subjectOfBand(index)),
    homeLat: 24.4 + next() * 0.2,
    homeLon: 118 + next() * 0.2,
    everyMs,
    nextMs: fromMs + next() * everyMs,
    seq: 0,
    northM: 0,
    eastM: 0,
    heartRate: 72,
    steps: 0,
    battery: 40 + next() * 60,
  };
}

function say(band: Band, next: () => number): Reading {
  const takenAtMs = Math.floor(band.nextMs);
  band.nextMs += band.everyMs * (0.98 + next() * 0.04);
  band.seq += 1;
  move(band, next);
  const { deviceId, subjectId } = band;
  return {
    id: `${deviceId}:s${band.seq}:t${takenAtMs}`,
    deviceId,
    kind: 'wristband',
    subjectId,
    lane: 'telemetry',
    takenAtMs,
    receivedAtMs: takenAtMs + 50 + Math.floor(next() * 800),
    late: false,
    seq: band.seq,
    facts: {
      position: {
        lat: degrees(band.homeLat + band.northM / earthM),
        lon: degrees(band.homeLon + band.eastM / earthM),
        accuracyM: 3 + Math.floor(next() * 20),
        source: 'gnss',
      },
      heartRateBpm: Math.round(band.heartRate),
      spo2Pct: 94 + Math.floor(next() * 6),
      batteryPct: Math.round(band.battery),
      steps: band.steps,
      worn: true,
      ...(band.seq % 10 === 0 && { temperatureC: 36 + Math.floor(next() * 12) / 10 }),
    },
  };
}

/** Six decimals, as receivers give them. */
function degrees(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function move(band: Band, next: () => number): void {
  band.northM = band.northM * 0.98 + (next() - 0.5) * 40;
  band.eastM = band.eastM * 0.98 + (next() - 0.5) * 40;
  band.heartRate = 72 + (band.heartRate - 72) * 0.9 + (next() - 0.5) * 12;
  band.steps = band.seq % 60 === 0 ? 0 : band.steps + Math.floor(next() * 60);
  band.battery = band.battery < 5 ? 100 : band.battery - next() * 0.1;
}
