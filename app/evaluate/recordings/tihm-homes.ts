import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Device, DeviceKind } from '../../../model/device.ts';
import { HomeZones } from '../../../rules/home-zones.ts';
import type { Household } from '../../../rules/rule.ts';

/** One activation of a sensor: a movement in a room, or a door that opened or closed (the recording does not say which). */
export type Activation = { readonly atMs: number; readonly place: string };
/** One home of the recording: activations in order of time. */
export type RecordedHome = { readonly id: string; readonly activations: readonly Activation[] };
export type Span = { readonly fromMs: number; readonly toMs: number };

export const timeZone = 'Europe/London';
const hourMs = 3_600_000;
/** The recording is in local time, April to June: British Summer Time throughout. */
const summerMs = hourMs;
const doors: ReadonlySet<string> = new Set(['front-door', 'back-door', 'fridge-door']);
export const waysOut: ReadonlySet<string> = new Set(['front-door', 'back-door']);

/** Reads `activity/<home>.csv.gz` (or `.csv`): `date,location_name`, one row for each activation. */
export async function readHomes(dir: string): Promise<RecordedHome[]> {
  const folder = join(dir, 'activity');
  const names = (await readdir(folder)).filter((name) => /\.csv(\.gz)?$/.test(name)).sort();
  const homes: RecordedHome[] = [];
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const activations = text.split('\n').slice(1).flatMap(activationOf);
    if (activations.length > 0) homes.push({ id: name.replace(/\.csv(\.gz)?$/, ''), activations });
  }
  return homes;
}

function activationOf(line: string): Activation[] {
  const [date, place] = line.trim().split(',');
  const atMs = Date.parse(`${date?.replace(' ', 'T')}Z`) - summerMs;
  return place === undefined || Number.isNaN(atMs) ? [] : [{ atMs, place }];
}

/** The longest time in which no home at all says anything: an outage of the recording, not silence of anybody. */
export function outageOf(homes: readonly RecordedHome[]): Span | undefined {
  const all = homes.flatMap(({ activations }) => activations.map(({ atMs }) => atMs)).sort((a, b) => a - b);
  let longest: Span | undefined;
  for (let i = 1; i < all.length; i++) {
    const [fromMs, toMs] = [all[i - 1] ?? 0, all[i] ?? 0];
    if (toMs - fromMs > (longest ? longest.toMs - longest.fromMs : 12 * hourMs)) longest = { fromMs, toMs };
  }
  return longest;
}

/** The home as the rules know it: a sensor for each place, and a button to ask the resident with. */
export function householdOf({ id, activations }: RecordedHome): Household {
  const places = new Set(activations.map(({ place }) => place));
  const sensors = [...places].map((place): Device => ({ id: place, kind: kindOf(place), room: place }));
  const devices = [...sensors, { id: 'button', kind: 'callButton' } as const];
  return {
    subjectId: id,
    resident: undefined,
    devices: new Map(devices.map((device) => [device.id, device])),
    zones: HomeZones.none,
    home: undefined,
    timeZone,
  };
}

export function kindOf(place: string): DeviceKind {
  return doors.has(place) ? 'doorSensor' : 'motionSensor';
}
