import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Said } from '../../model/by-hand.ts';
import { eventually } from '../alerts/support/eventually.ts';
import { at, daughter, operator } from '../alerts/support/night.ts';
import { smallTown } from '../support/community.ts';
import { alertsOf, call, login, removeFolder, spawnService, temporaryFolder } from '../support/service.ts';
import { family } from './support/full-disk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const familyOf = () => family(['son'], ends);

const missing = (ref?: string): Said => ({
  residentId: 'wang',
  request: { type: 'missing', ...(ref !== undefined && { ref }) },
  lastFix: undefined,
});

test('the records refuse: the family is told at once, whoever said it reads that it is not stored, and the same again later is the same alert', async () => {
  const { fault, server, home } = await familyOf();
  fault.isFull = true;
  const say = (ref?: string) => home.desk.say(missing(ref), daughter, at('02:10'));
  await expect(say('page')).rejects.toThrow('People are being told, but it is not on disk yet.');
  await eventually(() => server.posted.length === 1);
  await expect(say('page')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(home.desk.say(missing('call'), operator, at('02:10'))).rejects.toMatchObject({ code: 'unavailable' });

  fault.isFull = false;
  await home.moveTo('02:10:10');
  const { alert, isNews } = await say('page');
  expect([isNews, alert.id, alert.count]).toEqual([false, home.only().id, 1]);
  expect((await home.desk.say(missing('call'), operator, at('02:10'))).alert.id).toBe(alert.id);
  await home.desk.stop(1000);
  expect(server.posted.length).toBe(1);
});

/** So long after it was sent the service is killed: before it came, while it is worked on, after it was answered. */
const killedAfterMs = [0, 2, 5, 10, 20, 40];

test('killed between press and answer, and said again by a page that got none: one alert, neither lost nor twice', {
  timeout: 120_000,
}, async () => {
  const dataDir = temporaryFolder();
  ends.push(() => removeFolder(dataDir));
  let service = await spawnService(dataDir);
  ends.push(() => service.kill('SIGKILL'));
  const town = smallTown(killedAfterMs.length);
  expect((await call(service, await login(service), 'POST', '/import', town)).status).toBeLessThan(300);

  for (const [i, afterMs] of killedAfterMs.entries()) {
    const report = { type: 'missing', ref: `page-${i}`, note: 'red coat' };
    const say = async () => call(service, await login(service), 'POST', `/residents/r${i}/alerts`, report);
    const admin = await login(service);
    const first = call(service, admin, 'POST', `/residents/r${i}/alerts`, report).catch(() => undefined);
    await wait(afterMs);
    await service.kill('SIGKILL');
    const answer = await first;
    service = await spawnService(dataDir);
    const before = await alertsOf(service, await login(service), `resident=r${i}`);
    if (answer !== undefined) expect(before.map(({ id }) => id)).toEqual([(answer.json as { id: string }).id]);
    const { status, json } = await say();
    expect(status).toBe(before.length > 0 ? 200 : 201);
    const alerts = await alertsOf(service, await login(service), `resident=r${i}`);
    expect(alerts).toMatchObject([{ id: (json as { id: string }).id, count: 1, severity: 'P1' }]);
  }
});
