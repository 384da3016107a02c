import { expect, test } from 'vitest';
import { eventually, message, openDoor, ping, SlowDisk, Town, telemetry } from './support.ts';

const pubrel = (id: number) => Buffer.from([0x62, 2, id >> 8, id & 0xff]);

async function slowDoor(limits = {}) {
  const town = new Town();
  const disk = new SlowDisk();
  town.commit = disk.take;
  return { disk, ...(await openDoor(town, { limits })) };
}

test('nothing is acknowledged before it is on disk, and pings are answered meanwhile', async () => {
  const { logIn, disk } = await slowDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 1), message('v1/devices/band-1/event', 'b', 2, 2));
  await client.caughtUp();
  expect(client.packets).toEqual([]);
  disk.finish();
  expect((await client.next('puback')).messageId).toBe(1);
  expect((await client.next('pubrec')).messageId).toBe(2);
});

test('acknowledgements come in order of arrival, whatever the order of the commits', async () => {
  const { logIn, disk } = await slowDoor();
  const client = await logIn('band-1');
  client.send(...[1, 2, 3].map((id) => telemetry('band-1', `${id}`, id)));
  await eventually('all were handed over', () => disk.waiting.length === 3);
  disk.waiting[2]?.done();
  disk.waiting[1]?.done();
  await client.caughtUp();
  expect(client.ids('puback')).toEqual([]);
  disk.waiting[0]?.done();
  await eventually('all are acknowledged', () => client.ids('puback').length === 3);
  expect(client.ids('puback')).toEqual([1, 2, 3]);
});

test('a failed commit is not acknowledged, closes the connection and is said clearly', async () => {
  const { logIn, disk, lines, count } = await slowDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 1), telemetry('band-1', 'b', 2));
  await eventually('both were handed over', () => disk.waiting.length === 2);
  disk.waiting[0]?.done(new Error('disk full'));
  disk.waiting[1]?.done();
  await client.closed();
  expect(client.packets).toEqual([]);
  expect(lines.filter(({ message }) => message.includes('not acknowledged'))).toMatchObject([
    { facts: { who: 'band-1', reason: 'disk full' } },
  ]);
  expect(count('messages.acknowledged')).toBe(0);
});

test('an SOS behind a message that did not reach the disk is heard before the connection ends, and neither is acknowledged', async () => {
  const town = new Town();
  town.commit = (_uplink, done) => done(new Error('disk full'));
  const { logIn, count } = await openDoor(town);
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 1), telemetry('band-1', 'sos', 2));
  await client.closed();
  expect(town.heard).toEqual(['a', 'sos']);
  expect(client.packets).toEqual([]);
  expect(count('closed.commitFailed')).toBe(1);
});

test('a host that throws is a failed commit', async () => {
  const town = new Town();
  town.commit = () => {
    throw new Error('engine stopped');
  };
  const { logIn, count } = await openDoor(town);
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a'));
  await client.closed();
  expect(count('closed.commitFailed')).toBe(1);
});

test('an answer given twice is given once', async () => {
  const { logIn, disk } = await slowDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 1), telemetry('band-1', 'b', 2));
  await eventually('both were handed over', () => disk.waiting.length === 2);
  disk.waiting[0]?.done();
  disk.waiting[0]?.done();
  disk.waiting[0]?.done(new Error('late'));
  await client.caughtUp();
  expect(client.ids('puback')).toEqual([1]);
  expect(client.isClosed).toBe(false);
});

test('QoS 0 is handed over too', async () => {
  const { logIn, town } = await openDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 0, 0));
  await client.caughtUp();
  expect(town.heard).toEqual(['a']);
  expect(client.packets).toEqual([]);
});

test('a QoS 2 message sent again before its commit is heard once and not acknowledged before', async () => {
  const { logIn, disk } = await slowDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 5, 2), telemetry('band-1', 'a', 5, 2));
  await client.caughtUp();
  expect(disk.waiting).toHaveLength(1);
  expect(client.packets).toEqual([]);
  disk.finish();
  await client.next('pubrec');
});

