import { afterAll, beforeAll, expect, test } from 'vitest';
import { goodbye, greeting, message, subscribe } from '../broker/support.ts';
import { alertsOf, call, eventually, login, removeFolder } from '../support/service.ts';
import { openTarget, password, type Target, tokenOf } from './support.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  await target.service.kill('SIGTERM');
  removeFolder(target.dataDir);
});

const sos = (seq: number) => JSON.stringify({ seq, event: 'sos' });

test('a wrong token, an empty one, a name that is not there and the token of another are all answered 4', async () => {
  expect(await target.tryToEnter('band-east', 'x'.repeat(43))).toBe(4);
  expect(await target.tryToEnter('band-east', '')).toBe(4);
  expect(await target.tryToEnter('nobody', tokenOf('band-east'))).toBe(4);
  expect(await target.tryToEnter('band-east', tokenOf('band-west'))).toBe(4);
  expect(await target.tryToEnter('__proto__', tokenOf('band-east'))).toBe(4);
  expect(await target.tryToEnter('smoke-east', '')).toBe(4); // a device without a token cannot log in at all
});

test('a revoked token closes the connection that used it, and does not work again', async () => {
  const { json } = await call(target.service, target.admin, 'POST', '/devices/phone-west/token');
  const { token } = json as { token: string };
  expect(await target.tryToEnter('phone-west', tokenOf('phone-west'))).toBe(4);
  const phone = await target.enter('phone-west', token);
  await call(target.service, target.admin, 'DELETE', '/devices/phone-west/token');
  await phone.closed();
  expect(await target.tryToEnter('phone-west', token)).toBe(4);
});

test('a session token works as MQTT password for its own user only, and never for a viewer', async () => {
  const token = await login(target.service, 'daughter', password);
  expect(await target.tryToEnter('daughter', token)).toBe(0);
  expect(await target.tryToEnter('son', token)).toBe(4);
  expect(await target.tryToEnter('admin', token)).toBe(4);
  expect(await target.tryToEnter('band-east', token)).toBe(4);
  expect(await target.tryToEnter('daughter', password)).toBe(4);
  expect(await target.tryToEnter('counter', await login(target.service, 'counter', password))).toBe(4);
});

test('logging out closes the MQTT connections of that session and leaves those of others', async () => {
  const [stolen, own] = [
    await login(target.service, 'walker', password),
    await login(target.service, 'walker', password),
  ];
  const thief = await target.enter('walker', stolen, { clientId: 'thief' });
  const app = await target.enter('walker', own, { clientId: 'app' });
  expect((await call(target.service, stolen, 'DELETE', '/session')).status).toBe(204);
  await thief.closed();
  await app.caughtUp();
  expect(await target.tryToEnter('walker', stolen)).toBe(4);
});

const withdrawals = [
  { what: 'a new password', change: { password: 'another-good-password' } },
  { what: 'another role', change: { role: 'viewer', residentIds: null, areaId: 'east' } },
  { what: 'another scope', change: { residentIds: ['r-west'] } },
];
for (const [index, { what, change }] of withdrawals.entries()) {
  test(`${what} closes the MQTT connections of that user`, async () => {
    const user = { id: `u-temp${index}`, username: `temp${index}`, password, role: 'family', residentIds: ['r-east'] };
    await call(target.service, target.admin, 'POST', '/users', user);
    const app = await target.enter(user.username, await login(target.service, user.username, password));
    expect((await call(target.service, target.admin, 'PATCH', `/users/${user.id}`, change)).status).toBe(200);
    await app.closed();
  });
}

test('a removed user is out, over MQTT too', async () => {
  const user = { id: 'u-gone', username: 'gone', password, role: 'responder', areaId: 'east' };
  await call(target.service, target.admin, 'POST', '/users', user);
  const app = await target.enter('gone', await login(target.service, 'gone', password));
  expect((await call(target.service, target.admin, 'DELETE', '/users/u-gone')).status).toBe(204);
  await app.closed();
});

