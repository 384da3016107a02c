import { expect, test, vi } from 'vitest';
import { groupsOf } from '../../api/kpi-groups.ts';
import { Directory } from '../../model/directory.ts';
import type { Area, Resident } from '../../model/people.ts';
import type { VisitCase } from '../../model/visit-cases.ts';
import { alert } from '../store/support/facts.ts';

const timeZone = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`2026-03-${text.replace(' ', 'T')}:00+08:00`);
const range = { fromMs: at('01 00:00'), toMs: at('04 00:00') };
const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' } as const;
const areas: readonly Area[] = [
  { id: 'city', name: 'City', kind: 'city' },
  ...['east', 'west', 'north'].map((id): Area => ({ id, name: id, kind: 'street', parentId: 'city' })),
  { id: 'grid', name: 'Grid', kind: 'grid', parentId: 'east' },
];

/** Of ten people every second lives in the grid of East Street, the others in West Street; each was seen on the 2nd. */
function city() {
  const directory = new Directory();
  for (const entity of areas) directory.apply({ kind: 'areas', id: entity.id, entity });
  const people = Array.from({ length: 10 }, (_, i): Resident => {
    return { id: `r${i}`, name: 'x', areaId: i % 2 === 0 ? 'grid' : 'west', home, contacts: [] };
  });
  for (const entity of people) directory.apply({ kind: 'residents', id: entity.id, entity });
  const visits = people.map(({ id }): VisitCase => ({ residentId: id, atMs: at('02 09:00'), isOnTime: true }));
  return { directory, visits, timeZone, range, residentIds: new Set(directory.residents.keys()) };
}
const alerts = [
  alert({ id: 'a', areaId: 'grid', openedAtMs: at('01 00:00') }),
  alert({ id: 'b', areaId: 'east', openedAtMs: at('02 23:59') }),
  alert({ id: 'c', areaId: 'west', openedAtMs: at('03 00:00') }),
];
const shown = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ key, alerts: theirs, visits, of }) => [
    key,
    theirs.map(({ id }) => id).join(''),
    visits.length,
    of.residents,
  ]);

test('by area: what lies anywhere below counts; a quiet area is there too', () => {
  const all = shown(groupsOf(alerts, 'area', { ...city(), areaId: 'city' }));
  expect(all).toEqual([
    ['total', 'abc', 10, 10],
    ['east', 'ab', 5, 5],
    ['west', 'c', 5, 5],
    ['north', '', 0, 0],
  ]);
  expect(shown(groupsOf(alerts, 'area', { ...city(), areaId: undefined })).at(-1)).toEqual(['city', 'abc', 10, 10]);
});

test('by day, on the clock of the wall', () => {
  const all = shown(groupsOf(alerts, 'day', { ...city(), areaId: 'city' }));
  expect(all.slice(1)).toEqual([
    ['2026-03-01', 'a', 0, 10],
    ['2026-03-02', 'b', 10, 10],
    ['2026-03-03', 'c', 0, 10],
  ]);
});

test('a city of many people and streets holds nobody up: where a place belongs is asked once', () => {
  const grouping = city();
  const asked = vi.spyOn(grouping.directory, 'areaPath');
  groupsOf(alerts, 'area', { ...grouping, areaId: 'city' });
  expect(asked.mock.calls.length).toBeLessThanOrEqual(areas.length);
});
