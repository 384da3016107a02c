import { describe, expect, test } from 'vitest';
import { eventually, goodbye, greeting, message, openDoor, ping, subscribe, telemetry } from './support.ts';

const u16 = (number: number) => Buffer.from([number >> 8, number & 0xff]);
const str = (text: string | Buffer) => Buffer.concat([u16(Buffer.byteLength(text)), Buffer.from(text)]);

/** A packet with a body that may be wrong in any way; the length is right. */
function packet(head: number, ...body: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(body);
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([Buffer.from([head, ...length]), bytes]);
}

type ConnectParts = { protocol?: string; level?: number; flags?: number; head?: number };

function connect(
  { protocol = 'MQTT', level = 4, flags = 2, head = 0x10 }: ConnectParts,
  ...payload: Uint8Array[]
): Buffer {
  return packet(head, str(protocol), Buffer.from([level, flags]), u16(60), ...payload);
}

const badTexts = {
  'U+0000': Buffer.from('61006200', 'hex'),
  'a surrogate': Buffer.from('61eda080', 'hex'),
  'a byte that is no UTF-8': Buffer.from('61ff62', 'hex'),
  'an overlong form': Buffer.from('61c0af', 'hex'),
  'a line break': Buffer.from('a\nb'),
  'U+007F': Buffer.from('a\x7fb'),
  'U+009F': Buffer.from('a\u009fb'),
};

describe('a CONNECT is refused', () => {
  const named = 0x82;
  const cases: [why: string, bytes: Buffer, counted: string, code?: number][] = [
    ['with another protocol name', connect({ protocol: 'MQTU' }, str('x')), 'protocolName'],
    ['of version 2', connect({ level: 2 }, str('x')), 'protocolVersion', 1],
    ['of version 6', connect({ level: 6 }, str('x')), 'protocolVersion', 1],
    ['of 3.1 under the new name', connect({ level: 3 }, str('x')), 'protocolVersion', 1],
    ['in bridge mode', connect({ level: 0x84 }, str('x')), 'bridgeMode', 1],
    ['with a reserved connect flag', connect({ flags: 3 }, str('x')), 'reservedBits'],
    ['with reserved header bits', connect({ head: 0x11 }, str('x')), 'reservedBits'],
    ['with will QoS but no will', connect({ flags: 0x0a }, str('x')), 'willFlags'],
    ['with will retain but no will', connect({ flags: 0x22 }, str('x')), 'willFlags'],
    ['with will QoS 3', connect({ flags: 0x1e }, str('x'), str('t'), str('w')), 'willQos'],
    ['with a will to a wildcard', connect({ flags: 6 }, str('x'), str('a/#'), str('w')), 'willTopic'],
    ['with a will to $SYS', connect({ flags: 6 }, str('x'), str('$SYS/x'), str('w')), 'willTopic'],
    ['with a password but no user', connect({ flags: 0x42 }, str('x'), str('pw')), 'passwordWithoutUser'],
    ['with an empty client id and a stored session', connect({ flags: 0 }, str('')), 'emptyClientId', 2],
    ['with bytes left over', connect({}, str('x'), Buffer.from([0])), 'excessBytes'],
    ['with a user the flags do not name', connect({}, str('x'), str('band-1')), 'excessBytes'],
    ['that ends early', connect({ flags: named }, str('x'), u16(9), Buffer.from('ban')), 'tooShort'],
    ['longer than 4 KiB', greeting('band-1', { clientId: 'x'.repeat(5000) }), 'packetTooLarge'],
    ...Object.entries(badTexts).flatMap(([what, bad]): typeof cases => [
      [`with ${what} in the client id`, connect({}, str(bad)), 'badText'],
      [`with ${what} in the user`, connect({ flags: named }, str('x'), str(bad)), 'badText'],
      [`with ${what} in the will topic`, connect({ flags: 6 }, str('x'), str(bad), str('w')), 'badText'],
    ]),
  ];
  for (const [why, bytes, counted, code] of cases) {
    test(`${why}${code === undefined ? '' : ` (return code ${code})`}`, async () => {
      const door = await openDoor();
      const client = door.connect();
      client.send(bytes, telemetry('band-1', '{}'));
      await client.closed();
      expect(client.packets.map((answer) => answer.cmd === 'connack' && answer.returnCode)).toEqual(
        code === undefined ? [] : [code],
      );
      expect(door.count(`refused.${counted}`)).toBe(1);
      expect(door.town.accepted).toEqual([]);
    });
  }
});

