import type { CommunityDocument } from '../../model/community.ts';
import type { Device, DeviceKind } from '../../model/device.ts';
import type { Resident } from '../../model/people.ts';
import { areas, centre, communityAreaId, gridIds } from '../community/places.ts';
import { metresBetween, moved, ringAround, towards } from '../ground.ts';
import { roomNames } from '../life/plan.ts';
import { type Random, randomOf } from '../random.ts';
import { type Ground, type Place, safeGround } from './ground-truth.ts';

type DeviceEntry = CommunityDocument['devices'][number];
type ZoneEntry = CommunityDocument['zones'][number];

/** What a device's clock shows. `boot`: seconds since it was switched on, as if that were 1970. */
export type Clock = 'right' | 'boot' | 'fast' | 'slow';

/** Somebody who lives in the community, with everything that makes their data theirs. */
export type Person = {
  readonly resident: Resident;
  /** By the name of the fitting: `band`, `living`, `bedroom`, `door`, `hub`, `button`, `smoke`. */
  readonly devices: ReadonlyMap<string, Device>;
  /** Where the zones really are, in metres from home; absent for who has no safe zone. */
  readonly ground?: Ground;
  readonly gridId: string;
  /** Where the forbidden water is, in metres from home. */
  readonly water: Place;
  readonly waterRadiusM: number;
  readonly habits: {
    /** Gets up and goes to bed so many minutes later than the model day. */
    readonly shiftMin: number;
    readonly chargesAtMin: number;
    /** Of the evenings on which the band should be charged. */
    readonly forgetsToCharge: number;
    readonly walksLaps: boolean;
    readonly restingBpm: number;
    /** Lives among tall buildings: outdoors the fixes are as bad as indoors. */
    readonly inCanyon: boolean;
    readonly hasHomeWifi: boolean;
  };
  readonly faults: {
    readonly clock: Clock;
    readonly routerOffAtNight: boolean;
    readonly linkFlaps: boolean;
    /** Its band uploads acceleration round anything sudden; the others only say that somebody fell. */
    readonly sendsBursts: boolean;
    /** Where the accelerometer ends. */
    readonly clipsAtG: number;
    /** Mean time an indoor fix keeps its source, minutes. */
    readonly driftMin: number;
  };
};

/**
 * Fittings per monitored elder: band 0.4, call device 0.7, motion 1.2, door 0.6, smoke 0.9. Motion and door
 * sensors hang behind a hub.
 */
const share = { band: 0.4, button: 0.7, living: 0.75, bedroom: 0.45, door: 0.6, smoke: 0.9 } as const;
/** Of the band wearers, those somebody drew a safe zone for. */
const guardedShare = 0.7;
/** How far inside the edge their home lies, metres; installers are told 100 m at least, and not all can. */
const edgeDistances = [300, 300, 300, 300, 150, 150, 150, 60, 60, 20] as const;
const zoneRadiusM = 300;
const spreadM = 600;
const water: Place & { readonly radiusM: number } = { eastM: -1_800, northM: 0, radiusM: 400 };

const two = (number: number): string => String(number).padStart(2, '0');

/** The people of a community, the same for the same seed. The device mix holds exactly, not only on average. */
export function castOf(seed: string, count: number): Person[] {
  const has = fitted(seed, count);
  return Array.from({ length: count }, (_, index) => personOf(index, has, randomOf(`${seed}:person:${index}`)));
}

type Fitted = { readonly [K in keyof typeof share | 'guarded']: ReadonlySet<number> };

