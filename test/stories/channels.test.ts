import { expect } from 'vitest';
import { story } from './support/story.ts';

const outOfOrder = { status: 503 };

story(
  'everybody has another way to be reached, and each provider takes what it is sent',
  {
    family: {
      daughter: ['webPush', 'sms', 'email', 'ntfy', 'voice'],
      group: ['dingtalk', 'feishu', 'wecom', 'log'],
      son: ['webhook', 'mqtt', 'sse'],
    },
  },
  async (night) => {
    await night.raises('sos');
    night.told('02:10 daughter by email+ntfy+sms+webPush: P1 sos');
    await night.moveTo('02:12');
    night.told(
      '02:10:30 daughter by voice: P1 sos',
      '02:11 group by dingtalk+feishu+log+wecom: P1 sos',
      '02:11 worker by mqtt+sse: P1 sos',
      '02:12 son by mqtt+sse+webhook: P1 sos',
      '02:12 worker by mqtt+sse: P1 sos',
    );
    expect(await night.states()).toEqual([
      'daughter by email: sent',
      'daughter by ntfy: sent',
      'daughter by sms: sent',
      'daughter by voice: sent',
      'daughter by webPush: sent',
      'group by dingtalk: sent',
      'group by feishu: sent',
      'group by log: delivered',
      'group by wecom: sent',
      'son by mqtt: sent',
      'son by sse: delivered',
      'son by webhook: delivered',
      'worker by mqtt: sent',
      'worker by mqtt: sent',
      'worker by sse: delivered',
      'worker by sse: delivered',
    ]);
    await night.does('son', 'enRoute');
  },
);

story('the daughter’s endpoint is gone for good: the next is told at once, not after a minute', {}, async (night) => {
  night.mood('webhook', 'daughter', { status: 410 });
  await night.raises('sos');
  night.told(
    '02:10 daughter by webhook: P1 sos (answered 410)',
    '02:10 son by webhook: P1 sos',
    '02:10 worker by mqtt+sse: P1 sos',
  );
  await night.does('son', 'enRoute');
  expect((await night.timeline()).slice(0, 4)).toEqual([
    '02:10 raised service',
    '02:10 notified daughter',
    '02:10 escalated service',
    '02:10 notified son',
  ]);
  expect(await night.states()).toContain('daughter by webhook: failed');
});

story(
  'her text message is refused by the network: the report moves it on as a refusal would',
  { family: { daughter: ['sms'], son: ['webhook'] } },
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:10:08');
    await night.reports('sms', 'daughter', { success: false, err_code: 'UNDELIV' });
    night.told(
      '02:10 daughter by sms: P1 sos',
      '02:10:08 son by webhook: P1 sos',
      '02:10:08 worker by mqtt+sse: P1 sos',
    );
    expect(await night.states()).toContain('daughter by sms: failed');
  },
);

story(
  'one of her two channels fails: she was told, and nobody else is disturbed',
  { family: { daughter: ['email', 'webhook'], son: ['webhook'] } },
  async (night) => {
    night.mood('webhook', 'daughter', { status: 404 });
    await night.raises('sos');
    await night.moveTo('02:10:59');
    night.told('02:10 daughter by email: P1 sos', '02:10 daughter by webhook: P1 sos (answered 404)');
  },
);

story(
  '429 with Retry-After: an emergency asks again when it was asked to, a minute at most, and her brother has his turn',
  {},
  async (night) => {
    night.mood('webhook', 'daughter', { status: 429, headers: { 'retry-after': '40' } });
    await night.raises('sos');
    await night.moveTo('02:10:39');
    night.told('02:10 daughter by webhook: P1 sos (answered 429)');
    night.mood('webhook', 'daughter', undefined);
    await night.moveTo('02:11');
    night.told(
      '02:10:40 daughter by webhook: P1 sos',
      '02:11 son by webhook: P1 sos',
      '02:11 worker by mqtt+sse: P1 sos',
    );
  },
);

story(
  'the mail server says 421 and then recovers: the mail arrives once',
  { family: { daughter: ['email'] } },
  async (night) => {
    night.mood('email', 'daughter', '421 too busy');
    await night.raises('sos');
    night.told('02:10 daughter by email: P1 sos (the mail server answered 421)');
    night.mood('email', 'daughter', undefined);
    await night.moveTo('02:10:59');
    night.told('02:10:02 daughter by email: P1 sos');
    expect(night.providers.textsOf('email', 'daughter').length).toBe(1);
  },
);

