import type { Reading } from '../../../model/reading.ts';
import type { Town } from '../../api/support/town.ts';

const surnames = ['王', '陈', '林', '黄', '郑', '吴', '欧阳', '蔡', '许', '叶'];
const given = ['秀英', '国栋', '阿妹', '建国', '素珍', '文彬', '丽华', '志强', '玉兰', '美玲'];
const streets = 10;
const communitiesOfStreet = 10;
/** South-west corner of the district, and how far it reaches: some 9 by 16 km. */
const corner = { lat: 24.43, lon: 118.05 };
const reachDeg = { lat: 0.08, lon: 0.16 };
/** A prime number scatters homes evenly over a community, the same ones each time. */
const scatter = 7_919;

/** Residents `n0`…, each with the band `b0`…, in a hundred communities of ten streets of the district `siming`; heard of a moment ago. */
export async function district(town: Town, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => i);
  await town.parts.administration.importDocument({
    areas: [
      { id: 'city', name: '厦门市', kind: 'city' },
      { id: 'siming', name: '思明区', kind: 'district', parentId: 'city' },
      ...range(streets).map((s) => ({ id: `s${s}`, name: `${s + 1}号街道`, kind: 'street', parentId: 'siming' })),
      ...range(streets * communitiesOfStreet).map((c) => ({
        id: `c${c}`,
        name: `${c + 1}号社区`,
        kind: 'community',
        parentId: `s${Math.floor(c / communitiesOfStreet)}`,
      })),
    ],
    residents: numbers.map((i) => ({
      id: `n${i}`,
      name: `${surnames[i % 10]}${given[Math.floor(i / 10) % 10]}`,
      areaId: `c${communityOf(i)}`,
      home: { ...placeOf(i), datum: 'WGS84' },
      contacts: [],
    })),
    devices: numbers.map((i) => ({ id: `b${i}`, kind: 'wristband', residentId: `n${i}` })),
  });
  await hear(
    town,
    numbers.map((i) => positionOf(town, i, 0)),
  );
}

/** These bands have told where they are, in one commit. */
export async function hear(town: Town, readings: readonly Reading[]): Promise<void> {
  await town.telemetry.commit({ readings: [...readings], states: new Map(), signals: [], quarantined: [] });
  for (const reading of readings) town.api.readingCommitted(reading);
}

/** Where resident `i` is after so many steps of 200 m to the north, and back home after five. */
export function positionOf(town: Town, i: number, steps: number): Reading {
  const { lat, lon } = placeOf(i);
  return {
    id: `walk-${i}-${steps}`,
    deviceId: `b${i}`,
    kind: 'wristband',
    subjectId: `n${i}`,
    lane: 'telemetry',
    takenAtMs: town.nowMs,
    receivedAtMs: town.nowMs,
    late: false,
    facts: { position: { lat: lat + (steps % 6) * 0.0018, lon, accuracyM: 12 } },
  };
}

const range = (length: number) => Array.from({ length }, (_, i) => i);
const communityOf = (i: number) => i % (streets * communitiesOfStreet);

/** Streets lie five in a row, and so do the communities of each. */
function placeOf(i: number): { readonly lat: number; readonly lon: number } {
  const [street, community] = [Math.floor(communityOf(i) / 10), communityOf(i) % 10];
  const column = (street % 5) * 5 + (community % 5);
  const row = Math.floor(street / 5) * 2 + Math.floor(community / 5);
  const within = (Math.floor(i / (streets * communitiesOfStreet)) * scatter) % 10_000;
  const [north, east] = [Math.floor(within / 100) / 100, (within % 100) / 100];
  return {
    lat: corner.lat + ((row + north * 0.9) * reachDeg.lat) / 4,
    lon: corner.lon + ((column + east * 0.9) * reachDeg.lon) / 25,
  };
}
