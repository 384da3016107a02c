import { Body } from './body.ts';
import { type Connect, decodeConnect } from './connect-packet.ts';
import type { Limits } from './limits.ts';
import { type Refusal, type RefusalName, refused } from './refusal.ts';
import { isFilter, isTopic, levelsOf } from './topics.ts';

/*
 * aedes 1.2.0 and its parser accept much that MQTT forbids and some things that would hurt others, so they never see
 * bytes: every packet is decoded here, strictly, and aedes is handed packets that are known to be whole and true.
 */

export type Subscribe = {
  readonly cmd: 'subscribe';
  readonly messageId: number;
  readonly subscriptions: { readonly topic: string; readonly qos: number }[];
};
export type Unsubscribe = {
  readonly cmd: 'unsubscribe';
  readonly messageId: number;
  readonly unsubscriptions: string[];
};
export type Confirmation = { readonly cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'; readonly messageId: number };
export type Bare = { readonly cmd: 'pingreq' | 'disconnect' };
/** What a client may send, but for PUBLISH, which has a fast lane of its own. */
export type ControlPacket = Connect | Subscribe | Unsubscribe | Confirmation | Bare;

export const packetType = { connect: 1, publish: 3, disconnect: 14 } as const;

type Check = {
  /** The low four bits of the first byte; undefined when the decoder looks at them itself. */
  readonly bits: number | undefined;
  readonly decode: (body: Body, head: number, limits: Limits) => ControlPacket | Refusal;
};

/** By packet type. What is not here only a server may send, or nobody. */
const checks: ReadonlyMap<number, Check> = new Map<number, Check>([
  [1, { bits: undefined, decode: decodeConnect }],
  [4, { bits: 0, decode: confirmation('puback') }],
  [5, { bits: 0, decode: confirmation('pubrec') }],
  [6, { bits: 2, decode: confirmation('pubrel') }],
  [7, { bits: 0, decode: confirmation('pubcomp') }],
  [8, { bits: 2, decode: decodeSubscribe }],
  [10, { bits: 2, decode: decodeUnsubscribe }],
  [12, { bits: 0, decode: bare('pingreq') }],
  [14, { bits: 0, decode: bare('disconnect') }],
]);

/** The packet in `bytes[start, end)` behind its first byte `head`, or why it is refused. */
export function decodeControl(
  head: number,
  bytes: Buffer,
  start: number,
  end: number,
  limits: Limits,
): ControlPacket | Refusal {
  const check = checks.get(head >> 4);
  if (check === undefined) return refused('unexpectedPacket');
  if (check.bits !== undefined && check.bits !== (head & 0x0f)) return refused('reservedBits');
  return check.decode(new Body(bytes, start, end), head, limits);
}

function confirmation(cmd: Confirmation['cmd']): Check['decode'] {
  return (body) => {
    const messageId = body.number();
    const problem = body.end() ?? (messageId === 0 ? 'packetIdZero' : undefined);
    return problem === undefined ? { cmd, messageId } : refused(problem);
  };
}

function bare(cmd: Bare['cmd']): Check['decode'] {
  return (body) => {
    const problem = body.end();
    return problem === undefined ? { cmd } : refused(problem);
  };
}

function decodeSubscribe(body: Body, _head: number, limits: Limits): Subscribe | Refusal {
  const messageId = body.number();
  const subscriptions: { topic: string; qos: number }[] = [];
  while (body.left > 0 && subscriptions.length <= limits.filtersPerSubscribe) {
    const subscription = { topic: body.text(), qos: body.byte() };
    if (body.problem === undefined && subscription.qos > 2) return refused('badQos');
    subscriptions.push(subscription);
  }
  const problem =
    body.problem ??
    filtersProblem(
      messageId,
      subscriptions.map(({ topic }) => topic),
      limits,
    );
  return problem === undefined ? { cmd: 'subscribe', messageId, subscriptions } : refused(problem);
}

function decodeUnsubscribe(body: Body, _head: number, limits: Limits): Unsubscribe | Refusal {
  const messageId = body.number();
  const unsubscriptions: string[] = [];
  while (body.left > 0 && unsubscriptions.length <= limits.filtersPerSubscribe) unsubscriptions.push(body.text());
  const problem = body.problem ?? filtersProblem(messageId, unsubscriptions, limits);
  return problem === undefined ? { cmd: 'unsubscribe', messageId, unsubscriptions } : refused(problem);
}

function filtersProblem(messageId: number, filters: readonly string[], limits: Limits): RefusalName | undefined {
  if (messageId === 0) return 'packetIdZero';
  if (filters.length === 0) return 'noFilters';
  if (filters.length > limits.filtersPerSubscribe) return 'tooManyFilters';
  for (const filter of filters) {
    const problem = isFilter(filter) ? sizeProblem(filter, limits) : 'badFilter';
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Why nobody may publish there, whoever asks. */
export function topicProblem(topic: string, limits: Limits): RefusalName | undefined {
  return isTopic(topic) ? sizeProblem(topic, limits) : 'badTopic';
}

function sizeProblem(topic: string, limits: Limits): RefusalName | undefined {
  if (topic.length > limits.topicLength) return 'topicTooLong';
  return levelsOf(topic) > limits.topicLevels ? 'topicTooDeep' : undefined;
}
