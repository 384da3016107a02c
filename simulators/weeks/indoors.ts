import type { Device } from '../../model/device.ts';
import { motionDay } from '../life/sensors.ts';
import type { Random } from '../random.ts';
import type { Person } from './cast.ts';
import type { Spell } from './day.ts';
import type { Stretch } from './links.ts';
import type { Saying } from './script.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const doorOpenMs = 8_000;
/** A cat or dog passes a motion sensor so often, day and night. */
const petPassesPerH = 0.5;

/** How often each says that it works: usual heartbeats of its kind. */
const heartbeats: Readonly<Record<string, { readonly everyMs: number; readonly says: object }>> = {
  living: { everyMs: hourMs, says: { motion: false } },
  bedroom: { everyMs: hourMs, says: { motion: false } },
  door: { everyMs: hourMs, says: { contactOpen: false } },
  hub: { everyMs: 15 * minuteMs, says: {} },
  button: { everyMs: 30 * minuteMs, says: {} },
  smoke: { everyMs: 6 * hourMs, says: { smoke: false } },
};

type Indoors = {
  readonly person: Person;
  readonly dayStartMs: number;
  readonly day: readonly Spell[];
  readonly visits: readonly Stretch[];
  readonly random: Random;
};

/** What everything fitted in the home says on a day. */
export function* indoorsDay(home: Indoors): Generator<Saying> {
  for (const name of ['living', 'bedroom']) {
    const device = home.person.devices.get(name);
    if (device !== undefined) yield* motion(home, name, device);
  }
  if (home.person.devices.has('door')) yield* door(home);
  for (const [device, beat] of Object.entries(heartbeats)) {
    if (home.person.devices.has(device)) yield* beats(home, device, beat);
  }
}

function* motion(
  { person, dayStartMs, day, visits, random }: Indoors,
  name: string,
  device: Device,
): Generator<Saying> {
  const seen = (atMs: number): Saying => ({ atMs, device: name, lane: 'telemetry', payload: { motion: true } });
  const moving = day.filter(({ isStill }) => !isStill);
  for (const { atMs } of motionDay(device, moving, random)) yield seen(atMs);
  for (const { fromMs, toMs } of visits) {
    for (let atMs = fromMs; atMs < toMs; atMs += random.between(2, 8) * minuteMs) yield seen(atMs);
  }
  if (!person.resident.hasPet) return;
  for (let atMs = dayStartMs; ; ) {
    atMs += (-Math.log(1 - random.next()) / petPassesPerH) * hourMs;
    if (atMs >= dayStartMs + dayMs) return;
    yield seen(atMs);
  }
}

/** Opens and closes when somebody comes or goes. */
function* door({ dayStartMs, day, visits }: Indoors): Generator<Saying> {
  const outings = day.filter(({ place }) => place === 'outside');
  const passages = [...outings, ...visits].flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  for (const atMs of passages.toSorted((a, b) => a - b)) {
    // Who is away over midnight does not come home for it.
    if (atMs === dayStartMs || atMs >= dayStartMs + dayMs) continue;
    yield { atMs, device: 'door', lane: 'telemetry', payload: { contactOpen: true } };
    yield { atMs: atMs + doorOpenMs, device: 'door', lane: 'telemetry', payload: { contactOpen: false } };
  }
}

function* beats(
  { dayStartMs, random }: Indoors,
  device: string,
  { everyMs, says }: { readonly everyMs: number; readonly says: object },
): Generator<Saying> {
  const batteryPct = random.whole(40, 100);
  for (let sinceMs = random.between(0, everyMs); sinceMs < dayMs; sinceMs += everyMs) {
    yield { atMs: dayStartMs + sinceMs, device, lane: 'telemetry', payload: { ...says, batteryPct } };
  }
}
