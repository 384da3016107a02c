import { expect, test } from 'vitest';
import { fromWgs84 } from '../../model/datum.ts';
import { Directory } from '../../model/directory.ts';
import { buildHousehold } from '../../rules/household.ts';
import { home, homeZone, lake, timeZone } from './support/home.ts';

function community(): Directory {
  const directory = new Directory();
  const drawn = fromWgs84(home, 'GCJ02');
  directory.apply({ kind: 'areas', id: 'siming', entity: { id: 'siming', name: '思明', kind: 'district' } });
  for (const id of ['wang', 'li']) {
    const entity = { id, name: id, areaId: 'siming', home: { ...drawn, datum: 'GCJ02' as const }, contacts: [] };
    directory.apply({ kind: 'residents', id, entity });
  }
  directory.apply({ kind: 'zones', id: 'home', entity: homeZone });
  const { residentId: _wang, ...shared } = lake;
  directory.apply({ kind: 'zones', id: 'lake', entity: { ...shared, areaId: 'siming' } });
  directory.apply({ kind: 'devices', id: 'band-1', entity: { id: 'band-1', kind: 'wristband', residentId: 'wang' } });
  directory.apply({ kind: 'devices', id: 'spare', entity: { id: 'spare', kind: 'callButton' } });
  return directory;
}

test('a home is the resident, the devices, and the zones of resident and areas, all in WGS-84', () => {
  const found = buildHousehold(community(), 'wang', timeZone);
  expect([...found.devices.keys()]).toEqual(['band-1']);
  expect(found.zones.all.map(({ zone }) => zone.id)).toEqual(['home', 'lake']);
  expect(found.home?.lat).toBeCloseTo(home.lat, 5);
  expect(found.home?.lon).toBeCloseTo(home.lon, 5);
});

test('neighbours share the prepared zone of their area', () => {
  const directory = community();
  const [wang, li] = ['wang', 'li'].map((id) => buildHousehold(directory, id, timeZone));
  expect(li?.zones.all).toHaveLength(1);
  expect(li?.zones.all[0]).toBe(wang?.zones.all[1]);
});

test('a zone that was moved is prepared anew', () => {
  const directory = community();
  const before = buildHousehold(directory, 'wang', timeZone).zones.all[0];
  const center = { lat: 24.5, lon: 118.1 };
  const moved = { ...homeZone, shape: { type: 'circle' as const, center, radiusM: 300 } };
  directory.apply({ kind: 'zones', id: 'home', entity: moved });
  const after = buildHousehold(directory, 'wang', timeZone).zones.all[0];
  expect(before?.signedDistanceM(center.lat, center.lon)).toBeGreaterThan(5000);
  expect(after?.signedDistanceM(center.lat, center.lon)).toBeCloseTo(-300, 6);
});

test('a device that belongs to nobody is a home of its own', () => {
  const found = buildHousehold(community(), '~spare', timeZone);
  expect([...found.devices.keys()]).toEqual(['spare']);
  expect(found).toMatchObject({ resident: undefined, home: undefined, zones: { all: [] } });
});