story(
  'her push service hangs: it is cut after 15 seconds and asked again, and nobody waits for it',
  { family: { daughter: ['webPush', 'sms'], son: ['webhook'] } },
  async (night) => {
    night.mood('webPush', 'daughter', 'hangs');
    await night.raises('sos');
    await night.moveTo('02:10:14');
    night.told('02:10 daughter by sms: P1 sos', '02:10 daughter by webPush: P1 sos (waits)');
    night.mood('webPush', 'daughter', undefined);
    await night.moveTo('02:11');
    night.told(
      '02:10:17 daughter by webPush: P1 sos',
      '02:11 son by webhook: P1 sos',
      '02:11 worker by mqtt+sse: P1 sos',
    );
  },
);

story(
  'what can wait tries her first channel twice, then goes over the next',
  { family: { daughter: ['webhook', 'ntfy'] } },
  async (night) => {
    night.mood('webhook', 'daughter', outOfOrder);
    await night.raises('vitals', { severity: 'P3' });
    await night.moveTo('02:12');
    night.told(
      '02:10:30 daughter by webhook: P3 vitals (answered 503)',
      '02:10:35 daughter by webhook: P3 vitals (answered 503)',
      '02:10:40 daughter by ntfy: P3 vitals',
    );
  },
);

story(
  'the robot of the neighbours’ group has had its 18 messages this minute: the next emergency waits for the minute to end, and for no longer',
  { family: { group: ['dingtalk'] } },
  async (night) => {
    for (let nth = 0; nth < 18; nth += 1) {
      await night.raises('sos', { id: `call ${nth}` });
      await night.does('operator', 'resolve', { outcome: 'allWell' });
      night.told('02:10 group by dingtalk: P1 sos');
    }
    await night.raises('sos', { id: 'one more' });
    await night.moveTo('02:11');
    night.told('02:11 group by dingtalk: P1 sos', '02:11 worker by mqtt+sse: P1 sos');
  },
);

story(
  'her telephone was called five times within the hour: the provider would refuse a sixth, so her brother is told at once',
  { family: { daughter: ['voice'], son: ['webhook'] } },
  async (night) => {
    for (const minute of ['10', '11', '12', '13', '14']) {
      await night.moveTo(`02:${minute}`);
      await night.raises('sos');
      await night.does('operator', 'resolve', { outcome: 'allWell' });
      night.told(`02:${minute} daughter by voice: P1 sos`);
    }
    await night.moveTo('02:15');
    await night.raises('sos');
    night.told('02:15 son by webhook: P1 sos', '02:15 worker by mqtt+sse: P1 sos');
    expect(await night.states()).toContain('daughter by voice: failed');
    await night.does('son', 'enRoute');
  },
);

story(
  'the grid worker’s telephone is nowhere to be reached: tried after 2 and 5 seconds, told as soon as his app listens',
  { family: {} },
  async (night) => {
    night.isAway('worker');
    await night.raises('sos');
    await night.moveTo('02:10:02');
    night.isAway('worker', false);
    await night.moveTo('02:10:30');
    night.told(
      '02:10 worker by mqtt: P1 sos (no app of this user is listening)',
      '02:10 worker by sse: P1 sos (no page of this user is open)',
      '02:10:02 worker by mqtt: P1 sos (no app of this user is listening)',
      '02:10:02 worker by sse: P1 sos (no page of this user is open)',
      '02:10:07 worker by mqtt+sse: P1 sos',
    );
  },
);

story(
  'a call nobody takes is made again after a minute, three times in all, and not once somebody has answered',
  { family: { daughter: ['webhook', 'voice'] } },
  async (night) => {
    await night.raises('sos');
    await night.moveTo('02:10:40');
    night.told('02:10 daughter by webhook: P1 sos', '02:10:30 daughter by voice: P1 sos');
    await night.reports('voice', 'daughter', { status_code: '200010' });
    await night.moveTo('02:11:41');
    night.told('02:11 worker by mqtt+sse: P1 sos', '02:11:41 daughter by voice: P1 sos');
    await night.does('worker', 'enRoute');
    await night.reports('voice', 'daughter', { status_code: '200010' });
    await night.moveTo('02:20');
  },
);
