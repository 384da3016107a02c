import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dutiesOf, gapsOf, onDuty } from '../../../alerts/duty/on-duty.ts';
import { Roster } from '../../../model/roster.ts';

const xiamen = 'Asia/Shanghai';
const when = (text: string) => Date.parse(`${text}+08:00`);
const every = [1, 2, 3, 4, 5, 6, 7];
const rosterOf = (parts: object) => Roster.parse({ id: 'grid-12', name: '12 网格', areaId: 'grid-12', ...parts });

const week = rosterOf({
  shifts: [
    { userId: 'li', days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' },
    { userId: 'chen', days: every, from: '20:00', to: '08:00' },
    { userId: 'wu', days: [6, 7], from: '08:00', to: '20:00' },
  ],
});

const moments = [
  { what: 'Friday noon', at: '2026-09-25T12:00:00', who: ['li'] },
  { what: 'the minute the night begins', at: '2026-09-25T20:00:00', who: ['chen'] },
  { what: 'Saturday 02:10, the night that began on Friday', at: '2026-09-26T02:10:00', who: ['chen'] },
  { what: 'Saturday noon', at: '2026-09-26T12:00:00', who: ['wu'] },
];
for (const { what, at, who } of moments) {
  test(`who is on duty: ${what}`, () => expect(onDuty(week, xiamen, when(at))).toEqual(who));
}

test('the National Day holiday counts as a Sunday, the Saturday worked for it as a Friday', () => {
  const holidays = {
    ...week,
    specialDays: [
      { date: '2026-10-01', as: 7 },
      { date: '2026-10-10', as: 5 },
    ],
  };
  expect(onDuty(holidays, xiamen, when('2026-10-01T12:00:00'))).toEqual(['wu']);
  expect(onDuty(holidays, xiamen, when('2026-10-10T12:00:00'))).toEqual(['li']);
});

test('Li is ill for two hours and Zhao comes instead', () => {
  const ill = rosterOf({
    ...week,
    overrides: [
      { from: '2026-09-25T12:00:00+08:00', to: '2026-09-25T14:00:00+08:00', userId: 'zhao', insteadOf: 'li' },
    ],
  });
  expect(onDuty(ill, xiamen, when('2026-09-25T11:59:59'))).toEqual(['li']);
  expect(onDuty(ill, xiamen, when('2026-09-25T12:00:00'))).toEqual(['zhao']);
  expect(onDuty(ill, xiamen, when('2026-09-25T14:00:00'))).toEqual(['li']);
});

test('three people take a week each and hand over on Monday at 08:00, before the first week too', () => {
  const turns = rosterOf({
    rotations: [{ userIds: ['a', 'b', 'c'], startsOn: '2026-09-07', everyDays: 7, handOverAt: '08:00' }],
  });
  const who = (at: string) => onDuty(turns, xiamen, when(at));
  expect(who('2026-09-07T08:00:00')).toEqual(['a']);
  expect(who('2026-09-14T07:59:59')).toEqual(['a']);
  expect(who('2026-09-14T08:00:00')).toEqual(['b']);
  expect(who('2026-09-21T08:00:00')).toEqual(['c']);
  expect(who('2026-09-28T08:00:00')).toEqual(['a']);
  expect(who('2026-09-07T07:59:59')).toEqual(['c']);
});

test('the night the clocks go forward is one hour shorter, and nobody is missing in it', () => {
  const berlin = rosterOf({
    timeZone: 'Europe/Berlin',
    shifts: [
      { userId: 'day', days: every, from: '08:00', to: '20:00' },
      { userId: 'night', days: every, from: '20:00', to: '08:00' },
    ],
  });
  const from = Date.parse('2026-03-28T20:00:00+01:00');
  const [night] = dutiesOf([berlin], xiamen, from, from + 24 * 3_600_000);
  expect(night).toEqual({ fromMs: from, toMs: from + 11 * 3_600_000, userIds: ['night'] });
  expect(gapsOf([berlin], xiamen, from, from + 7 * 24 * 3_600_000)).toEqual([]);
});

test('a gap is found, and one roster fills that of another', () => {
  const noEvening = rosterOf({ shifts: [{ userId: 'li', days: every, from: '08:00', to: '20:00' }] });
  const day = { from: when('2026-09-25T00:00:00'), to: when('2026-09-26T00:00:00') };
  expect(gapsOf([noEvening], xiamen, day.from, day.to).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [day.from, when('2026-09-25T08:00:00')],
    [when('2026-09-25T20:00:00'), day.to],
  ]);
  expect(gapsOf([noEvening, week], xiamen, day.from, day.to)).toEqual([]);
});

test('an override without an end after its beginning is refused with its path', () => {
  const wrong = Roster.safeParse({
    ...week,
    overrides: [{ from: '2026-09-25T14:00:00+08:00', to: '2026-09-25T12:00:00+08:00', userId: 'zhao' }],
  });
  expect(wrong.error?.issues.map(({ path }) => path.join('.'))).toEqual(['overrides.0.to']);
});

const clockChanges = [
  { timeZone: 'Europe/Berlin', days: ['2026-03-28', '2026-10-24'] },
  { timeZone: 'America/New_York', days: ['2026-03-07', '2026-10-31'] },
  { timeZone: 'Australia/Lord_Howe', days: ['2026-04-04', '2026-10-03'] },
].flatMap(({ timeZone, days }) => days.map((day) => ({ timeZone, fromMs: Date.parse(`${day}T00:00:00Z`) })));

test('where clocks are changed, the plan says of each minute what holds at that minute', () => {
  const time = fc.integer({ min: 0, max: 191 }).map((n) => `0${Math.floor(n / 48)}:${String((n % 48) + 10)}`);
  const change = fc.constantFrom(...clockChanges);
  fc.assert(
    fc.property(time, time, change, (from, to, { timeZone, fromMs }) => {
      const roster = rosterOf({ shifts: [{ userId: 'li', days: every, from, to }] });
      const toMs = fromMs + 72 * 3_600_000;
      for (const duty of dutiesOf([roster], timeZone, fromMs, toMs))
        for (let atMs = duty.fromMs; atMs < duty.toMs; atMs += 60_000)
          expect(onDuty(roster, timeZone, atMs), new Date(atMs).toISOString()).toEqual(duty.userIds);
    }),
    { numRuns: 30 },
  );
});
