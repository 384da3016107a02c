import { expect, onTestFinished, test, vi } from 'vitest';
import { nightOf } from './support/story.ts';

/** What the stories stand on: a suite that lets something pass is worth nothing. */
async function pressed() {
  const night = await nightOf({ family: { daughter: ['webhook'] } });
  onTestFinished(async () => {
    await night.end();
    vi.useRealTimers();
  });
  await night.start();
  await night.raises('sos');
  return night;
}

test('a message nobody expected fails a story', async () => {
  const night = await pressed();
  expect(() => night.told()).toThrow();
});

test('a message that is missing, late, to somebody else or over another channel fails a story', async () => {
  for (const line of [
    '02:11 daughter by webhook: P1 sos',
    '02:10 son by webhook: P1 sos',
    '02:10 daughter by sms: P1 sos',
    '02:10 daughter by webhook: P2 sos',
  ]) {
    const night = await pressed();
    expect(() => night.told(line)).toThrow();
  }
  const night = await pressed();
  const told = '02:10 daughter by webhook: P1 sos';
  expect(() => night.told(told, told)).toThrow();
});

test('a request a provider would refuse fails a story, whatever the service makes of it', async () => {
  const night = await pressed();
  night.told('02:10 daughter by webhook: P1 sos');
  const unsigned = { method: 'POST', body: '{}' };
  await fetch(`${night.providers.urlOf('webhook')}/daughter`, unsigned);
  expect(() => night.told()).toThrow();
});