const greedyFilters = [
  '#',
  '+/#',
  '+/+/#',
  'v1/#',
  'v1/+/#',
  'v1/alerts/#',
  'v1/alerts/+/east/#',
  'v1/alerts/city/#',
  'v1/alerts/city/+/P1/sos',
  'v1/alerts/city/west/#',
  'v1/devices/#',
  'v1/devices/band-east/#',
  'v1/users/daughter/alerts',
  'v1/users/+/alerts',
  'v1/actions/#',
  'zigbee2mqtt/#',
  'owntracks/#',
  '$SYS/#',
  '$share/all/v1/alerts/#',
  '$queue/v1/alerts/#',
  'v1/alerts//#',
  '/v1/alerts/city/east/#',
];
test('no wildcard brings a responder or a family more than their own', async () => {
  const walker = await target.enter('walker', await login(target.service, 'walker', password), { clientId: 'greedy' });
  const daughter = await target.enter('daughter', await login(target.service, 'daughter', password), { clientId: 'g' });
  const refused = (filter: string) => ({ filter, granted: [128] });
  for (const filter of greedyFilters) {
    walker.send(subscribe(filter));
    expect({ filter, ...pick(await walker.next('suback')) }).toEqual(refused(filter));
    if (filter === 'v1/users/daughter/alerts') continue;
    daughter.send(subscribe(filter));
    expect({ filter, ...pick(await daughter.next('suback')) }).toEqual(refused(filter));
  }
  walker.send(subscribe('v1/alerts/city/east/#'));
  expect((await walker.next('suback')).granted).toEqual([1]);
});

test('a family hears of its own resident and not of the neighbour in the same street', async () => {
  const west = await target.enter('band-west', tokenOf('band-west'));
  const daughter = await target.enter('daughter', await login(target.service, 'daughter', password), { clientId: 'f' });
  await call(target.service, target.admin, 'PATCH', '/devices/band-west', { residentId: 'r-next-door' });
  await west.closed();
  const neighbour = await target.enter('band-west', tokenOf('band-west'));
  daughter.send(subscribe('v1/alerts/city/east/#'));
  await daughter.next('suback');
  neighbour.send(message('v1/devices/band-west/event', sos(1)));
  await neighbour.next('puback');
  const own = await target.enter('band-east', tokenOf('band-east'));
  own.send(message('v1/devices/band-east/event', sos(1)));
  const heard = await daughter.next('publish');
  expect(JSON.parse(heard.payload.toString()).residentId).toBe('r-east');
  await daughter.caughtUp();
  expect(daughter.packets.filter(({ cmd }) => cmd === 'publish')).toEqual([]);
  const { id } = (await alertsOf(target.service, target.admin, 'resident=r-next-door&type=sos'))[0]!;
  daughter.send(message(`v1/actions/${id}`, JSON.stringify({ action: 'resolve', outcome: 'not mine' })));
  await daughter.next('puback');
  expect((await alertsOf(target.service, target.admin, 'resident=r-next-door&type=sos'))[0]?.state).toBe('open');
});

const foreignTopics = [
  'v1/devices/band-west/event',
  'v1/devices/band-east/command',
  'v1/devices/band-east/event/x',
  'v1/devices/band-east//event',
  'V1/devices/band-east/event',
  '/v1/devices/band-east/event',
  'v1/alerts/city/east/P1/sos',
  'v1/actions/some-alert',
  'v1/users/daughter/alerts',
  '$SYS/broker',
  'zigbee2mqtt/kitchen',
  'owntracks/family/east',
  'homeassistant/sensor/x/config',
];
test('a device that publishes where it may not is closed and nothing comes of it', async () => {
  for (const topic of foreignTopics) {
    const band = await target.enter('band-east', tokenOf('band-east'));
    band.send(message(topic, sos(99)));
    await band.closed();
    expect({ topic, acknowledged: band.ids('puback') }).toEqual({ topic, acknowledged: [] });
  }
});

