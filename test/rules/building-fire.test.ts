import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import type { Resident } from '../../model/people.ts';
import { at, east, minuteMs } from './support/home.ts';
import { Community, city, resident } from './support/street.ts';

const detectorOf = (id: string): Device => ({ id: `smoke-${id}`, kind: 'smokeDetector', residentId: id, room: '厨房' });
const townOf = (residents: readonly Resident[]) =>
  new Community({ areas: city().areas, residents, devices: residents.map(({ id }) => detectorOf(id)) });
const flats = ['a', 'b', 'c', 'd'].map((id) => resident(id, 'g1', { building: '8 号楼' }));
const smoke = (community: Community, id: string, time: string) =>
  community.says(`smoke-${id}`, at(time), { events: ['smoke'] });
/** Without what each home concludes by itself, from an alarm that goes on. */
const told = (community: Community) => community.signals.filter(({ evidence }) => evidence.confirmedBy !== 'stillOn');
const brief = (community: Community) =>
  told(community).map(({ severity, type, subjectId, evidence }) => [
    severity,
    type,
    subjectId,
    evidence.confirmed ?? false,
  ]);

test('the first alarm goes out at once and alone; a second home of the building confirms both', () => {
  const community = smoke(townOf(flats), 'a', '08:00');
  expect(brief(community)).toEqual([['P1', 'smoke', 'a', false]]);
  smoke(community, 'b', '08:01:30');
  expect(brief(community)).toEqual([
    ['P1', 'smoke', 'a', false],
    ['P1', 'smoke', 'b', false],
    ['P1', 'smoke', 'a', true],
    ['P1', 'smoke', 'b', true],
  ]);
  expect(told(community)[2]?.evidence).toMatchObject({
    confirmedBy: 'neighbour',
    otherHomes: 1,
    neighbourAfterS: 90,
  });
  expect(JSON.stringify(told(community)[2])).not.toContain('住户b');
});

test('three homes are one incident of the building, which grows; each home keeps its own alarm', () => {
  const community = townOf(flats);
  for (const [id, time] of [
    ['a', '08:00'],
    ['b', '08:01'],
    ['c', '08:02'],
    ['d', '08:05'],
  ] as const)
    smoke(community, id, time);
  const incidents = told(community).filter(({ subjectId }) => subjectId.startsWith('@'));
  expect(incidents.map(({ subjectId, severity, evidence }) => [subjectId, severity, evidence.homeCount])).toEqual([
    [`@g1/fire-${at('08:00')}-smoke-a`, 'P1', 3],
    [`@g1/fire-${at('08:00')}-smoke-a`, 'P1', 4],
  ]);
  expect(incidents[0]?.summary.zh).toBe('网格g1 8 号楼有 3 户烟雾或燃气报警');
  const own = told(community).filter(({ evidence }) => evidence.confirmed === false);
  expect(own.map(({ subjectId, receivedAtMs }) => [subjectId, receivedAtMs])).toEqual([
    ['a', at('08:00')],
    ['b', at('08:01')],
    ['c', at('08:02')],
    ['d', at('08:05')],
  ]);
});

test('homes without a building in the records are neighbours within 30 m', () => {
  const homes = [0, 20, 45].map((metres, i) =>
    resident(`h${i}`, `g${1 + i}`, { home: { ...east(metres), datum: 'WGS84' } }),
  );
  const community = townOf(homes);
  for (const [id, time] of [
    ['h0', '08:00'],
    ['h2', '08:01'],
  ] as const)
    smoke(community, id, time);
  expect(told(community)).toHaveLength(2);
  smoke(community, 'h1', '08:02');
  const incident = community.signals.at(-1);
  expect([incident?.subjectId.split('/')[0], incident?.evidence.homeCount]).toEqual(['@street', 3]);
  const metres = community.signals.flatMap(({ evidence }) => evidence.neighbourM ?? []);
  expect(metres.sort()).toEqual([20, 20, 25]);
});

const alone = [
  ['another building', resident('x', 'g1', { building: '9 号楼' }), '08:02'],
  ['the same name in another grid', resident('x', 'g2', { building: '8 号楼' }), '08:02'],
  ['eight minutes later', resident('x', 'g1', { building: '8 号楼' }), '08:08'],
  ['a house 200 m away', resident('x', 'g1', { home: { ...east(200), datum: 'WGS84' } }), '08:02'],
] as const;
for (const [what, other, time] of alone) {
  test(`${what} confirms nothing`, () => {
    const community = townOf([...flats, other]);
    expect(brief(smoke(smoke(community, 'a', '08:00'), 'x', time))).toEqual([
      ['P1', 'smoke', 'a', false],
      ['P1', 'smoke', 'x', false],
    ]);
  });
}

test('a fire that goes on is confirmed by a neighbour twenty minutes later; a detector that repeats itself is one home', () => {
  const community = townOf(flats);
  for (let minute = 0; minute < 20; minute++)
    community.says('smoke-a', at('08:00') + minute * minuteMs, { smoke: true });
  expect(told(community).some(({ evidence }) => evidence.confirmedBy === 'neighbour')).toBe(false);
  smoke(community, 'b', '08:21');
  expect(
    community.signals.filter(({ evidence }) => evidence.confirmedBy === 'neighbour').map(({ subjectId }) => subjectId),
  ).toEqual(['a', 'b']);
});

test('killed and restored between any two alarms, the same is said', () => {
  const live = (restarting: boolean) => {
    const community = townOf(flats);
    for (const [id, time] of [
      ['a', '08:00'],
      ['b', '08:01'],
      ['c', '08:02'],
      ['d', '08:05'],
    ] as const) {
      smoke(community, id, time);
      if (restarting) community.restart();
    }
    return community.signals;
  };
  expect(live(true)).toEqual(live(false));
});
