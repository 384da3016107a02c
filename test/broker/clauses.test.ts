import { expect, test } from 'vitest';
import { type Door, eventually, goodbye, greeting, message, openDoor, ping, subscribe, telemetry } from './support.ts';

/*
 * What MQTT 3.1.1 (OASIS Standard, 2014) demands of a server, as far as devices and apps meet it here, by the number of
 * the statement. What we do otherwise on purpose stands in docs/MQTT.md.
 */

const bare = (text: string) => text.replaceAll(' ', '');
const hex = (text: string) => Buffer.from(bare(text), 'hex');
const ok = '20 02 00 00';
const pong = 'd0 00';
const own = 'v1/devices/band-1/telemetry';

type Said = {
  readonly clause: string;
  readonly what: string;
  /** Who logs in before; nobody when absent. */
  readonly as?: string;
  readonly says: readonly Uint8Array[];
  /** All that comes back, as hexadecimal; nothing when absent. */
  readonly hears?: string;
  /** Otherwise a ping behind it is still answered. */
  readonly closes?: boolean;
  /** Payloads the service heard. */
  readonly heard?: readonly string[];
};

const hello = (more: Parameters<typeof greeting>[1] = {}) => greeting('band-1', more);
/** CONNECT with this level and these flags, and a payload of ids as they are. */
function connect(level: number, flags: number, ...texts: string[]): Buffer {
  const payload = texts.flatMap((text) => [Buffer.from([0, text.length]), Buffer.from(text)]);
  const body = Buffer.concat([hex('00 04'), Buffer.from('MQTT'), Buffer.from([level, flags, 0, 60]), ...payload]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}
const topicBytes = (head: string, topic: Buffer) =>
  Buffer.concat([hex(head), Buffer.from([topic.length + 2, 0, topic.length]), topic]);
const commands = 'v1/devices/band-1/command';
const unsubscribe = (filter: string) =>
  Buffer.concat([
    hex('a2'),
    Buffer.from([filter.length + 4]),
    hex('0007'),
    Buffer.from([0, filter.length]),
    Buffer.from(filter),
  ]);

const statements: readonly Said[] = [
  {
    clause: '1.5.3-1',
    what: 'ill-formed UTF-8 ends it',
    as: 'band-1',
    says: [topicBytes('30', hex('61eda080'))],
    closes: true,
  },
  { clause: '1.5.3-2', what: 'U+0000 ends it', as: 'band-1', says: [topicBytes('30', hex('610062'))], closes: true },
  {
    clause: '1.5.3-3',
    what: 'a byte order mark is a character of the name',
    says: [greeting('\ufeffband-1', { password: 'secret of band-1' })],
    hears: '20 02 00 04',
    closes: true,
  },
  { clause: '2.2.2-2', what: 'reserved flags that are set end it', as: 'band-1', says: [hex('c1 00')], closes: true },
  { clause: '2.3.1-1', what: 'a packet id of 0 is none', as: 'band-1', says: [message(own, '{}', 1, 0)], closes: true },
  {
    clause: '2.3.1-6',
    what: 'PUBACK has the packet id of its PUBLISH',
    as: 'band-1',
    says: [message(own, '{}', 1, 0xfffe)],
    hears: '40 02 ff fe',
    heard: ['{}'],
  },
  {
    clause: '2.3.1-7',
    what: 'SUBACK and UNSUBACK have the packet id of what they answer',
    as: 'band-1',
    says: [subscribe(commands), unsubscribe(commands)],
    hears: '90 03 00 07 01 b0 02 00 07',
  },
  { clause: '3.1.0-1', what: 'the first packet is CONNECT', says: [telemetry('band-1', '{}'), hello()], closes: true },
  { clause: '3.1.0-2', what: 'a second CONNECT is a violation', as: 'band-1', says: [hello()], closes: true },
  {
    clause: '3.1.2-1',
    what: 'another protocol name is not gone on with',
    says: [hex('10 0d 0004 4d515455 04 02 003c 0001 78')],
    closes: true,
  },
  ...[0, 2, 5, 6, 255].map(
    (level): Said => ({
      clause: '3.1.2-2',
      what: `protocol level ${level} is answered 0x01, then it ends`,
      says: [connect(level, 2, 'x'), telemetry('band-1', '{}')],
      hears: '20 02 00 01',
      closes: true,
    }),
  ),
  { clause: '3.1.2-3', what: 'the reserved flag of CONNECT is looked at', says: [connect(4, 3, 'x')], closes: true },
  { clause: '3.1.2-11', what: 'will flags without a will are malformed', says: [connect(4, 0x22, 'x')], closes: true },
  { clause: '3.1.2-14', what: 'will QoS 3 is malformed', says: [connect(4, 0x1e, 'x', 't', 'w')], closes: true },
  {
    clause: '3.1.2-19',
    what: 'a user name flag without a user name is malformed',
    says: [connect(4, 0x82, 'x')],
    closes: true,
  },
  {
    clause: '3.1.2-22',
    what: 'a password without a user name is malformed',
    says: [connect(4, 0x42, 'x', 'pw')],
    closes: true,
  },
  {
    clause: '3.1.3-5',
    what: 'client ids of 23 letters and digits are taken',
    says: [hello({ clientId: 'abcdefghijklmnopqrstuvw' })],
    hears: ok,
  },
  { clause: '3.1.3-6', what: 'an empty client id is taken', says: [hello({ clientId: '' })], hears: ok },
  {
    clause: '3.1.3-8',
    what: 'an empty client id with a stored session is answered 0x02, then it ends',
    says: [connect(4, 0, '')],
    hears: '20 02 00 02',
    closes: true,
  },
  {
    clause: '3.1.4-1',
    what: 'a CONNECT that is not as described ends it without CONNACK',
    says: [Buffer.concat([hex('10 0e'), connect(4, 2, 'x').subarray(2), hex('00')])],
    closes: true,
  },
  {
    clause: '3.1.4-5',
    what: 'nothing behind a refused CONNECT is processed',
    says: [hello({ password: 'wrong' }), telemetry('band-1', '{}')],
    hears: '20 02 00 04',
    closes: true,
  },
  {
    clause: '3.2.0-1',
    what: 'CONNACK comes first, whatever was sent behind CONNECT',
    says: [hello(), telemetry('band-1', '{}', 9)],
    hears: `${ok} 40 02 00 09`,
    heard: ['{}'],
  },
  { clause: '3.2.2-1', what: 'no session is present after a clean one', says: [hello({ clean: true })], hears: ok },
  { clause: '3.2.2-3', what: 'nor after a stored one: nothing was stored', says: [hello({ clean: false })], hears: ok },
  { clause: '3.3.1-2', what: 'DUP with QoS 0 is none', as: 'band-1', says: [hex('38 04 0001 61 78')], closes: true },
  { clause: '3.3.1-4', what: 'QoS 3 ends it', as: 'band-1', says: [hex('36 05 0001 61 0001')], closes: true },
  {
    clause: '3.3.2-2',
    what: 'a topic name holds no wildcards',
    as: 'band-1',
    says: [message('v1/devices/+/telemetry', '{}')],
    closes: true,
  },
  {
    clause: '3.3.5-2',
    what: 'who may not publish is not acknowledged, and it ends',
    as: 'band-1',
    says: [telemetry('band-2', '{}')],
    closes: true,
  },
  { clause: '3.6.1-1', what: 'PUBREL has the bits 0010', as: 'band-1', says: [hex('60 02 0001')], closes: true },
  {
    clause: '3.8.1-1',
    what: 'SUBSCRIBE has the bits 0010',
    as: 'band-1',
    says: [hex('80 06 0007 0001 61 00')],
    closes: true,
  },
  {
    clause: '3.8.3-3',
    what: 'SUBSCRIBE without a filter is a violation',
    as: 'band-1',
    says: [hex('82 02 0007')],
    closes: true,
  },
  {
    clause: '3.8.3-4',
    what: 'reserved bits of the requested QoS end it',
    as: 'band-1',
    says: [hex('82 06 0007 0001 61 04')],
    closes: true,
  },
  {
    clause: '3.8.4-4',
    what: 'several filters are answered in one SUBACK, in order',
    as: 'ana',
    says: [subscribe(['v1/alerts/city/east/#', 'v1/alerts/city/west/#', 'v1/alerts/city/east/P1/+'], 2)],
    hears: '90 05 0007 02 80 02',
  },
  {
    clause: '3.10.1-1',
    what: 'UNSUBSCRIBE has the bits 0010',
    as: 'band-1',
    says: [hex('a0 05 0007 0001 61')],
    closes: true,
  },
  {
    clause: '3.10.3-2',
    what: 'UNSUBSCRIBE without a filter is a violation',
    as: 'band-1',
    says: [hex('a2 02 0007')],
    closes: true,
  },
  {
    clause: '3.10.4-5',
    what: 'UNSUBACK comes also when nothing matched',
    as: 'band-1',
    says: [unsubscribe('never/asked')],
    hears: 'b0 02 0007',
  },
  {
    clause: '3.12.4-1',
    what: 'each PINGREQ has its PINGRESP',
    as: 'band-1',
    says: [ping, ping, ping],
    hears: `${pong}${pong}${pong}`,
  },
  { clause: '3.14.1-1', what: 'DISCONNECT has no flags', as: 'band-1', says: [hex('e1 00')], closes: true },
  {
    clause: '3.14.4-2',
    what: 'DISCONNECT ends it without an answer',
    as: 'band-1',
    says: [goodbye],
    closes: true,
  },
  {
    clause: '4.3.1-1',
    what: 'QoS 0 has no answer',
    as: 'band-1',
    says: [message(own, '{"q":0}', 0)],
    heard: ['{"q":0}'],
  },
  {
    clause: '4.3.2-2',
    what: 'QoS 1 is handed on, then PUBACK',
    as: 'band-1',
    says: [message(own, '{"q":1}', 1, 5)],
    hears: '40 02 0005',
    heard: ['{"q":1}'],
  },
  {
    clause: '4.3.2-2',
    what: 'behind PUBACK the same packet id is a new message',
    as: 'band-1',
    says: [message(own, '{"a":1}', 1, 5), message(own, '{"b":1}', 1, 5)],
    hears: '40 02 0005 40 02 0005',
    heard: ['{"a":1}', '{"b":1}'],
  },
  {
    clause: '4.3.3-2',
    what: 'QoS 2 sent twice before PUBREL is one message, answered twice',
    as: 'band-1',
    says: [message(own, '{"q":2}', 2, 6), message(own, '{"q":2}', 2, 6), hex('62 02 0006')],
    hears: '50 02 0006 50 02 0006 70 02 0006',
    heard: ['{"q":2}'],
  },
  {
    clause: '4.6.0-2',
    what: 'PUBACKs come in the order of their PUBLISHes',
    as: 'band-1',
    says: [3, 1, 2].map((id) => message(own, `${id}`, 1, id)),
    hears: '40 02 0003 40 02 0001 40 02 0002',
    heard: ['3', '1', '2'],
  },
  {
    clause: '4.7.1-2',
    what: '# stands last and alone in its level',
    as: 'ana',
    says: [hex('82 0a 0007 0005 61 2f 23 2f 62 00')],
    closes: true,
  },
  {
    clause: '4.7.1-3',
    what: '+ stands alone in its level',
    as: 'ana',
    says: [hex('82 07 0007 0002 61 2b 00')],
    closes: true,
  },
  {
    clause: '4.7.3-1',
    what: 'topics have a character at least',
    as: 'band-1',
    says: [hex('30 02 0000')],
    closes: true,
  },
  {
    clause: '4.7.3-4',
    what: 'topics are compared as they are, nothing is folded',
    as: 'band-1',
    says: [message('v1/devices/BAND-1/telemetry', '{}')],
    closes: true,
  },
  { clause: '4.8.0-1', what: 'a violation ends the connection', as: 'band-1', says: [hex('00 00')], closes: true },
];

/** What a peer that only knows bytes says, and all that comes back to it. */
async function conversation(door: Door, { as, says, hears = '', closes }: Said): Promise<string> {
  const client = door.connect();
  let answer = '';
  client.stream.on('data', (chunk: Buffer) => {
    answer += chunk.toString('hex');
  });
  const expected = bare(`${as === undefined ? '' : ok}${hears}`);
  client.send(...(as === undefined ? [] : [greeting(as)]), ...says);
  if (closes) await client.closed();
  else await eventually(`${expected} comes back`, () => answer.length >= expected.length);
  client.packets.length = 0;
  if (!closes) await client.caughtUp();
  return as === undefined ? answer : answer.slice(bare(ok).length);
}

for (const said of statements) {
  test(`[MQTT-${said.clause}] ${said.what}`, async () => {
    const door = await openDoor();
    const answer = await conversation(door, said);
    const expected = `${said.hears ?? ''}${said.closes ? '' : pong}`;
    expect(answer).toBe(bare(expected));
    expect(door.town.heard).toEqual(said.heard ?? []);
  });
}
