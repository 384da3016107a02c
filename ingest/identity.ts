import { hash } from 'node:crypto';
import type { Reading } from '../model/reading.ts';
import type { Decoded } from './contracts.ts';

/** So long a sequence number stands for one message; after it the counter is taken to have started again. */
const sameSeqWithinMs = 10 * 60_000;
/** So close the copies of one press follow each other. */
const samePressWithinMs = 2_000;

/** 132 bits of SHA-256: no two different messages of one device and moment share it. */
const digestLength = 22;
const pressMark = 'press';

/** When a reading counts as taken, and whether the device's own clock says so. */
export type Moment = { readonly takenAtMs: number; readonly receivedAtMs: number; readonly byDevice: boolean };

/**
 * The id of a reading, from facts alone: the same message sent again has the same id, also after a restart, and ids of
 * alerts follow from it. Without a sequence number and a believable clock nothing tells a repeat from a second
 * happening: then the receipt is part of the id and both count.
 */
export function identityOf(decoded: Decoded, moment: Moment): string {
  const { device, seq, facts } = decoded;
  const events = facts.events === undefined ? '' : `:${facts.events.join('+')}`;
  if (decoded.echoes) return `${device.id}:${pressMark}${moment.takenAtMs}${events}`;
  if (seq !== undefined) return `${device.id}:s${seq}:${seqMoment(moment)}${events}`;
  const digest = hash('sha256', `${decoded.lane} ${JSON.stringify(facts)}`, 'base64url').slice(0, digestLength);
  if (moment.byDevice) return `${device.id}:t${moment.takenAtMs}:${digest}`;
  return `${device.id}:r${moment.receivedAtMs}.${decoded.index ?? 0}:${digest}`;
}

function seqMoment({ takenAtMs, receivedAtMs, byDevice }: Moment): string {
  return byDevice ? `t${takenAtMs}` : `r${Math.floor(receivedAtMs / sameSeqWithinMs)}`;
}

/** What makes another reading of the same device the same one although its id differs, and for how long. */
export type Likeness = { readonly text: string; readonly number: number; readonly withinMs: number };

/**
 * The same sequence number is a retransmission, whatever clock stands beside it; the same press told in other words is
 * the same press. Events belong to the key: an SOS never drowns in the number of a heartbeat.
 */
export function likenessOf({ id, deviceId, seq, facts }: Reading): Likeness | undefined {
  const events = facts.events?.join('+') ?? '';
  if (id.startsWith(pressMark, deviceId.length + 1)) {
    return { text: `press:${events}`, number: 0, withinMs: samePressWithinMs };
  }
  return seq === undefined ? undefined : { text: `seq:${events}`, number: seq, withinMs: sameSeqWithinMs };
}
