import { expect, test } from 'vitest';
import { type AliyunParts, signedCall } from '../../../alerts/channels/aliyun.ts';
import { smsChannel } from '../../../alerts/channels/aliyun-sms.ts';
import { voiceChannel } from '../../../alerts/channels/aliyun-voice.ts';
import { fall, messageTo, notificationId, sendOver } from '../support/message.ts';
import { at } from '../support/night.ts';
import { linkedWords, post } from '../support/parts.ts';
import { fine, gateway, aliyunKey as key } from '../support/providers/aliyun.ts';
import { standIn } from '../support/stand-in.ts';

const clock = () => at('02:10:01');
let nonces = 0;
const parts: AliyunParts & typeof linkedWords = {
  ...linkedWords,
  key,
  clock,
  post,
  nonce: () => `nonce-${nonces++}`,
};

const sms = (server: string) => smsChannel({ ...parts, account: { server, sign: '安居', template: 'SMS_1' } });
const voice = (server: string) => voiceChannel({ ...parts, account: { server, template: 'TTS_1', from: '0592123' } });
const byText = messageTo({ channel: 'sms', address: '+86 138-0000-0000' });
const byCall = messageTo({ channel: 'voice', address: '13800000000' });

test('the signature is the one of Aliyun’s own example', () => {
  const call = {
    server: 'https://ecs.cn-shanghai.aliyuncs.com',
    action: 'RunInstances',
    version: '2014-05-26',
    parameters: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
  };
  const documented = { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' };
  const atMs = Date.parse('2023-10-26T10:22:32Z');
  expect(signedCall(call, documented, atMs, '3156853299f313e23d1673dc12e1703d').headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;' +
      'x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

test('a text message: signed, with the approved template, and every variable short enough', async () => {
  const aliyun = await standIn(gateway(clock, () => fine));
  expect(await sendOver(sms(aliyun.url), byText)).toEqual({ outcome: 'sent' });
  const { url, headers } = aliyun.requests[0]!; // one came
  expect(headers['x-acs-action']).toBe('SendSms');
  const { PhoneNumbers, SignName, TemplateCode, OutId, TemplateParam } = Object.fromEntries(url.searchParams);
  expect({ PhoneNumbers, SignName, TemplateCode, OutId }).toEqual({
    PhoneNumbers: '8613800000000',
    SignName: '安居',
    TemplateCode: 'SMS_1',
    OutId: notificationId,
  });
  const { link, ...variables } = JSON.parse(TemplateParam!) as Record<string, string>; // it came
  expect(variables).toEqual({
    severity: '紧急',
    who: '王秀英',
    what: '疑似跌倒',
    time: '03-14 10:10',
    id: `${fall.id.slice(0, 26)}/1`,
  });
  expect(link).toMatch(/^https:\/\/anju\.example\.org\/a\/a/);
});

test('a call: the template is read twice, and our reference has the 15 characters Aliyun takes', async () => {
  const aliyun = await standIn(
    gateway(clock, (asked) => (asked.get('OutId')!.length <= 15 ? fine : { json: { Code: 'isv.INVALID_PARAMETERS' } })),
  );
  expect(await sendOver(voice(aliyun.url), { ...byCall, language: 'en' })).toEqual({ outcome: 'sent' });
  const asked = Object.fromEntries(aliyun.requests[0]!.url.searchParams); // one came
  expect(asked).toMatchObject({
    CalledNumber: '13800000000',
    TtsCode: 'TTS_1',
    PlayTimes: '2',
    CalledShowNumber: '0592123',
  });
  const spoken = { severity: 'emergency', who: '王秀英', what: 'Suspected: Fall', time: '03-14 10:10' };
  expect(JSON.parse(asked.TtsParam!)).toEqual(spoken);
});

const answers = [
  { code: 'isv.BUSINESS_LIMIT_CONTROL', is: { outcome: 'retry', limited: true } },
  { code: 'isv.DAY_LIMIT_CONTROL', is: { outcome: 'retry', limited: true } },
  { code: 'Throttling.User', status: 400, is: { outcome: 'retry', limited: true } },
  { code: 'isp.SYSTEM_ERROR', is: { outcome: 'retry' } },
  { code: 'ServiceUnavailable', status: 503, is: { outcome: 'retry' } },
  { code: 'isv.MOBILE_NUMBER_ILLEGAL', is: { outcome: 'rejected' } },
  { code: 'isv.AMOUNT_NOT_ENOUGH', is: { outcome: 'rejected' } },
];
for (const { code, status = 200, is } of answers) {
  test(`Aliyun says ${code}: ${is.outcome}, with the code and without its sentence`, async () => {
    const json = { Code: code, Message: '13800000000触发流控', RequestId: 'r' };
    const aliyun = await standIn(gateway(clock, () => ({ status, json })));
    for (const delivery of [await sendOver(sms(aliyun.url), byText), await sendOver(voice(aliyun.url), byCall)]) {
      expect(delivery).toEqual({ ...is, reason: `answered ${code}` });
    }
  });
}

test('with a wrong key nothing goes out, and nobody tries all night', async () => {
  const aliyun = await standIn(gateway(clock, () => fine));
  const account = { server: aliyun.url, sign: 's', template: 't' };
  const channel = smsChannel({ ...parts, key: { ...key, secret: 'wrong' }, account });
  expect(await sendOver(channel, byText)).toEqual({ outcome: 'rejected', reason: 'answered SignatureDoesNotMatch' });
});

test('what is no telephone number is not asked for', async () => {
  const aliyun = await standIn(gateway(clock, () => fine));
  for (const address of ['call me', '13800000000;13900000000', '12']) {
    expect((await sendOver(sms(aliyun.url), { ...byText, address })).outcome).toBe('rejected');
    expect((await sendOver(voice(aliyun.url), { ...byCall, address })).outcome).toBe('rejected');
  }
  expect(aliyun.requests).toEqual([]);
});

test('nobody is called a second time about what is in good hands', async () => {
  const aliyun = await standIn(gateway(clock, () => fine));
  const delivery = await sendOver(voice(aliyun.url), { ...byCall, attempts: 1 }, { ...fall, state: 'acknowledged' });
  expect(delivery).toEqual({ outcome: 'rejected', reason: 'somebody answered meanwhile' });
  expect(aliyun.requests).toEqual([]);
});

test('Aliyun that does not answer, or is not there: later', async () => {
  const silent = await standIn(() => undefined);
  const delivery = await sms(silent.url).send(byText, fall, AbortSignal.timeout(200));
  expect(delivery).toEqual({ outcome: 'retry', reason: 'no answer' });
});

test('not set up: refused with what to set', async () => {
  expect((await sendOver(smsChannel(undefined), byText)) as object).toMatchObject({
    reason: 'sms is not configured: set ANJU_ALIYUN_SMS_TEMPLATE',
  });
  expect((await sendOver(voiceChannel(undefined), byCall)) as object).toMatchObject({
    reason: 'voice is not configured: set ANJU_ALIYUN_VOICE_TEMPLATE',
  });
});