test('two homes with the same friendly name stay two homes', async () => {
  const hub = await target.enter('hub-west', tokenOf('hub-west'));
  hub.send(message('zigbee2mqtt/kitchen', JSON.stringify({ smoke: true, battery: 90 })));
  await hub.next('puback');
  const [alert] =
    (await eventually(async () => {
      const found = await alertsOf(target.service, target.admin, 'type=smoke');
      return found.length > 0 ? found : undefined;
    })) ?? [];
  expect(alert?.deviceIds).toEqual(['smoke-west']);
  expect((await alertsOf(target.service, target.admin, 'type=smoke&resident=r-east')).length).toBe(0);
});

test('a hub or phone speaks for nobody but its own, whatever names it uses', async () => {
  const before = await target.counted('ingest_refused_unknown_device_total');
  const phone = await target.enter('phone-east', tokenOf('phone-east'));
  const location = JSON.stringify({ _type: 'location', lat: 24.5, lon: 118.1, tst: 1_700_000_000 });
  for (const topic of [
    'owntracks/family/west',
    'owntracks/other/east',
    'owntracks/family/west/event',
    'owntracks/family',
  ]) {
    phone.send(message(topic, location));
    await phone.next('puback');
  }
  const hub = await target.enter('hub-east', tokenOf('hub-east'));
  for (const name of ['smoke-west', 'hub-west', '../kitchen', 'kitchen/../x', '__proto__', 'constructor/action']) {
    hub.send(message(`zigbee2mqtt/${name}`, JSON.stringify({ smoke: true })));
    await hub.next('puback');
  }
  expect((await target.counted('ingest_refused_unknown_device_total')) - before).toBeGreaterThanOrEqual(9);
  expect((await alertsOf(target.service, target.admin, 'resident=r-east&type=smoke')).length).toBe(0);
  const live = (await call(target.service, target.admin, 'GET', '/residents/r-west/live')).json as object;
  expect(live).not.toHaveProperty('position');
});

test('a will for another device, for everybody or with a retain flag changes nothing', async () => {
  for (const topic of ['v1/devices/band-west/status', 'v1/alerts/city/east/P1/sos', 'v1/devices/band-east/event']) {
    const will = { topic, payload: Buffer.from(sos(7)), qos: 1 as const, retain: true };
    const band = await target.enter('band-east', tokenOf('band-east'), { will });
    band.stream.destroy();
  }
  const admin = await target.enter('admin', target.admin);
  admin.send(subscribe('v1/alerts/#'));
  await admin.next('suback');
  await admin.caughtUp();
  expect(await target.counted('broker_will_dropped_total')).toBe(3);
});

test('a hundred connections with one token are one connection in the end', async () => {
  const clients = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const client = target.knock();
      client.send(connectAs('band-east', `c${i}`));
      return client;
    }),
  );
  const settled = await eventually(() => (clients.filter(({ isClosed }) => !isClosed).length === 1 ? true : undefined));
  expect(settled).toBe(true);
  const left = clients.find(({ isClosed }) => !isClosed)!;
  await left.caughtUp();
  left.send(goodbye);
});

test('ten thousand subscriptions are answered, a hundred are granted', async () => {
  const admin = await target.enter('admin', target.admin, { clientId: 'many' });
  const granted: number[] = [];
  for (let batch = 0; batch < 200; batch++) {
    admin.send(subscribe(Array.from({ length: 50 }, (_, i) => `v1/alerts/city/a${batch}-${i}/#`)));
    granted.push(...((await admin.next('suback')).granted as number[]));
  }
  expect(granted.length).toBe(10_000);
  expect(granted.filter((code) => code !== 128).length).toBe(100);
});

test('MQTT 5 is answered "wrong version" and closed', async () => {
  const client = target.knock();
  client.send(Buffer.from('101000044d5154540502003c000003616263', 'hex'));
  expect((await client.next('connack')).returnCode).toBe(1);
  await client.closed();
});

function connectAs(name: string, clientId: string): Buffer {
  return greeting(name, { clientId, password: tokenOf(name) });
}

function pick({ granted }: { granted?: unknown }): { granted: unknown } {
  return { granted };
}