test('a QoS 2 message sent again after PUBREC is acknowledged again and heard once; after PUBREL the id is free', async () => {
  const { logIn, town } = await openDoor();
  const client = await logIn('band-1');
  const send = async () => {
    client.send(telemetry('band-1', 'a', 5, 2));
    await client.next('pubrec');
  };
  await send();
  await send();
  expect(town.heard).toHaveLength(1);
  client.send(pubrel(5));
  expect((await client.next('pubcomp')).messageId).toBe(5);
  await send();
  expect(town.heard).toHaveLength(2);
});

test('PUBREL in a hurry is answered after the commit, and PUBREL for nothing is answered', async () => {
  const { logIn, disk } = await slowDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 5, 2), pubrel(5), pubrel(99));
  await client.caughtUp();
  expect(client.packets).toEqual([]);
  disk.finish();
  await eventually('all is answered', () => client.packets.length === 3);
  expect(client.packets.map(({ cmd, messageId }) => [cmd, messageId])).toEqual([
    ['pubrec', 5],
    ['pubcomp', 5],
    ['pubcomp', 99],
  ]);
});

test('QoS 2 messages that are never released have a bound', async () => {
  const { logIn, count } = await openDoor(undefined, { limits: { unreleasedPerConnection: 10 } });
  const client = await logIn('band-1');
  client.send(...Array.from({ length: 11 }, (_, at) => telemetry('band-1', 'a', at + 1, 2)));
  await client.closed();
  expect(count('refused.tooManyUnreleased')).toBe(1);
});

test('what was handed over is what was sent, in whatever pieces it was read', async () => {
  const { logIn, town } = await openDoor();
  const client = await logIn('band-1');
  const payloads = Array.from({ length: 300 }, (_, at) => `message ${at}`);
  client.send(...payloads.map((payload, at) => telemetry('band-1', payload, at + 1)));
  await eventually('all are acknowledged', () => client.ids('puback').length === 300);
  expect(town.heard).toEqual(payloads);
  client.send(telemetry('band-1', 'x'.repeat(40_000)));
  await eventually('the large one is there', () => town.heard.length === 301);
  expect(town.heard[300]).toBe('x'.repeat(40_000));
});

for (const topic of [
  'v1/devices/band-2/telemetry',
  'v1/devices/band-1/command',
  'v1/actions/a1',
  '$SYS/broker',
  'zigbee2mqtt/x',
  'v1/devices/__proto__/event',
]) {
  test(`a device that publishes to ${topic} is closed, unheard, and named in the log`, async () => {
    const { logIn, town, count, lines } = await openDoor();
    const client = await logIn('band-1');
    client.send(message(topic, '{}'), telemetry('band-1', 'behind it'));
    await client.closed();
    expect(town.accepted).toEqual([]);
    expect(client.packets).toEqual([]);
    expect(count('publish.denied')).toBe(1);
    expect(lines).toMatchObject([{ level: 'warn', facts: { who: 'band-1', topic } }]);
  });
}

test('a right that was taken away ends within a second, also for the topic used all the time', async () => {
  const { logIn, town, clock } = await openDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a'));
  await client.next('puback');
  town.mayPublish = () => false;
  clock.passS(1);
  client.send(telemetry('band-1', 'b'));
  await client.closed();
  expect(town.heard).toEqual(['a']);
});

test('no more than the bound is on its way to the disk, and everything arrives in order', async () => {
  const { logIn, disk, town } = await slowDoor({ unackedPerConnection: 50 });
  const client = await logIn('band-1');
  const all = Array.from({ length: 2000 }, (_, at) => `${at}`);
  client.send(...all.map((payload, at) => telemetry('band-1', payload, at + 1)));
  while (town.accepted.length < all.length) {
    await eventually('something waits', () => disk.waiting.length > 0);
    expect(disk.waiting.length).toBeLessThanOrEqual(50);
    disk.finish();
  }
  disk.finish();
  await eventually('all are acknowledged', () => client.ids('puback').length === all.length);
  expect(town.heard).toEqual(all);
});