describe('a packet closes the connection, unheard,', () => {
  const id = u16(1);
  const publish = (topic: string | Buffer, head = 0x30) => packet(head, str(topic), Buffer.from('{}'));
  const own = 'v1/devices/band-1/telemetry';
  const cases: [why: string, bytes: Buffer, counted: string][] = [
    ['PUBLISH with QoS 3', packet(0x36, str(own), id), 'badQos'],
    ['PUBLISH with DUP at QoS 0', publish(own, 0x38), 'badQos'],
    ['PUBLISH at QoS 1 with packet id 0', message(own, '{}', 1, 0), 'packetIdZero'],
    ['PUBLISH at QoS 1 without a packet id', packet(0x32, str(own)), 'tooShort'],
    ['PUBLISH whose topic is longer than itself', packet(0x30, u16(500), Buffer.from('v1')), 'tooShort'],
    ['PUBLISH without a topic', publish(''), 'badTopic'],
    ['PUBLISH to +', publish('v1/devices/+/telemetry'), 'badTopic'],
    ['PUBLISH to #', publish('v1/devices/band-1/#'), 'badTopic'],
    ['PUBLISH to 10,000 levels', publish('a/'.repeat(10_000)), 'topicTooLong'],
    ['PUBLISH to 40 levels', publish('a/'.repeat(40)), 'topicTooDeep'],
    ['SUBSCRIBE without filters', packet(0x82, id), 'noFilters'],
    ['SUBSCRIBE with packet id 0', packet(0x82, u16(0), str('a'), Buffer.from([0])), 'packetIdZero'],
    ['SUBSCRIBE with QoS 3', packet(0x82, id, str('a'), Buffer.from([3])), 'badQos'],
    ['SUBSCRIBE without a QoS', packet(0x82, id, str('a')), 'tooShort'],
    ['SUBSCRIBE with reserved bits', packet(0x80, id, str('a'), Buffer.from([0])), 'reservedBits'],
    ['SUBSCRIBE to an empty filter', packet(0x82, id, str(''), Buffer.from([0])), 'badFilter'],
    ['SUBSCRIBE to a#', packet(0x82, id, str('a#'), Buffer.from([0])), 'badFilter'],
    ['SUBSCRIBE to a+', packet(0x82, id, str('a+'), Buffer.from([0])), 'badFilter'],
    ['SUBSCRIBE to a/#/b', packet(0x82, id, str('a/#/b'), Buffer.from([0])), 'badFilter'],
    ['SUBSCRIBE to 40 levels', packet(0x82, id, str('a/'.repeat(40)), Buffer.from([0])), 'topicTooDeep'],
    ['SUBSCRIBE to 51 filters', subscribe(Array.from({ length: 51 }, (_, at) => `f${at}`)), 'tooManyFilters'],
    ['SUBSCRIBE of 40 KiB', packet(0x82, id, Buffer.alloc(40_000)), 'packetTooLarge'],
    ['UNSUBSCRIBE without filters', packet(0xa2, id), 'noFilters'],
    ['UNSUBSCRIBE with packet id 0', packet(0xa2, u16(0), str('a')), 'packetIdZero'],
    ['UNSUBSCRIBE from a+', packet(0xa2, id, str('a+')), 'badFilter'],
    ['UNSUBSCRIBE with reserved bits', packet(0xa0, id, str('a')), 'reservedBits'],
    ['PUBACK with packet id 0', packet(0x40, u16(0)), 'packetIdZero'],
    ['PUBACK that is too short', packet(0x40, Buffer.from([1])), 'tooShort'],
    ['PUBACK that is too long', packet(0x40, id, id), 'excessBytes'],
    ['PUBREL with the wrong bits', packet(0x60, id), 'reservedBits'],
    ['PUBREL with packet id 0', packet(0x62, u16(0)), 'packetIdZero'],
    ['PINGREQ with a body', packet(0xc0, id), 'excessBytes'],
    ['DISCONNECT with reserved bits', packet(0xe1), 'reservedBits'],
    ['CONNACK', packet(0x20, Buffer.from([0, 0])), 'unexpectedPacket'],
    ['SUBACK', packet(0x90, id, Buffer.from([0])), 'unexpectedPacket'],
    ['PINGRESP', packet(0xd0), 'unexpectedPacket'],
    ['AUTH', packet(0xf0), 'unexpectedPacket'],
    ['packet type 0', packet(0x00), 'unexpectedPacket'],
    ['a length of five bytes', Buffer.from('30ffffffff01', 'hex'), 'badLength'],
    ...Object.entries(badTexts).flatMap(([what, bad]): typeof cases => [
      [`PUBLISH with ${what} in the topic`, publish(bad), 'badText'],
      [`SUBSCRIBE with ${what} in the filter`, packet(0x82, id, str(bad), Buffer.from([0])), 'badText'],
      [`UNSUBSCRIBE with ${what} in the filter`, packet(0xa2, id, str(bad)), 'badText'],
    ]),
  ];
  for (const [why, bytes, counted] of cases) {
    test(`${why} (${counted})`, async () => {
      const door = await openDoor();
      const client = await door.logIn('band-1');
      client.send(bytes, telemetry('band-1', '{}'));
      await client.closed();
      expect(door.count(`refused.${counted}`)).toBe(1);
      expect(door.town.accepted).toEqual([]);
      expect(client.packets).toEqual([]);
    });
  }
});

