import { expect } from 'vitest';
import { dismisses, employs, resident } from './support/community.ts';
import { story } from './support/story.ts';

const alone = { family: { daughter: ['webhook'] } } as const;
const nobody = { family: {} } as const;
const outOfOrder = { status: 503 };

story(
  '02:10 SOS, the daughter’s phone is off, the grid worker claims at 02:12, does not move, 02:17 the centre is told',
  alone,
  async (night) => {
    night.mood('webhook', 'daughter', outOfOrder);
    await night.raises('sos');
    await night.moveTo('02:11:59');
    await night.does('worker', 'claim');
    await night.moveTo('02:16');
    night.told(
      '02:10 daughter by webhook: P1 sos (answered 503)',
      '02:10:02 daughter by webhook: P1 sos (answered 503)',
      '02:10:07 daughter by webhook: P1 sos (answered 503)',
      '02:10:17 daughter by webhook: P1 sos (answered 503)',
      '02:10:37 daughter by webhook: P1 sos (answered 503)',
      '02:11 worker by mqtt+sse: P1 sos',
      '02:11:07 daughter by webhook: P1 sos (answered 503)',
    );
    night.mood('webhook', 'daughter', undefined);
    await night.moveTo('02:16:58');
    night.told('02:16:07 daughter by webhook: P1 sos');
    expect(night.alert()).toMatchObject({ state: 'acknowledged', assignee: 'worker' });
    await night.moveTo('02:16:59');
    night.told('02:16:59 operator by mqtt+sse: P1 sos');
    expect(night.alert().state).toBe('open');
    expect(night.alert().assignee).toBeUndefined();
  },
);

story(
  'a P2 somebody only acknowledged is open again after a quarter of an hour, and the centre hears of it',
  {},
  async (night) => {
    await night.raises('fall', { severity: 'P2' });
    night.told('02:10 daughter by webhook: P2 fall');
    await night.moveTo('02:11');
    await night.does('daughter', 'acknowledge');
    await night.moveTo('02:25:59');
    night.told();
    expect(night.alert().state).toBe('acknowledged');
    await night.moveTo('02:26');
    night.told(
      '02:26 operator by mqtt+sse: P2 fall',
      '02:26 son by webhook: P2 fall',
      '02:26 worker by mqtt+sse: P2 fall',
    );
  },
);

story('she sets out in time: nobody is told, however long the way is', {}, async (night) => {
  await night.raises('sos');
  await night.does('worker', 'claim');
  await night.moveTo('02:14');
  await night.does('worker', 'enRoute');
  await night.moveTo('03:00');
  night.told('02:10 daughter by webhook: P1 sos');
});

story(
  'nobody claims the offer: after 60 seconds the nearest is sent by name, and others may still go',
  nobody,
  async (night) => {
    await night.raises('sos');
    night.told('02:10 worker by mqtt+sse: P1 sos');
    expect(night.alert().handling?.offer?.userIds).toEqual(['worker']);
    await night.moveTo('02:10:59');
    night.told();
    await night.moveTo('02:11');
    night.told('02:11 worker by mqtt+sse: P1 sos');
    expect(night.alert()).toMatchObject({ state: 'open', assignee: 'worker' });
    await night.does('operator', 'claim');
    expect(night.alert()).toMatchObject({ state: 'acknowledged', assignee: 'operator' });
  },
);

story(
  'two responders claim in the same moment: one has it, the other hears who, and nobody is sent',
  nobody,
  async (night) => {
    employs(night, 'second', 'responder');
    await night.raises('sos');
    night.told('02:10 second by mqtt+sse: P1 sos', '02:10 worker by mqtt+sse: P1 sos');
    const both = await Promise.allSettled([night.does('second', 'claim'), night.does('worker', 'claim')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { code: 'conflict', message: expect.stringContaining('by second') } });
    await night.does('second', 'enRoute');
    await night.moveTo('02:30');
  },
);