/** Draws who has what without replacement, so that 40 % of 10 homes are four. */
function fitted(seed: string, count: number): Fitted {
  const everybody = Array.from({ length: count }, (_, index) => index);
  const some = (name: string, of: readonly number[], part: number) =>
    new Set(shuffled(of, randomOf(`${seed}:fitting:${name}`)).slice(0, Math.round(of.length * part)));
  const band = some('band', everybody, share.band);
  // Who fits one motion sensor fits it where people are by day.
  const living = some('living', everybody, share.living);
  return {
    band,
    guarded: some('guarded', [...band], guardedShare),
    button: some('button', everybody, share.button),
    living,
    bedroom: some('bedroom', [...living], share.bedroom / share.living),
    door: some('door', everybody, share.door),
    smoke: some('smoke', everybody, share.smoke),
  };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function personOf(index: number, has: Fitted, random: Random): Person {
  const gridId = gridIds[index % gridIds.length]!; // the list is not empty
  const guarded = has.guarded.has(index);
  const resident = residentOf(index, gridId, guarded, random);
  const devices = devicesOf(resident.id, (name) => has[name].has(index));
  const toEdgeM = edgeDistances[random.whole(0, edgeDistances.length - 1)]!; // whole() stays within
  return {
    resident,
    devices: new Map(devices.map((device) => [device.id.slice(resident.id.length + 1), device])),
    ...(guarded && { ground: safeGround(zoneRadiusM, toEdgeM, random) }),
    gridId,
    water: fromHome(resident),
    waterRadiusM: water.radiusM,
    habits: {
      shiftMin: random.between(-45, 75),
      chargesAtMin: random.between(19 * 60, 21.5 * 60),
      forgetsToCharge: random.chance(0.15) ? 0.4 : 0.03,
      walksLaps: random.chance(0.1),
      restingBpm: random.whole(52, 72),
      inCanyon: random.chance(0.25),
      hasHomeWifi: random.chance(0.5),
    },
    faults: {
      clock: clockOf(random),
      routerOffAtNight: random.chance(0.05),
      linkFlaps: random.chance(0.08),
      sendsBursts: random.chance(0.7),
      clipsAtG: random.chance(0.2) ? 4 : 16,
      driftMin: random.pick([2, 2, 5, 15]),
    },
  };
}

function fromHome({ home }: Resident): Place {
  const at = moved(centre, water.eastM, water.northM);
  const eastM = Math.sign(at.lon - home.lon) * metresBetween(home, { lat: home.lat, lon: at.lon });
  return { eastM, northM: Math.sign(at.lat - home.lat) * metresBetween(home, { lat: at.lat, lon: home.lon }) };
}

function clockOf(random: Random): Clock {
  const draw = random.next();
  if (draw < 0.03) return 'boot';
  if (draw < 0.06) return 'fast';
  return draw < 0.08 ? 'slow' : 'right';
}

function residentOf(index: number, areaId: string, guarded: boolean, random: Random): Resident {
  const { lat, lon } = moved(centre, random.between(-spreadM, spreadM), random.between(-spreadM, spreadM));
  return {
    id: `r${String(index + 1).padStart(3, '0')}`,
    name: `住户${index + 1}`,
    areaId,
    birthDate: `${random.whole(1932, 1956)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`,
    home: { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), datum: 'WGS84' },
    riskTier: random.pick(['green', 'green', 'blue', 'blue', 'yellow', 'orange', 'red']),
    cognitiveRisk: guarded,
    livesAlone: true,
    hasPet: random.chance(0.15),
    contacts: [],
  };
}

const fittings: readonly {
  readonly name: keyof typeof share;
  readonly kind: DeviceKind;
  readonly room?: string;
  readonly behindHub?: true;
}[] = [
  { name: 'band', kind: 'wristband' },
  { name: 'button', kind: 'callButton', room: roomNames.livingRoom },
  { name: 'living', kind: 'motionSensor', room: roomNames.livingRoom, behindHub: true },
  { name: 'bedroom', kind: 'motionSensor', room: roomNames.bedroom, behindHub: true },
  { name: 'door', kind: 'doorSensor', room: '门口', behindHub: true },
  { name: 'smoke', kind: 'smokeDetector', room: roomNames.kitchen },
];

function devicesOf(residentId: string, has: (name: keyof typeof share) => boolean): DeviceEntry[] {
  const hubId = `${residentId}-hub`;
  const here = fittings.filter(({ name }) => has(name));
  const devices: DeviceEntry[] = here.map(({ name, kind, room, behindHub }) => ({
    id: `${residentId}-${name}`,
    kind,
    residentId,
    ...(room && { room }),
    ...(behindHub && { hubId }),
  }));
  return here.some(({ behindHub }) => behindHub) ? [...devices, { id: hubId, kind: 'hub', residentId }] : devices;
}

/** The document a service would import. */
export function documentOf(people: readonly Person[]): CommunityDocument {
  return {
    areas: [...areas],
    residents: people.map(({ resident }) => ({ ...resident, contacts: [] })),
    devices: people.flatMap(({ devices }) => [...devices.values()]),
    zones: [...people.flatMap(zonesOf), waterZone()],
    users: [],
    policies: [],
    rosters: [],
    silences: [],
  };
}

function zonesOf({ resident, ground }: Person): ZoneEntry[] {
  if (ground === undefined) return [];
  const { id, home } = resident;
  const { radiusM, middle, corridor } = ground;
  const { lat, lon } = moved(home, middle.eastM, middle.northM);
  const safe = { residentId: id, kind: 'safe', datum: 'WGS84' } as const;
  const circle: ZoneEntry = {
    ...safe,
    id: `${id}-safe`,
    name: '安全区',
    shape: { type: 'circle', center: { lat, lon }, radiusM },
  };
  if (corridor === undefined) return [circle];
  const corner = (along: number, aside: number): number[] => {
    const at = towards(towards(home, corridor.bearingRad, along), corridor.bearingRad + Math.PI / 2, aside);
    return [at.lon, at.lat];
  };
  const { lengthM, halfWidthM: half } = corridor;
  const ring = [corner(0, -half), corner(lengthM, -half), corner(lengthM, half), corner(0, half), corner(0, -half)];
  const way: ZoneEntry = {
    ...safe,
    id: `${id}-way`,
    name: '去日间照料中心的路',
    shape: { type: 'Polygon', coordinates: [ring] },
    schedule: { from: corridor.from, to: corridor.to },
  };
  return [circle, way];
}

function waterZone(): ZoneEntry {
  const ring = ringAround(moved(centre, water.eastM, water.northM), water.radiusM, 24);
  return {
    id: 'water',
    areaId: communityAreaId,
    name: '水域',
    kind: 'forbidden',
    shape: { type: 'Polygon', coordinates: [ring] },
    datum: 'WGS84',
  };
}