test('a payload of 10 MB ends the connection as soon as its length is known, and nobody else notices', async () => {
  const door = await openDoor();
  const [big, other] = [await door.logIn('band-1'), await door.logIn('band-2')];
  big.send(Buffer.from([0x32]), Buffer.from('80ade204', 'hex'), str('v1/devices/band-1/telemetry'), u16(1));
  await big.closed();
  expect(door.count('refused.packetTooLarge')).toBe(1);
  other.send(telemetry('band-2', 'still here'));
  await other.next('puback');
  expect(door.town.heard).toEqual(['still here']);
});

test('a payload just within the limit is heard whole, however it is split', async () => {
  const door = await openDoor();
  const client = await door.logIn('band-1');
  const payload = Buffer.alloc(255 * 1024, 'x');
  const bytes = telemetry('band-1', payload.toString());
  for (let at = 0; at < bytes.length; at += 9973) client.send(bytes.subarray(at, at + 9973));
  await client.next('puback');
  expect(Buffer.from(door.town.accepted[0]?.payload ?? []).equals(payload)).toBe(true);
});

test('an empty client id with a clean session is fine', async () => {
  const door = await openDoor();
  const client = await door.logIn('band-1', { clientId: '' });
  client.send(telemetry('band-1', 'x'));
  await client.next('puback');
});

test('no more filters than a connection may hold are granted', async () => {
  const door = await openDoor(undefined, { limits: { filtersPerConnection: 2 } });
  const client = await door.logIn('root');
  client.send(subscribe(['v1/alerts/a/#', 'v1/alerts/b/#', 'v1/alerts/c/#']));
  expect((await client.next('suback')).granted).toEqual([1, 1, 0x80]);
});

test('silence of one and a half times the keep-alive is the end; pings keep it open', async () => {
  const door = await openDoor();
  const [silent, lively] = [
    await door.logIn('band-1', { keepalive: 10 }),
    await door.logIn('band-2', { keepalive: 10 }),
  ];
  door.clock.passS(14);
  await lively.caughtUp();
  expect(silent.isClosed).toBe(false);
  door.clock.passS(2);
  await silent.closed();
  expect(lively.isClosed).toBe(false);
  expect(door.count('closed.silent')).toBe(1);
});

for (const keepalive of [0, 65_535]) {
  test(`a keep-alive of ${keepalive} counts as 300 s`, async () => {
    const door = await openDoor();
    const client = await door.logIn('band-1', { keepalive });
    door.clock.passS(449);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(client.isClosed).toBe(false);
    door.clock.passS(2);
    await client.closed();
  });
}

test('half a packet is no sign of life', async () => {
  const door = await openDoor();
  const client = await door.logIn('band-1', { keepalive: 10 });
  door.clock.passS(14);
  client.send(ping.subarray(0, 1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  door.clock.passS(2);
  await client.closed();
});

test('the retain flag is ignored: who comes later is sent nothing', async () => {
  const door = await openDoor();
  const client = await door.logIn('band-1');
  const retained = telemetry('band-1', '{}');
  retained[0]! |= 1; // the first byte of a packet is there
  client.send(retained, subscribe('v1/devices/band-1/#'));
  await client.next('puback');
  await client.next('suback');
  await client.caughtUp();
  expect(client.packets).toEqual([]);
});

test('a host that throws costs one connection, not the service', async () => {
  const door = await openDoor();
  door.town.mayPublish = () => {
    throw new Error('no directory');
  };
  const client = await door.logIn('band-1');
  client.send(telemetry('band-1', '{}'));
  await client.closed();
  door.town.maySubscribe = door.town.mayPublish;
  const other = await door.logIn('band-2');
  other.send(subscribe('v1/devices/band-2/#'));
  expect((await other.next('suback')).granted).toEqual([0x80]);
  expect(door.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
});

test('ids like __proto__ and constructor are only names', async () => {
  const door = await openDoor();
  const client = await door.logIn('root', { clientId: '__proto__' });
  client.send(subscribe(['v1/alerts/constructor/#', 'v1/alerts/__proto__/#', 'v1/devices/__proto__/command']));
  expect((await client.next('suback')).granted).toEqual([1, 1, 0x80]);
  door.broker.sendToPeople({ topic: 'v1/alerts/__proto__/P1/sos', payload: 'x' }, () => true);
  expect((await client.next('publish')).topic).toBe('v1/alerts/__proto__/P1/sos');
  expect(door.broker.isConnected('constructor')).toBe(false);
});

test('DISCONNECT ends it without a word', async () => {
  const door = await openDoor();
  const client = await door.logIn('band-1');
  client.send(goodbye);
  await client.closed();
  await eventually('it is offline', () => door.town.presences.includes('band-1 offline'));
});
