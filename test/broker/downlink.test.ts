import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { eventually, message, openDoor, subscribe, telemetry } from './support.ts';

const command = 'v1/devices/band-1/command';
const sos = { topic: 'v1/alerts/city/east/P1/sos', payload: '{"id":"a1"}' };
const everybody = () => true;

test('a command reaches a device that listens, at QoS 1, and nobody else', async () => {
  const { logIn, broker } = await openDoor();
  const [band, other] = [await logIn('band-1'), await logIn('band-2')];
  expect(broker.sendToDevice('band-1', command, '{}')).toBe(false);
  band.send(subscribe(command));
  other.send(subscribe('v1/devices/band-2/#'));
  await Promise.all([band.next('suback'), other.next('suback')]);
  expect(broker.sendToDevice('band-1', command, '{"name":"ring"}')).toBe(true);
  expect(await band.next('publish')).toMatchObject({ topic: command, qos: 1, retain: false });
  await other.caughtUp();
  expect(other.packets).toEqual([]);
  expect(broker.sendToDevice('band-3', 'v1/devices/band-3/command', '{}')).toBe(false);
});

test('only the own command topic goes to a device', async () => {
  const { logIn, broker } = await openDoor();
  const band = await logIn('band-1');
  band.send(subscribe('v1/devices/band-1/#'));
  await band.next('suback');
  expect(broker.sendToDevice('band-1', 'v1/devices/band-2/command', '{}')).toBe(false);
  expect(broker.sendToDevice('band-1', 'v1/devices/band-1/reply', '{}')).toBe(false);
});

test('who unsubscribes is sent nothing more', async () => {
  const { logIn, broker } = await openDoor();
  const band = await logIn('band-1');
  band.send(subscribe(command));
  await band.next('suback');
  band.send(generate({ cmd: 'unsubscribe', messageId: 8, unsubscriptions: [command] }));
  await band.next('unsuback');
  expect(broker.sendToDevice('band-1', command, '{}')).toBe(false);
});

for (const filter of [
  '#',
  '$SYS/#',
  'v1/#',
  'v1/devices/+/command',
  'v1/devices/band-2/#',
  'v1/devices/band-1/event',
  '+/+',
]) {
  test(`a device is not granted ${filter}, and hears nothing through it`, async () => {
    const { logIn, broker, count } = await openDoor();
    const band = await logIn('band-1');
    band.send(subscribe(filter));
    expect((await band.next('suback')).granted).toEqual([0x80]);
    expect(broker.sendToDevice('band-1', command, '{}')).toBe(false);
    expect(count('subscribe.denied')).toBe(1);
  });
}

for (const filter of [
  '#',
  'v1/alerts/#',
  'v1/alerts/city/#',
  'v1/alerts/+/east/#',
  'v1/alerts/city/west/#',
  '$SYS/#',
  'v1/devices/band-1/event',
]) {
  test(`a responder of the east is not granted ${filter}`, async () => {
    const { logIn, broker } = await openDoor();
    const ana = await logIn('ana');
    ana.send(subscribe(filter));
    expect((await ana.next('suback')).granted).toEqual([0x80]);
    broker.sendToPeople(sos, everybody);
    await ana.caughtUp();
    expect(ana.packets).toEqual([]);
  });
}

test('an alert reaches everybody who listens and may, at the quality each asked for', async () => {
  const { logIn, broker } = await openDoor();
  const [ana, li, root] = [await logIn('ana'), await logIn('li'), await logIn('root')];
  ana.send(subscribe('v1/alerts/city/east/#', 1));
  li.send(subscribe('v1/alerts/city/east/+/sos', 0));
  root.send(subscribe('v1/alerts/#', 2));
  await Promise.all([ana, li, root].map((client) => client.next('suback')));
  broker.sendToPeople(sos, ({ id }) => id !== 'root');
  expect(await ana.next('publish')).toMatchObject({ topic: sos.topic, qos: 1 });
  expect(await li.next('publish')).toMatchObject({ topic: sos.topic, qos: 0 });
  await root.caughtUp();
  expect(root.packets).toEqual([]);
});

