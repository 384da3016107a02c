import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from 'mqtt-packet';
import { bytesOf } from './packet-text.ts';
import { Peer } from './peer.ts';
import { startProfile } from './profile.ts';

/*
 * `node bench/protocol/sequences.ts DIR [--port N] [--verbose]` plays the packet sequences of Mosquitto's test data (DIR is
 * `test/broker/data` of a checked-out Mosquitto) for MQTT 3.1 and 3.1.1 against our door, or against whatever listens at
 * the port. Status 1 when a sequence fails that `allowed.json` does not explain.
 */
type Message =
  | { type: 'send' | 'recv'; payload: string }
  | { type: 'external_publish'; topic: string; qos: 0 | 1 | 2; payload: string; retain?: boolean }
  | { type: 'subscribe' | 'unsubscribe'; topic: string; qos: 0 | 1 | 2 };
type Settings = { ver?: number; connect?: boolean; expect_disconnect?: boolean };
type Group = Settings & { group: string; disable?: boolean; tests: (Settings & { name: string; msgs: Message[] })[] };
type Case = { name: string; version: 3 | 4; connects: boolean; endsClosed: boolean; messages: Message[] };

const patienceMs = 1500;
const connack = bytesOf('20 r2 00 00');

async function casesIn(folder: string): Promise<Case[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).toSorted();
  const groups = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8'))),
  );
  return (groups.flat() as Group[]).filter((group) => !group.disable).flatMap(casesOf);
}

function casesOf({ group, tests, ...defaults }: Group): Case[] {
  return tests.flatMap((test) => {
    const { ver = 4, connect = true, expect_disconnect = true } = { ...defaults, ...test };
    if (ver !== 3 && ver !== 4) return [];
    return [
      {
        name: `${group} ${test.name}`,
        version: ver,
        connects: connect,
        endsClosed: expect_disconnect,
        messages: test.msgs,
      },
    ];
  });
}

function connectPacket(clientId: string, version: 3 | 4): Buffer {
  const protocolId = version === 4 ? 'MQTT' : 'MQIsdp';
  return generate({ cmd: 'connect', protocolId, protocolVersion: version, clientId, clean: true, keepalive: 60 });
}

async function expectBytes(peer: Peer, expected: Buffer): Promise<void> {
  const got = await peer.read(expected.length, patienceMs);
  if (!got.equals(expected))
    throw new Error(`expected ${expected.toString('hex')}, got ${got.toString('hex') || 'nothing'}`);
}

async function publishFromOutside(
  port: number,
  { topic, qos, payload, retain = false }: Message & { type: 'external_publish' },
) {
  const helper = new Peer(port);
  helper.send(connectPacket('helper', 4));
  await expectBytes(helper, connack);
  helper.send(generate({ cmd: 'publish', topic, payload, qos, retain, dup: false, ...(qos > 0 && { messageId: 1 }) }));
  if (qos === 1) await expectBytes(helper, bytesOf('40 r2 m1'));
  if (qos === 2) {
    await expectBytes(helper, bytesOf('50 r2 m1'));
    helper.send(bytesOf('62 r2 m1'));
    await expectBytes(helper, bytesOf('70 r2 m1'));
  }
  helper.close();
}

async function perform(peer: Peer, port: number, message: Message): Promise<void> {
  switch (message.type) {
    case 'send':
      return peer.send(bytesOf(message.payload));
    case 'recv':
      return expectBytes(peer, bytesOf(message.payload));
    case 'external_publish':
      return publishFromOutside(port, message);
    case 'subscribe':
      peer.send(
        generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: message.topic, qos: message.qos }] }),
      );
      return expectBytes(peer, bytesOf(`90 r3 m1 0${message.qos}`));
    case 'unsubscribe':
      peer.send(generate({ cmd: 'unsubscribe', messageId: 1, unsubscriptions: [message.topic] }));
      return expectBytes(peer, bytesOf('B0 r2 m1'));
  }
}

/** Plays one sequence; the result is what went wrong. */
async function play(
  port: number,
  { name, version, connects, endsClosed, messages }: Case,
): Promise<string | undefined> {
  const peer = new Peer(port);
  try {
    if (connects) {
      peer.send(connectPacket(name, version));
      await expectBytes(peer, connack);
    }
    for (const message of messages) await perform(peer, port, message);
    if (endsClosed) return (await peer.hasEnded(patienceMs)) ? undefined : 'still connected';
    peer.send(bytesOf('C0 r0'));
    await expectBytes(peer, bytesOf('D0 r0'));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    peer.close();
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, verbose: { type: 'boolean' } },
});
const allowed: Record<string, string> = JSON.parse(
  await readFile(path.join(import.meta.dirname, 'allowed.json'), 'utf8'),
).sequences;
const profile = values.port === undefined ? await startProfile() : undefined;
const cases = await casesIn(positionals[0] ?? '.');
const failures = new Map<string, string>();
for (const each of cases) {
  const failure = await play(profile?.port ?? Number(values.port), each);
  if (failure !== undefined) failures.set(each.name, failure);
}
await profile?.broker.stop();
for (const [name, failure] of failures) {
  if (allowed[name] === undefined || values.verbose)
    console.log(`${allowed[name] === undefined ? 'FAILED' : 'allowed'}  ${name}: ${failure}`);
}
for (const name of Object.keys(allowed))
  if (!failures.has(name)) console.log(`passes though listed as allowed: ${name}`);
const unexplained = [...failures.keys()].filter((name) => allowed[name] === undefined);
console.log(
  `${cases.length - failures.size} of ${cases.length} sequences pass, ${unexplained.length} failures without a reason`,
);
process.exitCode = unexplained.length === 0 && cases.length > 0 ? 0 : 1;
