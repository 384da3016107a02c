import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { AppError } from '../../model/errors.ts';

const key = { ANJU_ALIYUN_KEY_ID: 'id', ANJU_ALIYUN_KEY_SECRET: 'secret' };

test('without settings nothing private can be reached, nothing is paid for, and messages have no links', () => {
  const { channels } = readConfig({});
  expect([channels.aliyun, channels.publicUrl, channels.aliyunCallbackSecret]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([channels.allowPrivate.hosts.size, channels.allowPrivate.blocks.rules]).toEqual([0, []]);
});

test('one product of Aliyun without the other', () => {
  const sms = { ANJU_ALIYUN_SMS_SIGN: '安居', ANJU_ALIYUN_SMS_TEMPLATE: 'SMS_1' };
  expect(readConfig({ ...key, ...sms }).channels.aliyun).toEqual({
    key: { id: 'id', secret: 'secret' },
    sms: { server: 'https://dysmsapi.aliyuncs.com', sign: '安居', template: 'SMS_1' },
    voice: undefined,
  });
});

test('the public address has no slash at its end, however it was written', () => {
  expect(readConfig({ ANJU_PUBLIC_URL: 'https://anju.example.org/town/' }).channels.publicUrl).toBe(
    'https://anju.example.org/town',
  );
});

const wrong: readonly { environment: Record<string, string>; said: string }[] = [
  { environment: { ANJU_ALIYUN_KEY_ID: 'id' }, said: 'must be set together' },
  { environment: { ANJU_ALIYUN_SMS_SIGN: '安居' }, said: 'has no use without ANJU_ALIYUN_KEY_ID' },
  { environment: { ...key, ANJU_ALIYUN_SMS_TEMPLATE: 'x' }, said: 'ANJU_ALIYUN_SMS_SIGN must be set too' },
  { environment: { ...key, ANJU_ALIYUN_SMS_SIGN: '安居' }, said: 'has no use without ANJU_ALIYUN_SMS_TEMPLATE' },
  { environment: { ...key, ANJU_ALIYUN_VOICE_NUMBER: '1' }, said: 'has no use without ANJU_ALIYUN_VOICE_TEMPLATE' },
  { environment: { ANJU_ALIYUN_CALLBACK_SECRET: 'short' }, said: 'must be 24 to 128' },
  { environment: { ANJU_PUBLIC_URL: 'anju.example.org' }, said: 'ANJU_PUBLIC_URL must be http' },
  { environment: { ANJU_ALLOW_PRIVATE: '10.0.0.0/99' }, said: 'ANJU_ALLOW_PRIVATE must list addresses, blocks' },
  { environment: { ANJU_PUSH_CONTACT: 'centre' }, said: 'must be mailto:' },
  { environment: { ANJU_DINGTALK_SECRET: 'x' }, said: 'is not a setting of this version' },
];
for (const { environment, said } of wrong) {
  test(`${Object.keys(environment).join(', ')} stops the start: ${said}`, () => {
    expect(() => readConfig(environment)).toThrow(AppError);
    expect(() => readConfig(environment)).toThrow(said);
  });
}
