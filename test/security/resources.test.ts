import { describe, expect, test } from 'vitest';
import { networkOf } from '../../api/network-of.ts';
import { connectionBudget, descriptorLimit } from '../../app/descriptors.ts';
import type { Downlink, Principal } from '../../broker/contracts.ts';
import { eventually, greeting, openDoor, SlowDisk, subscribe, Town, telemetry } from '../broker/support.ts';

describe('places at the door', () => {
  test('who only holds a place gives it up to a device that comes in', async () => {
    const door = await openDoor(undefined, { limits: { connections: 20 } });
    const idle = Array.from({ length: 20 }, () => door.connect());
    await eventually('the door is full', () => door.count('connections.accepted') === 20);
    const dribbling = greeting('band-0').subarray(0, 10);
    for (const stranger of idle) stranger.send(dribbling);
    for (let i = 0; i < 20; i++) await (await door.logIn(`band-${i}`)).caughtUp();
    expect(idle.every(({ isClosed }) => isClosed)).toBe(true);
    expect(door.count('closed.madeRoom')).toBe(20);
  });

  test('who has proved who it is keeps its place', async () => {
    const door = await openDoor(undefined, { limits: { connections: 3 } });
    const devices = [await door.logIn('band-1'), await door.logIn('band-2'), await door.logIn('band-3')];
    for (let i = 0; i < 50; i++) await door.connect().closed();
    for (const device of devices) await device.caughtUp();
    expect(door.count('refused.noRoom')).toBe(50);
  });

  test('connections never take the descriptors that files need', () => {
    for (const descriptors of [256, 1_024, 20_000, 65_536, 524_288, 1_048_576]) {
      const { http, mqtt } = connectionBudget(descriptors);
      expect(http + mqtt).toBeLessThanOrEqual(descriptors - 90);
      expect(http).toBeGreaterThanOrEqual(64);
      expect(mqtt).toBeGreaterThanOrEqual(90);
    }
    expect(descriptorLimit()).toBeGreaterThan(100);
  });
});

test('what one connection has on its way to the disk is bounded in bytes: an SOS of another waits behind that at most', async () => {
  const town = new Town();
  const disk = new SlowDisk();
  town.commit = disk.take;
  const door = await openDoor(town);
  const flooder = await door.logIn('band-flood');
  const large = JSON.stringify(Array.from({ length: 1000 }, (_, i) => ({ t: i, motion: true })));
  for (let id = 1; id <= 40; id++) flooder.send(telemetry('band-flood', large, id));
  const other = await door.logIn('band-other');
  other.send(telemetry('band-other', '{"event":"sos"}'));
  await eventually('the other is heard', () => disk.waiting.some(({ uplink }) => uplink.senderId === 'band-other'));
  const ahead = disk.waiting.filter(({ uplink }) => uplink.senderId === 'band-flood');
  expect(ahead.length * large.length).toBeLessThan(2 * 64 * 1024);
  town.commit = (_uplink, done) => done();
  disk.finish();
  await eventually('everything is acknowledged in the end', () => flooder.ids('puback').length === 40);
});

test('who subscribes again and again and never reads costs one list of what is open, not thousands', async () => {
  const counts = { lists: 0, alerts: 0, asked: 0 };
  class Generous extends Town {
    override maySubscribe(principal: Principal, filter: string): boolean {
      counts.asked += 1;
      return super.maySubscribe(principal, filter);
    }
    override greet(): Iterable<Downlink> {
      counts.lists += 1;
      return thousandsOpen(() => {
        counts.alerts += 1;
      });
    }
  }
  const door = await openDoor(new Generous());
  const greedy = await door.logIn('ana');
  greedy.stream.pause();
  const filters = ['#', '+/+', 'P1/#', '+/sos'].map((filter) => `v1/alerts/city/east/${filter}`);
  for (let i = 0; i < 300; i++) greedy.send(subscribe(filters));
  await eventually('every filter was judged', () => counts.asked === 300 * filters.length);
  await (await door.logIn('band-1')).caughtUp();
  expect(counts.lists).toBe(1);
  expect(counts.alerts).toBeLessThan(alertsOpen); // made as they are read
});

/** More than the buffers between two sockets hold. */
const alertsOpen = 50_000;

function* thousandsOpen(onEach: () => void): Generator<Downlink> {
  for (let i = 0; i < alertsOpen; i++) {
    onEach();
    yield { topic: 'v1/alerts/city/east/P1/sos', payload: 'x'.repeat(1000) };
  }
}

test('a session that ends closes its connections within a second, and nothing is sent to them before', async () => {
  const over = new Set<string>();
  class Watchful extends Town {
    isWelcome(principal: Principal): boolean {
      return !over.has(principal.id);
    }
  }
  const door = await openDoor(new Watchful(), { limits: { sweepEveryMs: 60_000 } });
  const [ana, li] = [await door.logIn('ana'), await door.logIn('li')];
  for (const person of [ana, li]) {
    person.send(subscribe('v1/alerts/city/east/#'));
    await person.next('suback');
  }
  over.add('ana');
  const sent = door.broker.sendToPeople({ topic: 'v1/alerts/city/east/P1/sos', payload: '{}' }, () => true);
  expect(sent).toBe(1);
  await ana.closed();
  await li.next('publish');
  expect(ana.packets).toEqual([]);
});

test('a storm of wrong log-ins is counted whole and written in part', async () => {
  const door = await openDoor();
  for (let round = 0; round < 10; round++) {
    const clients = Array.from({ length: 50 }, () => door.connect());
    for (const client of clients) client.send(greeting('band-1', { password: 'wrong' }));
    for (const client of clients) await client.closed();
  }
  expect(door.count('refused.badCredentials')).toBe(500);
  expect(door.lines.length).toBeLessThanOrEqual(101);
});

test('a name that can be none is not written: it may be a password in the wrong field', async () => {
  const door = await openDoor();
  for (const name of ['my password!', 'x'.repeat(3000)]) {
    const client = door.connect();
    client.send(greeting(name, { password: 'wrong', clientId: 'c' }));
    await client.closed();
  }
  expect(JSON.stringify(door.lines)).not.toMatch(/my password|xxxx/);
});

test('attempts are counted for a whole IPv6 network, and for one IPv4 address', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('::ffff:192.0.2.7');
});
