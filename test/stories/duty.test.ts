import { expect } from 'vitest';
import { employs, everyDay, roster } from './support/community.ts';
import { story } from './support/story.ts';

const nobody = { family: {} } as const;
const byDay = { userId: 'worker', days: everyDay, from: '08:00', to: '20:00' };
const byNight = { userId: 'second', days: everyDay, from: '20:00', to: '08:00' };

story(
  'nobody has the night: the centre hears of it a day before, and nothing more once somebody has',
  { ...nobody, from: '12:00' },
  async (night) => {
    employs(night, 'second', 'responder');
    roster(night, { shifts: [byDay] });
    await night.looksForGaps();
    await night.moveTo('12:30');
    night.told('12:00:30 operator by sse: P3 dutyGap');
    roster(night, { shifts: [byDay, byNight] });
    await night.looksForGaps();
    expect(night.desk.open()).toEqual([]);
    await night.moveTo('16:30');
  },
);

story(
  'nobody is on duty in the street at this moment: her call goes to the city, and not to people asleep',
  nobody,
  async (night) => {
    roster(night, { shifts: [byDay] });
    await night.raises('sos');
    night.told('02:10 operator by mqtt+sse: P1 sos');
  },
);

story(
  'the shift changes while nobody has answered: the new one is told from there on',
  { family: { daughter: ['webhook'] }, from: '07:58:30' },
  async (night) => {
    employs(night, 'second', 'responder');
    roster(night, { shifts: [byDay, byNight] });
    await night.raises('sos');
    await night.moveTo('08:00:29');
    night.told('07:58:30 daughter by webhook: P1 sos', '07:59:30 second by mqtt+sse: P1 sos');
    await night.moveTo('08:07:30');
    night.told(
      '08:00:30 second by mqtt+sse: P1 sos',
      '08:01:30 operator by mqtt+sse: P1 sos',
      '08:06:30 daughter by webhook: P1 sos',
      '08:07:30 worker by mqtt+sse: P1 sos',
    );
  },
);

story(
  'she is ill this one night: her colleague stands in, and on the holiday whoever has Sundays',
  { ...nobody, day: '2026-05-01' },
  async (night) => {
    employs(night, 'second', 'responder');
    roster(night, {
      shifts: [
        { userId: 'worker', days: [1, 2, 3, 4, 5], from: '00:00', to: '00:00' },
        { userId: 'second', days: [6, 7], from: '00:00', to: '00:00' },
      ],
      specialDays: [{ date: '2026-05-01', as: 7 }],
      overrides: [
        { from: night.wall.instant('04:00'), to: night.wall.instant('06:00'), userId: 'worker', insteadOf: 'second' },
      ],
    });
    await night.raises('sos');
    await night.does('operator', 'resolve');
    night.told('02:10 second by mqtt+sse: P1 sos');
    await night.moveTo('04:00');
    await night.raises('sos');
    night.told('04:00 worker by mqtt+sse: P1 sos');
  },
);

/** Clocks go back in Berlin: 03:00 summer time (01:00 UTC) is 02:00 again. */
const october = { timeZone: 'Europe/Berlin', day: '2026-10-25', family: {} } as const;
const berliners = [
  { userId: 'second', days: everyDay, from: '22:00', to: '02:30' },
  { userId: 'worker', days: everyDay, from: '02:30', to: '22:00' },
];

story(
  'Berlin, the night with two half past twos: a minute is a minute, and each hears of it who has that hour',
  { ...october, from: '00:29' },
  async (night) => {
    employs(night, 'second', 'responder');
    roster(night, { shifts: berliners });
    await night.raises('sos'); // 02:29 summer time
    night.told('00:29 second by mqtt+sse: P1 sos');
    await night.moveTo('00:34');
    night.told('00:30 second by mqtt+sse: P1 sos', '00:31 operator by mqtt+sse: P1 sos');
    await night.does('operator', 'resolve', { outcome: 'helped' });
    await night.raises('sos'); // 02:34 summer time
    night.told('00:34 worker by mqtt+sse: P1 sos');
    await night.does('operator', 'resolve', { outcome: 'helped' });
    await night.moveTo('01:29'); // 02:29 again, winter time now
    await night.raises('sos');
    night.told('01:29 second by mqtt+sse: P1 sos');
  },
);

story(
  'Berlin, the night without a half past two: the steps of an alert count minutes and not what the wall says',
  { timeZone: 'Europe/Berlin', day: '2026-03-29', from: '00:59', family: { daughter: ['webhook'] } },
  async (night) => {
    await night.raises('fall', { severity: 'P2' }); // 01:59, and a minute later it is 03:00
    await night.moveTo('01:14');
    night.told(
      '00:59 daughter by webhook: P2 fall',
      '01:04 worker by mqtt+sse: P2 fall',
      '01:07 worker by mqtt+sse: P2 fall',
      '01:14 operator by mqtt+sse: P2 fall',
    );
  },
);

story(
  'Berlin: nine o’clock is nine o’clock there, the morning after the change too',
  { timeZone: 'Europe/Berlin', day: '2026-10-24', from: '06:00', family: { daughter: ['webhook'] } },
  async (night) => {
    await night.raises('batteryLow', { severity: 'P4' });
    await night.moveTo('+1 09:00');
    night.told(
      '07:00 daughter by webhook: P4 batteryLow',
      '07:00 worker by sse: P4 batteryLow',
      '+1 08:00 daughter by webhook: P4 batteryLow',
      '+1 08:00 worker by sse: P4 batteryLow',
    );
  },
);
