import booleanPointInPolygon from '@turf/boolean-point-in-polygon';
import booleanValid from '@turf/boolean-valid';
import { polygon } from '@turf/helpers';
import { expect, test } from 'vitest';
import { CommunityDocument } from '../../model/community.ts';
import { Directory } from '../../model/directory.ts';
import { dueVisit, planOf, visitState } from '../../model/visit-plan.ts';
import { withVisits } from '../../simulators/community/visits.ts';
import { generateCommunity } from '../../simulators/community.ts';
import { loadCommunity } from '../../simulators/load.ts';

const community = generateCommunity({ seed: 'demo' });

test('the same seed makes the same community, another seed another one', () => {
  expect(generateCommunity({ seed: 'demo' })).toEqual(community);
  expect(generateCommunity({ seed: 'other' }).residents).not.toEqual(community.residents);
});

test('it is a document the service can import', () => {
  expect(CommunityDocument.parse(structuredClone(community))).toEqual(community);
  expect(CommunityDocument.parse(loadCommunity(8)).devices).toHaveLength(8);
});

test('50 residents with some 200 devices, every kind of thing in it', () => {
  expect(community.residents).toHaveLength(50);
  expect(community.devices.length).toBeGreaterThanOrEqual(200);
  const kinds = new Set(community.devices.map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['wristband', 'callButton', 'smokeDetector', 'motionSensor', 'doorSensor']));
  expect(new Set(community.users.map(({ role }) => role))).toEqual(new Set(['operator', 'responder', 'family']));
  expect(new Set(community.areas.map(({ kind }) => kind)).size).toBe(5);
});

test('every reference leads somewhere and every id is used once', () => {
  const directory = new Directory();
  for (const entity of community.areas) directory.apply({ kind: 'areas', id: entity.id, entity });
  for (const { areaId } of community.residents) expect(directory.areaPath(areaId)).toHaveLength(5);
  const residents = new Set(community.residents.map(({ id }) => id));
  const owners = [...community.devices, ...community.zones].flatMap(({ residentId }) => residentId ?? []);
  expect(owners.filter((id) => !residents.has(id))).toEqual([]);
  for (const entities of [community.residents, community.devices, community.zones, community.users]) {
    expect(new Set(entities.map(({ id }) => id)).size).toBe(entities.length);
  }
});

test('every device has a token of its own', () => {
  expect(new Set(community.devices.map(({ token }) => token)).size).toBe(community.devices.length);
});

test('nobody outside is told unless a webhook is given', () => {
  const kinds = (document: typeof community) =>
    new Set(
      document.residents.flatMap(({ contacts }) =>
        contacts.flatMap(({ channels }) => channels.map(({ kind }) => kind)),
      ),
    );
  expect(kinds(community)).toEqual(new Set(['log']));
  expect(kinds(generateCommunity({ seed: 'demo', webhookUrl: 'http://127.0.0.1:9/hook' }))).toEqual(
    new Set(['log', 'webhook']),
  );
});

test('polygon zones are valid, hold the home, and leave out their hole', () => {
  const zones = community.zones.filter(({ shape, kind }) => shape.type === 'Polygon' && kind === 'safe');
  expect(zones.length).toBeGreaterThan(3);
  for (const { shape, residentId } of zones) {
    if (shape.type !== 'Polygon') throw new Error('filtered above');
    const area = polygon(shape.coordinates);
    const home = community.residents.find(({ id }) => id === residentId)?.home;
    expect(booleanValid(area)).toBe(true);
    expect(home && booleanPointInPolygon([home.lon, home.lat], area)).toBe(true);
    expect(shape.coordinates).toHaveLength(2);
    const [first, , , opposite] = shape.coordinates[1] ?? [];
    const middle = [(first![0]! + opposite![0]!) / 2, (first![1]! + opposite![1]!) / 2]; // a hexagon has them
    expect(booleanPointInPolygon(middle, area)).toBe(false);
  }
});

test('on whatever day the demo begins, somebody is to be visited and nobody is overdue', () => {
  const zone = 'Asia/Shanghai';
  for (let nowMs = Date.parse('2026-01-01T00:30:00+08:00'); nowMs < Date.parse('2027-01-01'); nowMs += 23 * 3_600_000) {
    const states = withVisits(community.residents, nowMs).flatMap((resident) => {
      const plan = planOf(resident);
      return plan ? [visitState(dueVisit(plan, zone), zone, nowMs)] : [];
    });
    expect(states).toContain('due');
    expect(states).not.toContain('overdue');
  }
});
