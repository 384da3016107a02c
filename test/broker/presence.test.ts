import { expect, test } from 'vitest';
import { eventually, goodbye, greeting, openDoor, SlowDisk, subscribe, Town, telemetry } from './support.ts';

const statusOf = (id: string) => `v1/devices/${id}/status`;
const will = (topic: string) => ({ topic, payload: Buffer.from('{"online":false}'), qos: 1 as const, retain: true });

test('a device is online while it is connected', async () => {
  const { logIn, town, broker } = await openDoor();
  const client = await logIn('band-1');
  expect(broker.isConnected('band-1')).toBe(true);
  client.stream.destroy();
  await eventually('it is offline', () => town.presences.length === 2);
  expect(town.presences).toEqual(['band-1 online', 'band-1 offline']);
  expect(broker.isConnected('band-1')).toBe(false);
});

for (const clientId of ['band-1', 'another']) {
  test(`a newer connection takes over without the device going offline (client id ${clientId})`, async () => {
    const { logIn, town, broker, count } = await openDoor();
    const first = await logIn('band-1', { clientId: 'band-1', will: will(statusOf('band-1')) });
    const second = await logIn('band-1', { clientId });
    await first.closed();
    second.send(telemetry('band-1', 'from the second'));
    await second.next('puback');
    expect(town.presences).toEqual(['band-1 online']);
    expect(town.heard).toEqual(['from the second']);
    expect(broker.isConnected('band-1')).toBe(true);
    expect(count('closed.takenOver')).toBe(1);
  });
}

test('a storm of take-overs ends with one connection, online once', async () => {
  const { connect, town, broker, count } = await openDoor();
  const clients = Array.from({ length: 30 }, () => connect());
  for (const client of clients) client.send(greeting('band-1', { will: will(statusOf('band-1')) }));
  await eventually('one is left', () => clients.filter(({ isClosed }) => !isClosed).length === 1);
  await eventually('it is in', () => count('connections.accepted') === 30);
  expect(town.presences).toEqual(['band-1 online']);
  expect(town.accepted).toEqual([]);
  expect(broker.isConnected('band-1')).toBe(true);
});

test('of two log-ins the later one stays, though the earlier is proved last', async () => {
  const town = new Town();
  const first = Promise.withResolvers<void>();
  const answers = [first.promise, Promise.resolve()];
  town.beforeAnswer = () => answers.shift() ?? Promise.resolve();
  const { connect, logIn, broker } = await openDoor(town);
  const early = connect();
  early.send(greeting('band-1', { clientId: 'early' }));
  await eventually('the first is being checked', () => answers.length === 1);
  const late = await logIn('band-1', { clientId: 'late' });
  first.resolve();
  await early.closed();
  await late.caughtUp();
  expect(town.presences).toEqual(['band-1 online']);
  expect(broker.isConnected('band-1')).toBe(true);
});

test('nobody is thrown out by a stranger who uses the same client id', async () => {
  const { logIn } = await openDoor();
  const mine = await logIn('band-1', { clientId: 'same' });
  await logIn('band-2', { clientId: 'same' });
  await mine.caughtUp();
});

test('what the old connection had on its way to the disk is kept, and not acknowledged to the new one', async () => {
  const town = new Town();
  const disk = new SlowDisk();
  town.commit = disk.take;
  const { logIn } = await openDoor(town);
  const old = await logIn('band-1');
  old.send(telemetry('band-1', 'a', 9));
  await eventually('it was handed over', () => disk.waiting.length === 1);
  const fresh = await logIn('band-1');
  await old.closed();
  disk.finish();
  await fresh.caughtUp();
  expect(fresh.packets).toEqual([]);
  expect(town.heard).toEqual(['a']);
});

test('a will on the own status topic is heard when the connection breaks', async () => {
  const { logIn, town } = await openDoor();
  const client = await logIn('band-1', { will: will(statusOf('band-1')) });
  client.stream.destroy();
  await eventually('the will is heard', () => town.accepted.length === 1);
  expect(town.accepted[0]).toMatchObject({ senderId: 'band-1', topic: statusOf('band-1') });
  expect(town.heard).toEqual(['{"online":false}']);
});

test('a will is not heard after DISCONNECT, nor when the service stops', async () => {
  const { logIn, town, broker } = await openDoor();
  const polite = await logIn('band-1', { will: will(statusOf('band-1')) });
  const staying = await logIn('band-2', { will: will(statusOf('band-2')) });
  polite.send(goodbye);
  await eventually('it is gone', () => !broker.isConnected('band-1'));
  await broker.stop();
  await staying.closed();
  expect(town.accepted).toEqual([]);
  expect(town.presences).toEqual(['band-1 online', 'band-2 online', 'band-1 offline']);
});

for (const topic of [statusOf('band-2'), 'v1/devices/band-1/event', 'v1/alerts/city/P1/sos', 'anything']) {
  test(`a will to ${topic} is dropped and the device comes in`, async () => {
    const { logIn, town, count } = await openDoor();
    const client = await logIn('band-1', { will: will(topic) });
    client.stream.destroy();
    await eventually('it is offline', () => town.presences.includes('band-1 offline'));
    expect(town.accepted).toEqual([]);
    expect(count('will.dropped')).toBe(1);
  });
}

test('a will that does not reach the disk is said in the log', async () => {
  const town = new Town();
  town.commit = (_uplink, done) => done(new Error('disk full'));
  const { logIn, lines } = await openDoor(town);
  (await logIn('band-1', { will: will(statusOf('band-1')) })).stream.destroy();
  await eventually('it is said', () => lines.some(({ level }) => level === 'error'));
});

test('a person may have eight connections; the ninth closes the oldest', async () => {
  const { logIn } = await openDoor();
  const apps = [];
  for (let app = 0; app < 9; app++) apps.push(await logIn('ana', { clientId: `app-${app}` }));
  await apps[0]?.closed();
  for (const app of apps.slice(1)) await app.caughtUp();
});

test('the same app of the same person takes over from itself', async () => {
  const { logIn } = await openDoor();
  const first = await logIn('ana', { clientId: 'phone' });
  const second = await logIn('ana', { clientId: 'phone' });
  await first.closed();
  await second.caughtUp();
});

test('a device or person whose log-in was withdrawn is disconnected everywhere', async () => {
  const { logIn, broker, town } = await openDoor();
  const [band, phone, tablet] = [
    await logIn('band-1'),
    await logIn('ana', { clientId: 'phone' }),
    await logIn('ana', { clientId: 'tablet' }),
  ];
  broker.disconnect('band-1');
  broker.disconnect('ana');
  broker.disconnect('__proto__');
  await Promise.all([band.closed(), phone.closed(), tablet.closed()]);
  await eventually('it is offline', () => town.presences.includes('band-1 offline'));
});

test('a presence that cannot be told costs nobody the connection', async () => {
  const town = new Town();
  town.presence = () => {
    throw new Error('no engine');
  };
  const { logIn, lines } = await openDoor(town);
  const client = await logIn('band-1');
  client.send(subscribe('v1/devices/band-1/command'));
  await client.next('suback');
  expect(lines.map(({ level }) => level)).toContain('error');
});
