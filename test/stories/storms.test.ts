import { expect } from 'vitest';
import { silence } from './support/community.ts';
import { story } from './support/story.ts';

const daughter = { family: { daughter: ['webhook'] } } as const;
const attention = { severity: 'P3' } as const;
const maintenance = { severity: 'P4' } as const;

story('three things to look at within half a minute are one message', daughter, async (night) => {
  await night.raises('vitals', attention);
  await night.moveTo('02:10:10');
  await night.raises('zoneExit', attention);
  await night.moveTo('02:10:20');
  await night.raises('inactivity', attention);
  await night.moveTo('02:12');
  night.told('02:10:30 daughter by webhook: P3 inactivity+vitals+zoneExit');
});

story('what is over before half a minute has passed disturbs nobody', daughter, async (night) => {
  await night.raises('vitals', attention);
  const { id } = night.alert();
  await night.moveTo('02:10:20');
  await night.clears('vitals', attention);
  await night.moveTo('02:12');
  expect(await night.states(id)).toEqual(['daughter by webhook: withheld']);
});

story(
  'while she calls for help nobody reads of her battery; when that is over and her pulse is still wrong, they do',
  daughter,
  async (night) => {
    await night.raises('sos');
    await night.raises('vitals', attention);
    await night.raises('inactivity', attention);
    await night.does('daughter', 'enRoute', { on: 'sos' });
    await night.moveTo('02:14');
    night.told('02:10 daughter by webhook: P1 sos');
    await night.clears('inactivity', attention);
    await night.does('daughter', 'resolve', { on: 'sos', outcome: 'helped' });
    await night.moveTo('02:15');
    night.told('02:14 daughter by webhook: P3 vitals');
  },
);

story(
  'a sensor that comes and goes is told four times and then held open, until it has been quiet for an hour',
  daughter,
  async (night) => {
    for (const minute of ['10', '15', '20', '25', '30']) {
      await night.moveTo(`02:${minute}`);
      await night.raises('vitals', attention);
      await night.moveTo(`02:${Number(minute) + 2}`);
      await night.clears('vitals', attention);
    }
    night.told(
      '02:10:30 daughter by webhook: P3 vitals',
      '02:15:30 daughter by webhook: P3 vitals',
      '02:20:30 daughter by webhook: P3 vitals',
      '02:25:30 daughter by webhook: P3 vitals',
    );
    expect(night.alert().state).toBe('open');
    await night.moveTo('03:31:59');
    expect(night.desk.open().length).toBe(1);
    await night.moveTo('03:32');
    expect(night.desk.open()).toEqual([]);
    night.told('02:40:30 worker by sse: P3 vitals');
  },
);

story(
  'ten messages in ten minutes are enough: the rest becomes one, and an emergency goes at once all the same',
  daughter,
  async (night) => {
    for (let nth = 0; nth < 10; nth += 1) {
      await night.raises('fall', { severity: 'P2', id: `fall ${nth}` });
      await night.does('daughter', 'resolve', { outcome: 'allWell' });
      night.told('02:10 daughter by webhook: P2 fall');
    }
    await night.raises('vitals', attention);
    await night.raises('inactivity', attention);
    await night.moveTo('02:15');
    await night.raises('sos');
    night.told('02:15 daughter by webhook: P1 sos');
    await night.does('daughter', 'resolve', { on: 'sos', outcome: 'allWell' });
    await night.moveTo('02:24');
    night.told('02:20 daughter by webhook: P3 inactivity+vitals');
  },
);

story(
  'nine o’clock: one message with all that is open, nothing of what is over, and none twice after a restart',
  daughter,
  async (night) => {
    await night.raises('batteryLow', maintenance);
    await night.raises('tamper', maintenance);
    await night.raises('notWorn', maintenance);
    await night.moveTo('02:20');
    await night.clears('notWorn', maintenance);
    await night.moveTo('09:00');
    night.told('09:00 daughter by webhook: P4 batteryLow+tamper', '09:00 worker by sse: P4 batteryLow+tamper');
    await night.killedUntil('09:05');
    await night.moveTo('09:30');
  },
);

story(
  'works in the street: what falls silent is kept and told when they are over; her call for help is told at once',
  daughter,
  async (night) => {
    silence(night, '02:00', '03:00', { areaId: 'street' });
    await night.raises('contactLost', { severity: 'P2' });
    await night.moveTo('02:30');
    night.told();
    await night.raises('sos');
    await night.does('daughter', 'resolve', { on: 'sos', outcome: 'allWell' });
    await night.moveTo('03:00');
    night.told('02:30 daughter by webhook: P1 sos', '03:00 daughter by webhook: P2 contactLost');
  },
);

story(
  'a drill that tells everybody says so in each message; the smoke of that minute next door is in earnest',
  daughter,
  async (night) => {
    silence(night, '02:00', '02:30', { residentId: 'wang', exercise: true, tells: true });
    await night.raises('sos');
    await night.raises('smoke', { subjectId: 'zhao', deviceId: 'kitchen' });
    await night.moveTo('02:12');
    night.told(
      '02:10 daughter by webhook: exercise P1 sos',
      '02:10 worker by mqtt+sse: P1 smoke',
      '02:11 worker by mqtt+sse: P1 smoke',
      '02:11 worker by mqtt+sse: exercise P1 sos',
      '02:12 operator by mqtt+sse: P1 smoke',
      '02:12 worker by mqtt+sse: exercise P1 sos',
    );
  },
);

story(
  'a drill that tells nobody holds back everything, and nothing of it is told when it is over',
  daughter,
  async (night) => {
    silence(night, '02:00', '02:30', { areaId: 'street', exercise: true });
    await night.raises('sos');
    await night.does('operator', 'resolve', { outcome: 'drill' });
    await night.moveTo('03:00');
  },
);

story(
  'her band is in test mode: her presses are a test until it ends, and then a press is in earnest',
  daughter,
  async (night) => {
    silence(night, '02:05', '02:20', { deviceId: 'band', exercise: true, tells: true });
    await night.raises('sos');
    await night.does('operator', 'resolve', { outcome: 'tested' });
    await night.moveTo('02:20');
    await night.raises('sos');
    night.told('02:10 daughter by webhook: exercise P1 sos', '02:20 daughter by webhook: P1 sos');
  },
);
