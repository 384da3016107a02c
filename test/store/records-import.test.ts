import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { EntityWrite } from '../../store/contracts.ts';
import { eventually } from '../alerts/support/eventually.ts';
import { house } from '../alerts/support/house.ts';
import { contact, raise, resident } from '../alerts/support/night.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const city: readonly EntityWrite[] = Array.from({ length: 30_000 }, (_, nth) => {
  const id = `resident-${nth}`;
  return { kind: 'residents', id, entity: resident(id, []) };
});

async function whileImporting() {
  const home = await house({ contacts: [contact('daughter', 0, { kind: 'log', address: 'daughter' })] });
  ends.push(() => home.close());
  const importing = { isOver: false, done: Promise.resolve() };
  importing.done = home.records.write(city).then(() => {
    importing.isOver = true;
  });
  await setImmediate(); // it has begun
  return { home, importing };
}

test('a city is being imported: a press of the button is told meanwhile, and stored once it is over', async () => {
  const { home, importing } = await whileImporting();
  const applied = home.desk.apply([raise('02:10')]);
  await eventually(() => home.seen.length > 0);
  expect(importing.isOver).toBe(false);
  await importing.done;
  await home.moveTo('02:10:02');
  await applied;
  expect(home.seen).toEqual(['sos open x1']);
  const [stored, ...others] = await home.records.openAlerts();
  expect([stored?.id, others]).toEqual([home.only().id, []]);
  expect(await home.records.appliedSignals([raise('02:10').id])).toEqual(new Set([raise('02:10').id]));
});

test('a city is being imported: whoever only reads does not wait for it', async () => {
  const { home, importing } = await whileImporting();
  expect(await home.records.alert('none')).toBeUndefined();
  expect(importing.isOver).toBe(false);
  await importing.done;
});

test('an import that is refused leaves nothing, and what waited is written', async () => {
  const { home, importing } = await whileImporting();
  await importing.done;
  const twice = ['a', 'b'].map(
    (id) => ({ kind: 'users', id, entity: { id, username: 'same', role: 'viewer', areaId: 'city' } }) as EntityWrite,
  );
  const refused = home.records.write([
    ...city.map((one) => ({ ...one, id: `again-${one.id}` }) as EntityWrite),
    ...twice,
  ]);
  const setting = home.records.putSetting('k', 'v');
  await expect(refused).rejects.toThrow('already taken');
  await setting;
  await home.desk.apply([raise('02:10')]);
  expect(await home.records.openAlerts()).toHaveLength(1);
});
