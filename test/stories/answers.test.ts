import { expect } from 'vitest';
import { resident } from './support/community.ts';
import { story } from './support/story.ts';

story(
  'her link is opened by a mail program, pressed by her, and pressed again: it answers once',
  { family: { daughter: ['email'] } },
  async (night) => {
    await night.raises('sos');
    const [seen, taking] = [
      night.linkOf('email', 'daughter', 'acknowledge'),
      night.linkOf('email', 'daughter', 'claim'),
    ];
    expect([await night.opens(seen), await night.opens(taking)]).toEqual(['ready', 'ready']);
    expect(night.alert().state).toBe('open');
    await night.moveTo('02:10:30');
    expect(await night.presses(taking)).toBe('answered');
    expect(night.alert()).toMatchObject({ state: 'acknowledged', assignee: 'contact:daughter' });
    expect([await night.presses(taking), await night.presses(seen)]).toEqual(['answered', 'answered']);
    expect((await night.timeline()).filter((line) => line.includes('contact:daughter'))).toEqual([
      '02:10:30 claim contact:daughter',
    ]);
    night.told('02:10 daughter by email: P1 sos');
  },
);

story(
  'a link from yesterday, one of somebody who left the list, and one nobody signed answer nothing',
  { family: { daughter: ['sms'], neighbour: ['wecom'] } },
  async (night) => {
    await night.raises('inactivity', { severity: 'P2' });
    await night.moveTo('02:14');
    night.told(
      '02:10 daughter by sms: P2 inactivity',
      '02:11 daughter by sms: P2 inactivity',
      '02:13 neighbour by wecom: P2 inactivity',
    );
    const [hers, his] = [
      night.linkOf('sms', 'daughter', 'acknowledge'),
      night.linkOf('wecom', 'neighbour', 'acknowledge'),
    ];
    await night.does('operator', 'enRoute');
    const known = night.directory.residents.get('wang');
    resident(night, { contacts: known?.contacts.filter(({ id }) => id === 'daughter') });
    expect(await night.presses(his)).toBe('taken');
    expect(await night.presses(`${hers.slice(0, -1)}?`)).toBe('unknown');
    await night.moveTo('+1 02:12');
    expect([await night.opens(hers), await night.presses(hers)]).toEqual(['tooOld', 'tooOld']);
    expect(night.alert().state).toBe('enRoute');
  },
);

story(
  'two of the family press “I am taking it”: the second reads that it is taken',
  { family: { daughter: ['webPush'], son: ['feishu'] } },
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:11');
    night.told('02:10 daughter by webPush: P1 sos', '02:11 son by feishu: P1 sos', '02:11 worker by mqtt+sse: P1 sos');
    const [hers, his] = [night.linkOf('webPush', 'daughter', 'claim'), night.linkOf('feishu', 'son', 'claim')];
    expect([await night.presses(his), await night.presses(hers)]).toEqual(['answered', 'taken']);
    expect(night.alert().assignee).toBe('contact:son');
  },
);

story(
  'the button of ntfy answers at once, and the steps stop',
  { family: { daughter: ['ntfy'], son: ['webhook'] } },
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:10:50');
    expect(await night.presses(night.linkOf('ntfy', 'daughter', 'acknowledge'))).toBe('answered');
    await night.moveTo('02:15:49');
    night.told('02:10 daughter by ntfy: P1 sos');
    expect(await night.states()).toEqual(['daughter by ntfy: acknowledged']);
    await night.moveTo('02:15:50');
    night.told(
      '02:15:50 operator by mqtt+sse: P1 sos',
      '02:15:50 son by webhook: P1 sos',
      '02:15:50 worker by mqtt+sse: P1 sos',
    );
  },
);

story(
  'she presses 2 in the call: it is hers, and the time line says that it was a key',
  { family: { daughter: ['voice'], son: ['webhook'] } },
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:10:35');
    await night.reports('voice', 'daughter', { status_code: '200000', dtmf: '2' });
    night.told('02:10 daughter by voice: P1 sos');
    expect(night.alert()).toMatchObject({ state: 'acknowledged', assignee: 'contact:daughter' });
    const lines = await night.records.timeline(night.alert().id);
    expect(lines.at(-1)?.detail).toEqual({ note: 'key pressed in the call' });
    await night.does('worker', 'acknowledge');
    await night.does('operator', 'enRoute');
  },
);

story(
  'a neighbour answers from the group’s robot: whoever has the link speaks for the group',
  { family: { group: ['dingtalk'], son: ['webhook'] } },
  async (night) => {
    await night.raises('sos');
    night.told('02:10 group by dingtalk: P1 sos');
    expect(await night.presses(night.linkOf('dingtalk', 'group', 'claim'))).toBe('answered');
    expect(night.alert().assignee).toBe('contact:group');
    await night.does('operator', 'enRoute');
  },
);

story(
  'the grid worker’s app answers over MQTT: claimed, on the way, there; what it may not do is refused and changes nothing',
  { family: {} },
  async (night) => {
    await night.raises('sos');
    night.told('02:10 worker by mqtt+sse: P1 sos');
    await night.publishes('worker', { action: 'claim' });
    await night.publishes('worker', { action: 'assign', assignee: 'operator' });
    await night.publishes('viewer', { action: 'resolve' });
    expect(night.alert()).toMatchObject({ state: 'acknowledged', assignee: 'worker' });
    await night.publishes('worker', { action: 'enRoute' });
    await night.publishes('worker', { action: 'arrive' });
    expect(night.alert().state).toBe('arrived');
    expect(night.logged.filter((line) => line.includes('refused')).length).toBe(2);
  },
);

story(
  'one message for three alerts is one answer to all of them',
  { family: { daughter: ['webPush'] } },
  async (night) => {
    for (const type of ['vitals', 'zoneExit', 'inactivity'] as const) await night.raises(type, { severity: 'P3' });
    await night.moveTo('02:10:30');
    night.told('02:10:30 daughter by webPush: P3 inactivity+vitals+zoneExit');
    expect(await night.presses(night.linkOf('webPush', 'daughter', 'acknowledge'))).toBe('answered');
    expect(night.desk.open().map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
  },
);
