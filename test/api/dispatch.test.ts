import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

type Card = { dial: string; place: string; say: { zh: string; en: string }; gcj02: { lat: number; lon: number } };

test('the card says where first, in the datum of Chinese maps, then what, who and how to get in; nobody is dialled', async () => {
  const about = {
    address: '前埔中二路 12 号 301',
    entry: '钥匙盒 在门左侧',
    conditions: '高血压',
  };
  await town.as('admin', 'PATCH', '/residents/r0', { ...about, birthDate: '1943-05-01' });
  const id = await town.raise('r0');
  const { json } = await town.as<Card>('walker', 'GET', `/alerts/${id}/card`);
  expect(json).toMatchObject({ dial: '120', place: 'home', ...about });
  // Xiamen is shifted by some hundred metres; the raw point would send the ambulance to the next street.
  expect(Math.abs(json.gcj02.lat - 24.4451)).toBeGreaterThan(0.001);
  expect(json.say.zh).toMatch(/^地址：前埔中二路 12 号 301，高德坐标 /);
  expect(json.say.zh).toContain('病史：高血压');
  expect(json.say.en).toContain('How to get in: 钥匙盒 在门左侧');
  const smoke = await town.raise('r1', 'smoke');
  expect((await town.as<Card>('admin', 'GET', `/alerts/${smoke}/card`)).json.dial).toBe('119');
});

test('each look at a card is in the audit log; a stranger finds no alert', async () => {
  const id = await town.raise('r0');
  await town.as('walker', 'GET', `/alerts/${id}/card`);
  const log = await town.records.auditLog({ about: 'r0', limit: 10 });
  expect(log.map(({ who, what }) => `${who} ${what}`)).toContain('u-walker cardRead');
  expect((await town.as('son', 'GET', `/alerts/${id}/card`)).status).toBe(404);
});

test('who called 120 when and what they said stands in the time line', async () => {
  const id = await town.raise('r0');
  const { status } = await town.as('walker', 'POST', `/alerts/${id}/calls`, { number: '120', result: '8 minutes' });
  expect(status).toBe(200);
  const { json } = await town.as<{ timeline: { what: string; who: string; detail?: object }[] }>(
    'east',
    'GET',
    `/alerts/${id}`,
  );
  const line = json.timeline.find(({ what }) => what === 'called');
  expect(line).toMatchObject({ who: 'u-walker', detail: { number: '120', result: '8 minutes' } });
});

test('the call-back comes when it is over, and its rating stays', async () => {
  const id = await town.raise('r0');
  const ask = () => town.as('east', 'POST', `/alerts/${id}/callback`, { reached: true, rating: 5, note: 'quick' });
  expect((await ask()).status).toBe(409);
  await town.as('walker', 'POST', `/alerts/${id}/actions`, { action: 'resolve', outcome: 'helped' });
  expect((await ask()).json).toMatchObject({ state: 'resolved', rating: 5 });
  expect((await town.as('walker', 'POST', `/alerts/${id}/callback`, { reached: true })).status).toBe(403);
});