test('overlapping subscriptions bring an alert once, at the best quality', async () => {
  const { logIn, broker } = await openDoor();
  const ana = await logIn('ana');
  ana.send(subscribe('v1/alerts/city/east/#', 0), subscribe('v1/alerts/city/east/P1/#', 1));
  await ana.next('suback');
  await ana.next('suback');
  broker.sendToPeople(sos, everybody);
  expect((await ana.next('publish')).qos).toBe(1);
  await ana.caughtUp();
  expect(ana.packets).toEqual([]);
});

test('who subscribes is sent what is open, after SUBACK, as far as the filter goes', async () => {
  const { logIn, town } = await openDoor();
  town.openAlerts = [sos, { topic: 'v1/alerts/city/east/P4/batteryLow', payload: '{}' }];
  const ana = await logIn('ana');
  ana.send(subscribe('v1/alerts/city/east/P1/#'));
  await eventually('both came', () => ana.packets.length === 2);
  await ana.caughtUp();
  expect(ana.packets.map(({ cmd }) => cmd)).toEqual(['suback', 'publish']);
});

test('a greeting that fails leaves the subscription standing', async () => {
  const { logIn, town, broker } = await openDoor();
  town.greet = () => {
    throw new Error('no desk');
  };
  const ana = await logIn('ana');
  ana.send(subscribe('v1/alerts/city/east/#'));
  await ana.next('suback');
  broker.sendToPeople(sos, everybody);
  await ana.next('publish');
});

test('people act on alerts and publish nothing else', async () => {
  const { logIn, town, count } = await openDoor();
  const ana = await logIn('ana');
  ana.send(message('v1/actions/a1', '{"action":"claim"}'));
  await ana.next('puback');
  expect(town.acted).toEqual([{ who: 'ana', topic: 'v1/actions/a1', payload: '{"action":"claim"}' }]);
  ana.send(message('v1/devices/band-1/event', '{"event":"sos"}'));
  await ana.closed();
  expect(town.accepted).toEqual([]);
  expect(count('publish.denied')).toBe(1);
});

const large = 'x'.repeat(64 * 1024);

test('a responder who does not read is disconnected, and the others are told at once', async () => {
  const { logIn, broker, count } = await openDoor();
  const [stalled, reading] = [await logIn('ana'), await logIn('li')];
  for (const client of [stalled, reading]) {
    client.send(subscribe('v1/alerts/city/east/#'));
    await client.next('suback');
  }
  stalled.stream.pause();
  let sent = 0;
  while (count('closed.slowReader') === 0 && sent < 1000) {
    broker.sendToPeople({ ...sos, payload: large }, everybody);
    sent++;
    await eventually('the other has it', () => reading.packets.length === sent);
  }
  expect(count('closed.slowReader')).toBe(1);
  expect(reading.isClosed).toBe(false);
});

test('a device that does not read its commands is disconnected and may come back', async () => {
  const { logIn, broker, count } = await openDoor();
  const band = await logIn('band-1');
  band.send(subscribe(command));
  await band.next('suback');
  band.stream.pause();
  let sent = 0;
  while (broker.sendToDevice('band-1', command, large) && sent < 1000) sent++;
  expect(sent).toBeLessThan(1000);
  expect(count('closed.slowReader')).toBe(1);
  const again = await logIn('band-1');
  again.send(telemetry('band-1', '{}'));
  await again.next('puback');
});

test('a full house of open alerts is sent at the pace of its reader', async () => {
  const { logIn, town, count } = await openDoor();
  town.openAlerts = Array.from({ length: 100 }, () => ({ ...sos, payload: large }));
  const ana = await logIn('ana');
  ana.stream.pause();
  ana.send(subscribe('v1/alerts/city/east/#'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  ana.stream.resume();
  await eventually('all came', () => ana.packets.filter(({ cmd }) => cmd === 'publish').length === 100);
  expect(count('closed.slowReader')).toBe(0);
});

test('a peer that asks and asks and never reads is disconnected', async () => {
  const { logIn, count } = await openDoor(undefined, { limits: { unsentBytes: 20_000 } });
  const band = await logIn('band-1');
  band.stream.pause();
  const pings = Buffer.alloc(64 * 1024).fill(Buffer.from([0xc0, 0]));
  for (let round = 0; round < 400 && count('closed.slowReader') === 0; round++) {
    band.send(pings);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await eventually('it is given up', () => count('closed.slowReader') === 1);
});