story('she passes it on: her brother is told at once, and the others a minute after him', {}, async (night) => {
  await night.raises('sos');
  await night.does('daughter', 'claim');
  await night.moveTo('02:10:30');
  await night.does('daughter', 'pass');
  await night.does('daughter', 'pass'); // a double click
  night.told(
    '02:10 daughter by webhook: P1 sos',
    '02:10:30 son by webhook: P1 sos',
    '02:10:30 worker by mqtt+sse: P1 sos',
  );
  await night.does('worker', 'enRoute');
});

story(
  'the centre assigns it to somebody who may go; he does not set out, and it is taken back',
  alone,
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:10:20');
    await expect(night.does('operator', 'assign', { assignee: 'viewer' })).rejects.toMatchObject({
      code: 'badRequest',
    });
    await night.does('operator', 'assign', { assignee: 'worker' });
    expect(night.alert()).toMatchObject({ state: 'acknowledged', assignee: 'worker' });
    await night.moveTo('02:15:19');
    night.told('02:10 daughter by webhook: P1 sos');
    await night.moveTo('02:15:20');
    night.told('02:15:20 operator by mqtt+sse: P1 sos', '02:15:20 worker by mqtt+sse: P1 sos');
  },
);

story(
  'smoke, a fall and an empty battery in one home are one visit: who goes for one goes for all, and closes each',
  alone,
  async (night) => {
    await night.raises('smoke');
    await night.raises('fall', { severity: 'P2' });
    await night.raises('batteryLow', { severity: 'P4' });
    night.told('02:10 daughter by webhook: P1 smoke', '02:10 daughter by webhook: P2 fall');
    await night.does('worker', 'enRoute', { on: 'smoke' });
    await night.does('worker', 'arrive', { on: 'fall' });
    expect(night.desk.open().map(({ type, state }) => `${type} ${state}`)).toEqual([
      'smoke arrived',
      'fall arrived',
      'batteryLow open',
    ]);
    await night.does('worker', 'resolve', { on: 'smoke', outcome: 'cooking' });
    await night.does('worker', 'resolve', { on: 'fall', outcome: 'helped' });
    await night.moveTo('03:00');
    expect(night.desk.open().map(({ type }) => type)).toEqual(['batteryLow']);
  },
);

story(
  'closed with what it was, called back, rated; the card for 120 and who rang whom stay in the time line',
  alone,
  async (night) => {
    resident(night, { address: '前埔路 1 号 502', conditions: '高血压', entry: 'key safe 4711' });
    await night.raises('sos');
    night.told('02:10 daughter by webhook: P1 sos');
    const { id } = night.alert();
    await night.moveTo('02:10:40');
    await night.does('operator', 'claim');
    await night.notes('operator', id, { kind: 'called', number: '120', result: 'on the way, 12 minutes' });
    await night.does('operator', 'enRoute');
    expect(night.card().say.en).toMatch(
      /^Address: 前埔路 1 号 502, AMap coordinates .*Conditions: 高血压\. How to get in: key safe 4711/,
    );
    const early = night.notes('operator', id, { kind: 'calledBack', reached: true, rating: 5 });
    await expect(early).rejects.toMatchObject({ code: 'conflict' });
    await night.moveTo('02:40');
    await night.does('operator', 'resolve', { outcome: 'hospital', note: 'taken to Zhongshan' });
    await night.moveTo('04:00');
    await night.notes('operator', id, { kind: 'calledBack', reached: true, rating: 4 });
    expect(await night.records.alert(id)).toMatchObject({ state: 'resolved', outcome: 'hospital', rating: 4 });
    expect((await night.timeline(id)).slice(2)).toEqual([
      '02:10:40 claim operator',
      '02:10:40 called operator',
      '02:10:40 enRoute operator',
      '02:40 resolve operator',
      '04:00 calledBack operator',
    ]);
  },
);

story('closed by mistake and opened again: everybody hears of it as if it were new', alone, async (night) => {
  await night.raises('sos');
  const { id } = night.alert();
  await night.does('daughter', 'resolve', { outcome: 'falseAlarm' });
  await night.moveTo('02:20');
  night.told('02:10 daughter by webhook: P1 sos');
  await night.desk.act(id, { action: 'reopen' }, night.user('operator'), night.nowMs);
  await night.moveTo('02:21');
  night.told('02:20 daughter by webhook: P1 sos', '02:21 worker by mqtt+sse: P1 sos');
});

