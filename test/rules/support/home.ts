import type { Device } from '../../../model/device.ts';
import { Directory } from '../../../model/directory.ts';
import type { Resident } from '../../../model/people.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import type { Zone } from '../../../model/zone.ts';
import { buildHousehold } from '../../../rules/household.ts';
import type { Household } from '../../../rules/rule.ts';

export const timeZone = 'Asia/Shanghai';
export const home = { lat: 24.4451, lon: 118.0823 };
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

const midnightMs = Date.parse('2025-11-21T00:00:00+08:00');

/** `HH:MM` or `HH:MM:SS` in Xiamen on 21 November 2025, or some days later. */
export function at(time: string, day = 0): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return midnightMs + day * 24 * hourMs + hours * hourMs + minutes * minuteMs + seconds * 1000;
}

/** A place so many metres east of home. */
export function east(metres: number): { readonly lat: number; readonly lon: number } {
  return { lat: home.lat, lon: home.lon + metres / (111_195 * Math.cos((home.lat * Math.PI) / 180)) };
}

export const homeZone: Zone = {
  id: 'home',
  residentId: 'wang',
  name: '家',
  kind: 'safe',
  shape: { type: 'circle', center: home, radiusM: 300 },
  datum: 'WGS84',
};

/** Water 1,000 m east of home, 60 m wide. */
export const lake: Zone = {
  ...homeZone,
  id: 'lake',
  name: '员当湖',
  kind: 'forbidden',
  shape: { type: 'circle', center: east(1000), radiusM: 60 },
};

export const allDevices: readonly Device[] = [
  { id: 'band-1', kind: 'wristband', residentId: 'wang' },
  { id: 'phone-1', kind: 'wristband', residentId: 'wang' },
  { id: 'button-1', kind: 'callButton', residentId: 'wang' },
  { id: 'smoke-1', kind: 'smokeDetector', residentId: 'wang', room: '厨房' },
  { id: 'gas-1', kind: 'gasDetector', residentId: 'wang', room: '厨房' },
  { id: 'hub-1', kind: 'hub', residentId: 'wang' },
  { id: 'pir-1', kind: 'motionSensor', residentId: 'wang', room: '客厅', hubId: 'hub-1' },
  { id: 'door-1', kind: 'doorSensor', residentId: 'wang', hubId: 'hub-1' },
];

type Wish = {
  readonly resident?: Partial<Resident>;
  readonly zones?: readonly Zone[];
  readonly devices?: readonly Device[];
};

/** Wang Xiuying's home in Xiamen with one of every device, built the way the service builds it. */
export function homeOf({ resident = {}, zones = [homeZone], devices = allDevices }: Wish = {}): Household {
  const directory = new Directory();
  const wang: Resident = {
    id: 'wang',
    name: '王秀英',
    areaId: 'siming',
    home: { ...home, datum: 'WGS84' },
    contacts: [],
    ...resident,
  };
  directory.apply({ kind: 'areas', id: 'siming', entity: { id: 'siming', name: '思明', kind: 'district' } });
  directory.apply({ kind: 'residents', id: wang.id, entity: wang });
  for (const device of devices) directory.apply({ kind: 'devices', id: device.id, entity: device });
  for (const zone of zones) directory.apply({ kind: 'zones', id: zone.id, entity: zone });
  return buildHousehold(directory, 'wang', timeZone);
}

/** What a device said at `atMs`; `receivedAtMs` when it arrived later. */
export function says(deviceId: string, atMs: number, facts: Facts, receivedAtMs = atMs): Reading {
  const kind = allDevices.find(({ id }) => id === deviceId)?.kind ?? 'wristband';
  return {
    id: `${deviceId}:${atMs}:${Object.keys(facts).join('+')}`,
    deviceId,
    kind,
    subjectId: 'wang',
    lane: 'telemetry',
    takenAtMs: atMs,
    receivedAtMs,
    late: receivedAtMs - atMs > 10 * minuteMs,
    facts,
  };
}

/** The band's position, so many metres east of home. */
export function walks(atMs: number, metresEast: number, accuracyM: number | undefined = 12, more: Facts = {}): Reading {
  const position = { ...east(metresEast), ...(accuracyM !== undefined && { accuracyM }) };
  return says('band-1', atMs, { position, ...more });
}
