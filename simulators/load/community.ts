import type { CommunityDocument } from '../../model/community.ts';
import { loadDeviceId } from './options.ts';

const centre = { lat: 24.4451, lon: 118.0823 };
/** Every n-th resident has a safe zone, so that the rules have geometry to do. */
const residentsPerZone = 4;

/** Token of a device of `loadCommunity`: known to everybody, for measuring only. */
export function loadToken(deviceId: string): string {
  return `token-of-${deviceId}-0123456789abcdef`;
}

/**
 * The import document for a load run: a resident with a wristband for each device, some with a safe zone of 300 m. With
 * `zonesEach` everybody has so many: the one around their home, and forbidden ones farther and farther away.
 */
export function loadCommunity(devices: number, zonesEach?: number): CommunityDocument {
  const indexes = Array.from({ length: devices }, (_, index) => index);
  return {
    areas: [
      { id: 'load-city', name: 'Load city', kind: 'city' },
      { id: 'load-street', name: 'Load street', kind: 'street', parentId: 'load-city' },
    ],
    residents: indexes.map((index) => ({
      id: `load-resident-${index}`,
      name: `Resident ${index}`,
      areaId: 'load-street',
      home: { ...centre, datum: 'WGS84' },
      contacts: [],
    })),
    devices: indexes.map((index) => {
      const id = loadDeviceId(index);
      return { id, kind: 'wristband', residentId: `load-resident-${index}`, token: loadToken(id) };
    }),
    zones:
      zonesEach === undefined ? indexes.filter(hasZone).map(zoneOf) : indexes.flatMap((i) => zonesOf(i, zonesEach)),
    users: [],
    policies: [],
    rosters: [],
    silences: [],
  };
}

function hasZone(index: number): boolean {
  return index % residentsPerZone === 0;
}

function zonesOf(index: number, count: number): CommunityDocument['zones'] {
  const farther = Array.from({ length: count - 1 }, (_, number) => forbiddenZone(index, number + 1));
  return [zoneOf(index), ...farther];
}

function forbiddenZone(index: number, number: number): CommunityDocument['zones'][number] {
  const center = { ...centre, lat: centre.lat + number * 0.01 };
  const shape = { type: 'circle', center, radiusM: 100 } as const;
  return { ...zoneOf(index), id: `load-zone-${index}-${number}`, name: `Water ${number}`, kind: 'forbidden', shape };
}

function zoneOf(index: number): CommunityDocument['zones'][number] {
  return {
    id: `load-zone-${index}`,
    residentId: `load-resident-${index}`,
    name: 'Home',
    kind: 'safe',
    shape: { type: 'circle', center: centre, radiusM: 300 },
    datum: 'WGS84',
  };
}