story(
  'nobody at all can be reached: the time line says it is for whoever looks, minute after minute, and nothing is lost',
  nobody,
  async (night) => {
    dismisses(night, 'worker', 'operator');
    await night.raises('sos');
    await night.moveTo('02:30');
    expect((await night.timeline()).filter((line) => line.includes('escalated'))).toEqual([
      '02:10 escalated service',
      '02:15 escalated service',
      '02:20 escalated service',
      '02:25 escalated service',
      '02:30 escalated service',
    ]);
    employs(night, 'operator', 'operator');
    await night.moveTo('02:35');
    night.told('02:35 operator by mqtt+sse: P1 sos');
  },
);

story(
  'the grid worker leaves the service while he is being told: his turn passes to the others',
  nobody,
  async (night) => {
    employs(night, 'second', 'responder');
    await night.raises('sos');
    night.told('02:10 second by mqtt+sse: P1 sos', '02:10 worker by mqtt+sse: P1 sos');
    dismisses(night, 'worker');
    await night.moveTo('02:11');
    night.told('02:11 second by mqtt+sse: P1 sos');
    expect(night.alert().assignee).toBe('second');
  },
);

story('whoever had it in hand leaves the service: it is not left with him', alone, async (night) => {
  await night.raises('sos');
  night.told('02:10 daughter by webhook: P1 sos');
  await night.does('worker', 'claim');
  dismisses(night, 'worker');
  await night.moveTo('02:15');
  night.told('02:15 operator by mqtt+sse: P1 sos');
  expect(night.alert().assignee).toBeUndefined();
});

story('she presses again two minutes after an answer: whoever was told hears it again, once', {}, async (night) => {
  await night.raises('sos');
  await night.moveTo('02:11');
  await night.does('worker', 'enRoute');
  await night.raises('sos');
  night.told('02:10 daughter by webhook: P1 sos', '02:11 son by webhook: P1 sos', '02:11 worker by mqtt+sse: P1 sos');
  await night.moveTo('02:13:10');
  await night.raises('sos');
  night.told(
    '02:13:10 daughter by webhook: P1 sos',
    '02:13:10 son by webhook: P1 sos',
    '02:13:10 worker by mqtt+sse: P1 sos',
  );
});

story(
  'a suspected fall nobody answers becomes an emergency: the daughter hears that it is worse, the others in their turn',
  {},
  async (night) => {
    await night.raises('fall', { severity: 'P2', suspected: true });
    await night.moveTo('02:11');
    await night.raises('fall', { severity: 'P1', id: 'fall:unanswered' });
    night.told('02:10 daughter by webhook: P2 fall', '02:11 daughter by webhook: P1 fall');
    await night.moveTo('02:13');
    night.told(
      '02:12 son by webhook: P1 fall',
      '02:12 worker by mqtt+sse: P1 fall',
      '02:13 worker by mqtt+sse: P1 fall',
    );
  },
);

story(
  'a press an hour old comes out of the band’s buffer: it is told at once, and says that it is late',
  alone,
  async (night) => {
    await night.raises('sos', { late: true, atMs: night.wall.ms('01:10') });
    await night.moveTo('02:11');
    night.told('02:10 daughter by webhook: P1 sos late', '02:11 worker by mqtt+sse: P1 sos late');
  },
);

story(
  'who was sent by name does not answer, and her son is at the door: he has it, and nobody keeps him away',
  { family: { son: ['webhook'] } },
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:12');
    night.told('02:10 son by webhook: P1 sos', '02:11 worker by mqtt+sse: P1 sos', '02:12 worker by mqtt+sse: P1 sos');
    expect(night.alert()).toMatchObject({ state: 'open', assignee: 'worker' });
    await night.does('son', 'arrive');
    expect(night.alert()).toMatchObject({ state: 'arrived', assignee: 'son' });
    await expect(night.does('worker', 'resolve')).rejects.toMatchObject({ code: 'conflict' });
  },
);
