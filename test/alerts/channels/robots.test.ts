import { expect, test } from 'vitest';
import { dingtalkChannel } from '../../../alerts/channels/dingtalk.ts';
import { feishuChannel } from '../../../alerts/channels/feishu.ts';
import type { RobotParts } from '../../../alerts/channels/robot.ts';
import { wecomChannel } from '../../../alerts/channels/wecom.ts';
import type { Channel } from '../../../model/notification.ts';
import { fall, messageTo, sendOver } from '../support/message.ts';
import { at } from '../support/night.ts';
import { linkedWords, post } from '../support/parts.ts';
import { dingtalk, feishu, wecom } from '../support/providers/robots.ts';
import { jsonOf, type Reply, standIn } from '../support/stand-in.ts';

const nowMs = at('02:10:01');
const clock = () => nowMs;
const parts: RobotParts = { ...linkedWords, clock, post };

const robots = {
  dingtalk: { channel: dingtalkChannel(parts), path: '/robot/send?access_token=token-of-group', secret: 'SECabcdefgh' },
  feishu: { channel: feishuChannel(parts), path: '/open-apis/bot/v2/hook/1', secret: 'secret-of-robot' },
  wecom: { channel: wecomChannel(parts), path: '/cgi-bin/webhook/send?key=key-of-group', secret: undefined },
};

type Name = keyof typeof robots;
async function sendTo(name: Name, url: string, changes: { secret?: string; path?: string } = {}) {
  const { channel, path, secret } = robots[name];
  const key = 'secret' in changes ? changes.secret : secret;
  const to = messageTo({ channel: channel.kind, address: url + (changes.path ?? path), ...(key && { secret: key }) });
  return sendOver(channel as Channel, to);
}

const taking = {
  dingtalk: (answer?: Reply) => dingtalk(clock, 'SECabcdefgh', answer),
  feishu: (answer?: Reply) => feishu(clock, 'secret-of-robot', answer),
  wecom: (answer?: Reply) => wecom(answer),
};

for (const name of ['dingtalk', 'feishu', 'wecom'] as const) {
  test(`${name} takes what is signed as it wants it, and the group reads who, what and where to answer`, async () => {
    const provider = await standIn(taking[name]());
    expect(await sendTo(name, provider.url)).toEqual({ outcome: 'sent' });
    const text = provider.requests[0]!.body.toString(); // one came
    for (const part of [
      '王秀英',
      'P1',
      '疑似跌倒',
      'Suspected: Fall',
      'https://anju.example.org/a/a',
      fall.id.slice(0, 5),
    ]) {
      expect(text).toContain(part);
    }
  });

  test(`${name} that hangs up in silence is asked again later`, async () => {
    const provider = await standIn(() => undefined);
    const { channel, path } = robots[name];
    const to = messageTo({ channel: channel.kind, address: provider.url + path });
    const delivery = await channel.send(to, fall, AbortSignal.timeout(200));
    expect(delivery).toEqual({ outcome: 'retry', reason: 'no answer' });
  });
}

test('a wrong secret is refused by both that sign, and not tried again', async () => {
  const ding = await standIn(taking.dingtalk());
  expect(await sendTo('dingtalk', ding.url, { secret: 'SECwrong1' })).toEqual({
    outcome: 'rejected',
    reason: 'answered 310000',
  });
  const fei = await standIn(taking.feishu());
  expect(await sendTo('feishu', fei.url, { secret: 'wrong-secret' })).toEqual({
    outcome: 'rejected',
    reason: 'answered 19021',
  });
});

test('robots without a secret are not signed', async () => {
  const ding = await standIn(dingtalk(clock, undefined));
  expect(await sendTo('dingtalk', ding.url, { secret: undefined as never })).toEqual({ outcome: 'sent' });
  expect(ding.requests[0]?.url.searchParams.has('sign')).toBe(false);
});

const answers = [
  { name: 'dingtalk', json: { errcode: 130101, errmsg: 'send too fast' }, is: { outcome: 'retry', limited: true } },
  { name: 'dingtalk', json: { errcode: -1, errmsg: 'system busy' }, is: { outcome: 'retry' } },
  { name: 'dingtalk', json: { errcode: 300001 }, is: { outcome: 'rejected' } },
  { name: 'feishu', json: { code: 11232, msg: 'frequency limited' }, is: { outcome: 'retry', limited: true } },
  { name: 'feishu', json: { StatusCode: 0, StatusMessage: 'success' }, is: { outcome: 'sent' } },
  { name: 'feishu', json: { code: 19024, msg: 'Key Words Not Found' }, is: { outcome: 'rejected' } },
  { name: 'wecom', json: { errcode: 45009, errmsg: 'api freq out of limit' }, is: { outcome: 'retry', limited: true } },
  { name: 'wecom', json: { errcode: -1 }, is: { outcome: 'retry' } },
  { name: 'wecom', json: { errcode: 93000, errmsg: 'invalid webhook url, 13800000000' }, is: { outcome: 'rejected' } },
] as const;
for (const { name, json, is } of answers) {
  test(`${name} says ${JSON.stringify(json)}: ${is.outcome}, and its sentence goes no further`, async () => {
    const provider = await standIn(taking[name]({ json }));
    const delivery = await sendTo(name, provider.url);
    expect(delivery).toMatchObject(is);
    expect(JSON.stringify(delivery)).not.toMatch(/13800000000|fast|busy|freq/);
  });
}

test('a gateway in trouble is not a refusal', async () => {
  for (const name of ['dingtalk', 'feishu', 'wecom'] as const) {
    const provider = await standIn(() => ({ status: 502 }));
    expect(await sendTo(name, provider.url)).toEqual({ outcome: 'retry', reason: 'answered 502' });
  }
});

test('a long story is cut to what WeCom takes, between two characters', async () => {
  const provider = await standIn(wecom());
  const { channel, path } = robots.wecom;
  const summary = { zh: '摔'.repeat(3000), en: 'x' };
  const to = messageTo({ channel: 'wecom', address: provider.url + path });
  expect(await sendOver(channel, to, { ...fall, summary })).toEqual({ outcome: 'sent' });
  expect(provider.requests[0]?.body.toString()).not.toContain('\uFFFD');
});

test('words from outside cannot become a link in the group', async () => {
  const provider = await standIn(wecom());
  const { channel, path } = robots.wecom;
  const summary = { zh: '[点这里](http://evil.example)', en: '<font color="warning">x</font>' };
  await sendOver(channel, messageTo({ channel: 'wecom', address: provider.url + path }), { ...fall, summary });
  const { content } = (jsonOf(provider.requests[0]!) as { markdown: { content: string } }).markdown; // one came
  expect(content).toContain('［点这里］（http://evil.example）');
  expect(content).not.toContain('<font');
});
