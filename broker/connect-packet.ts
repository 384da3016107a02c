import type { Body } from './body.ts';
import { type Refusal, refused } from './refusal.ts';
import { isTopic } from './topics.ts';

export type Will = { readonly topic: string; readonly payload: Buffer };

export type Connect = {
  readonly cmd: 'connect';
  readonly version: 3 | 4;
  readonly clientId: string;
  /** As the client asked; 0 is "never". */
  readonly keepAliveS: number;
  readonly username: string | undefined;
  readonly password: Buffer | undefined;
  readonly will: Will | undefined;
};

const levelOfProtocol: ReadonlyMap<string, 3 | 4> = new Map([
  ['MQTT', 4],
  ['MQIsdp', 3],
]);
const bridgeBit = 0x80;

/** CONNECT, strictly: everything aedes and its parser let pass is refused here, by name. */
export function decodeConnect(body: Body, head: number): Connect | Refusal {
  const version = levelOfProtocol.get(body.text());
  const level = body.byte();
  const flags = flagsOf(body.byte());
  const keepAliveS = body.number();
  if (body.problem !== undefined) return refused(body.problem);
  if (version === undefined) return refused('protocolName');
  const problem = flagProblem(flags, version, head);
  if (level & bridgeBit) return refused('bridgeMode', 1);
  if (level !== version) return problem === 'reservedBits' ? refused(problem) : refused('protocolVersion', 1);
  return problem === undefined ? decodePayload(body, version, flags, keepAliveS) : refused(problem);
}

type Flags = ReturnType<typeof flagsOf>;

function flagsOf(bits: number) {
  return {
    reserved: (bits & 1) !== 0,
    clean: (bits & 2) !== 0,
    will: (bits & 4) !== 0,
    willQos: (bits >> 3) & 3,
    willRetain: (bits & 0x20) !== 0,
    password: (bits & 0x40) !== 0,
    username: (bits & 0x80) !== 0,
  };
}

/** MQTT 3.1 had no reserved bits in CONNECT, it said nothing of their values. */
function flagProblem(flags: Flags, version: 3 | 4, head: number) {
  if (version === 4 && (flags.reserved || (head & 0x0f) !== 0)) return 'reservedBits';
  if (!flags.will && (flags.willQos !== 0 || flags.willRetain)) return 'willFlags';
  if (flags.willQos === 3) return 'willQos';
  if (flags.password && !flags.username) return 'passwordWithoutUser';
  return undefined;
}

function decodePayload(body: Body, version: 3 | 4, flags: Flags, keepAliveS: number): Connect | Refusal {
  const clientId = body.text();
  const will = flags.will ? { topic: body.text(), payload: body.data() } : undefined;
  const username = flags.username ? body.text() : undefined;
  const password = flags.password ? body.data() : undefined;
  const problem = body.end();
  if (problem !== undefined) return refused(problem);
  if (will !== undefined && (!isTopic(will.topic) || will.topic.startsWith('$'))) return refused('willTopic');
  // [MQTT-3.1.3-8]; MQTT 3.1 knows no empty client id at all
  if (clientId === '' && (version === 3 || !flags.clean)) return refused('emptyClientId', 2);
  return { cmd: 'connect', version, clientId, keepAliveS, username, password, will };
}