test('messages one by one are held back too, with control packets among them', async () => {
  const { logIn, disk, town } = await slowDoor({ unackedPerConnection: 8 });
  const client = await logIn('band-1');
  for (let id = 1; id <= 100; id++) {
    client.send(telemetry('band-1', `${id}`, id), ping);
    if (id % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(disk.waiting.length).toBeLessThanOrEqual(8);
  town.commit = (_uplink, done) => setImmediate(done);
  disk.finish();
  await eventually('all are acknowledged', () => client.ids('puback').length === 100);
  await eventually(
    'all pings are answered',
    () => client.packets.filter(({ cmd }) => cmd === 'pingresp').length === 100,
  );
});

test('a device whose commits hang does not slow another, and is not called silent for it', async () => {
  const town = new Town();
  const disk = new SlowDisk();
  town.commit = (uplink, done) => (uplink.senderId === 'band-1' ? disk.take(uplink, done) : done());
  const { logIn, clock } = await openDoor(town, { limits: { unackedPerConnection: 4 } });
  const [stuck, other] = [await logIn('band-1', { keepalive: 10 }), await logIn('band-2', { keepalive: 3000 })];
  stuck.send(...[1, 2, 3, 4, 5].map((id) => telemetry('band-1', `${id}`, id)));
  await eventually('its window is full', () => disk.waiting.length === 4);
  clock.passS(100);
  other.send(...Array.from({ length: 100 }, (_, at) => telemetry('band-2', 'x', at + 1)));
  await eventually('the other is served', () => other.ids('puback').length === 100);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(stuck.isClosed).toBe(false);
  disk.finish();
  await eventually('it goes on', () => disk.waiting.length === 1);
  disk.finish();
  await eventually('all five are acknowledged', () => stuck.ids('puback').length === 5);
});

test('the disk hangs while a hub sends on and on: an SOS behind it all is heard, and answered in its turn', async () => {
  const { logIn, disk, town } = await slowDoor({ unackedPerConnection: 4 });
  const hub = await logIn('band-1');
  hub.send(...[1, 2, 3, 4, 5, 6, 7].map((id) => telemetry('band-1', `${id}`, id)), telemetry('band-1', 'sos', 8));
  await eventually('its window is full', () => disk.waiting.length === 4);
  town.isDiskHanging = true;
  await eventually('the SOS is heard', () => town.heard.at(-1) === 'sos');
  expect(hub.packets).toEqual([]);
  town.isDiskHanging = false;
  hub.send(telemetry('band-1', 'behind it', 9));
  disk.finish();
  await eventually('what came behind it is heard', () => town.heard.at(-1) === 'behind it');
  disk.finish();
  await eventually('all are acknowledged', () => hub.ids('puback').length === 9);
  expect(hub.ids('puback')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a hub that sends on and on does not fill the memory when the disk hangs: there is a bound then, too', async () => {
  const { logIn, disk, town } = await slowDoor({ unackedPerConnection: 4, whileDiskHangs: 3 });
  town.isDiskHanging = true;
  const hub = await logIn('band-1');
  hub.send(...Array.from({ length: 20 }, (_, at) => telemetry('band-1', `${at}`, at + 1)));
  await eventually('its larger window is full', () => disk.waiting.length === 12);
  await (await logIn('band-2')).caughtUp();
  expect(disk.waiting.length).toBe(12);
  disk.finish();
  await eventually('the rest follows', () => town.heard.length === 20);
});

test('stopping waits for messages on their way to the disk, and hears no new ones', async () => {
  const { logIn, disk, broker } = await slowDoor();
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 1));
  await eventually('it was handed over', () => disk.waiting.length === 1);
  const stopped = broker.stop();
  client.send(telemetry('band-1', 'b', 2));
  setTimeout(() => disk.finish(), 20);
  await stopped;
  await client.closed();
  expect(client.ids('puback')).toEqual([1]);
  expect(disk.waiting).toEqual([]);
});

test('stopping does not wait for ever', async () => {
  const { logIn, disk, broker, lines } = await slowDoor({ stopWaitMs: 30 });
  const client = await logIn('band-1');
  client.send(telemetry('band-1', 'a', 1));
  await eventually('it was handed over', () => disk.waiting.length === 1);
  await broker.stop();
  await client.closed();
  expect(client.ids('puback')).toEqual([]);
  expect(lines.some(({ message }) => message.includes('on their way'))).toBe(true);
});
