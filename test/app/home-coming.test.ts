import { expect, test } from 'vitest';
import { homeComing } from '../../app/home-coming.ts';
import { Directory } from '../../model/directory.ts';
import type { Resident } from '../../model/people.ts';
import { rules } from '../../rules/index.ts';
import { Watch } from '../../rules/watch.ts';
import { door, moves } from '../rules/support/days.ts';
import { at, timeZone } from '../rules/support/home.ts';

const friday = '2025-11-24T18:00:00+08:00';

/** A flat whose resident is away until Friday, by her family's word, with the real rules watching. */
function flat(moreSensors: readonly string[] = []) {
  const directory = new Directory();
  const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' as const };
  const wang: Resident = { id: 'wang', name: '王秀英', areaId: 'siming', home, contacts: [], awayUntil: friday };
  const write = (resident: Resident) => directory.apply({ kind: 'residents', id: 'wang', entity: resident });
  directory.apply({ kind: 'areas', id: 'siming', entity: { id: 'siming', name: '思明', kind: 'district' } });
  write(wang);
  const sensors = ['lounge', ...moreSensors].map((id) => [id, 'motionSensor'] as const);
  for (const [id, kind] of [['door', 'doorSensor'] as const, ...sensors])
    directory.apply({ kind: 'devices', id, entity: { id, kind, residentId: 'wang' } });
  const watch = new Watch({ rules, areaRules: [], directory, timeZone, listeningSinceMs: 0 });
  const hears = (readings: ReturnType<typeof door>) => {
    for (const reading of readings) watch.step(reading, reading.receivedAtMs);
  };
  hears([moves('lounge', at('07:50')), ...door(at('07:55')), ...door(at('08:05'))]);
  return { directory, watch, hears, write, wang };
}

test('her family reads when she came home early; after she left again, or after another word, it does not', () => {
  const { directory, watch, hears, write, wang } = flat();
  const known = () => homeComing(watch, directory, 'wang');
  expect(known()).toBeUndefined();
  hears([...door(at('15:00', 1)), moves('lounge', at('15:02', 1))]);
  expect(known()).toBe(at('15:02', 1));
  const restarted = new Watch({ rules, areaRules: [], directory, timeZone, listeningSinceMs: 0 });
  restarted.restore('wang', watch.stateOf('wang'));
  expect(homeComing(restarted, directory, 'wang')).toBe(at('15:02', 1));
  write({ ...wang, awayUntil: '2025-11-26T18:00:00+08:00' });
  expect(known()).toBeUndefined();
  write(wang);
  hears(door(at('16:00', 1)));
  expect(known()).toBeUndefined();
});

test('in a home with so many sensors that its memory is packed on its way to the disk, it is known as well', () => {
  const corners = Array.from({ length: 60 }, (_, nth) => `corner-${nth}`);
  const { directory, watch, hears } = flat(corners);
  hears(corners.map((id) => moves(id, at('08:03'))));
  hears([...door(at('15:00', 1)), moves('lounge', at('15:02', 1))]);
  expect(watch.stateOf('wang')).toMatch(/^z/);
  expect(homeComing(watch, directory, 'wang')).toBe(at('15:02', 1));
});

test('nobody said that she is away: there is nothing to tell, and a stranger is nobody', () => {
  const { directory, watch, write, wang } = flat();
  const { awayUntil: _awayUntil, ...atHome } = wang;
  write(atHome);
  expect(homeComing(watch, directory, 'wang')).toBeUndefined();
  expect(homeComing(watch, directory, 'nobody')).toBeUndefined();
});
