import { generate, type Packet } from 'mqtt-packet';
import type { Chance } from './chance.ts';

export type LogIn = { readonly username: string; readonly password: string };

const lanes = ['telemetry', 'event', 'burst', 'status', 'reply', 'telemetry', 'event', 'command'];
const payloads = [
  '{"seq":1,"event":"sos"}',
  '{"t":1763700000000,"position":{"lat":24.4,"lon":118.1,"accuracyM":12,"datum":"GCJ02","source":"gnss"}}',
  '[{"heartRateBpm":72,"spo2Pct":97},{"batteryPct":3,"event":["sos","fall"]}]',
  '{"t":1,"rateHz":50,"site":"wrist","unit":"g","samples":[[0,0,1],[0.1,-0.2,0.9]]}',
  '{"online":false}',
  '{"id":"c1","ok":true,"detail":"done"}',
  '{"_type":"location","lat":24.4,"lon":118.1,"tst":1763700000,"acc":5,"batt":80}',
  '{"action":"single","battery":97,"occupancy":true,"last_seen":"2026-01-01T00:00:00Z"}',
  '{"action":"claim","note":"on my way"}',
];
const filters = ['#', '+/+', 'v1/alerts/#', 'v1/alerts/city/+/P1/#', '$SYS/#', 'v1/devices/+/command', ''];

/** CONNECT as a client makes it. */
export function connectOf({ username, password }: LogIn, chance: Chance): Buffer {
  const will = {
    topic: `v1/devices/${username}/status`,
    payload: Buffer.from('{"online":false}'),
    qos: 1,
    retain: false,
  };
  return made({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: `f${chance.below(1000)}`,
    keepalive: chance.below(600),
    username,
    password: Buffer.from(password),
    ...(chance.next() < 0.3 && { will: will as { topic: string; payload: Buffer; qos: 1; retain: false } }),
  });
}

/** A packet that is well-formed, whatever it means: what a client sends after CONNECT, and now and then what only a server does. */
export function packetOf({ username }: LogIn, chance: Chance): Buffer {
  const messageId = 1 + chance.below(65_535);
  const kinds: readonly (() => Packet)[] = [
    () => publishOf(username, messageId, chance),
    () => publishOf(username, messageId, chance),
    () => publishOf(username, messageId, chance),
    () => ({ cmd: 'subscribe', messageId, subscriptions: [{ topic: filterOf(username, chance), qos: 1 }] }),
    () => ({ cmd: 'unsubscribe', messageId, unsubscriptions: [filterOf(username, chance)] }),
    () => ({ cmd: chance.of(['puback', 'pubrec', 'pubrel', 'pubcomp'] as const), messageId }),
    () => ({ cmd: 'pingreq' }),
    () => (chance.next() < 0.1 ? { cmd: 'connack', returnCode: 0, sessionPresent: false } : { cmd: 'pingreq' }),
  ];
  return made(chance.of(kinds)());
}

function publishOf(username: string, messageId: number, chance: Chance): Packet {
  const qos = chance.of([0, 1, 1, 1, 2] as const);
  const topics = [
    `v1/devices/${username}/${chance.of(lanes)}`,
    `v1/devices/${username}/telemetry`,
    `v1/devices/${username}/event`,
  ];
  const foreign = ['owntracks/user/phone', 'zigbee2mqtt/kitchen/action', 'v1/actions/a1'];
  const [topic, payload] = [chance.of(chance.next() < 0.1 ? foreign : topics), scratched(chance.of(payloads), chance)];
  return {
    cmd: 'publish',
    topic,
    payload,
    qos,
    retain: chance.next() < 0.1,
    dup: false,
    ...(qos > 0 && { messageId }),
  };
}

/** Often as it is; otherwise with bytes that are wrong inside a frame that is right, for the codecs. */
function scratched(payload: string, chance: Chance): Buffer {
  const bytes = Buffer.from(payload);
  for (let times = chance.of([0, 0, 0, 1, 2, 8]); times > 0; times--)
    bytes[chance.below(bytes.length)] = chance.below(256);
  return bytes;
}

function filterOf(username: string, chance: Chance): string {
  return chance.next() < 0.5 ? `v1/devices/${username}/command` : chance.of(filters);
}

function made(packet: Packet): Buffer {
  try {
    return generate(packet);
  } catch {
    return Buffer.from([0xc0, 0]); // an empty filter is more than the generator takes
  }
}
