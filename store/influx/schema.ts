import { crc32 } from 'node:zlib';
import { escape as escaped } from '@influxdata/influxdb-client';
import { claims, metrics, type Reading } from '../../model/reading.ts';
import { purposesOf } from '../telemetry/purposes.ts';
import { servesOf } from './serves.ts';

/*
 * What a reading looks like in InfluxDB; nothing else knows (docs/INFLUXDB.md has it for people).
 *
 * One measurement, one point for each reading:
 *   reading,subject={subjectId},device={deviceId},serves={purposes} delayMs=…,{facts}… {nanoseconds}
 * Every number and every claim is a 64-bit float, always: the type of a field is settled by the first point that has it,
 * and a point of ours can then never disagree with another point of ours.
 */

export const measurement = 'reading';
/** `receivedAtMs - takenAtMs`: in every point, so that counting it counts readings. */
export const delayField = 'delayMs';

/** One field of a point, ready to be sent: its name and `name=value`. */
export type Field = { readonly name: string; readonly text: string };

/** A point taken apart, so that a refused field can be told from its neighbours. */
export type InfluxPoint = { readonly head: string; readonly fields: readonly Field[]; readonly tail: string };

export function pointOf(reading: Reading): InfluxPoint {
  const subject = escaped.tag(reading.subjectId);
  const device = escaped.tag(reading.deviceId);
  const serves = servesOf(purposesOf(reading.facts));
  return {
    head: `${measurement},device=${device},serves=${serves},subject=${subject} `,
    fields: fieldsOf(reading),
    tail: ` ${reading.takenAtMs}${String(withinMs(reading)).padStart(6, '0')}`,
  };
}

export function lineOf({ head, fields, tail }: InfluxPoint): string {
  return head + fields.map(({ text }) => text).join(',') + tail;
}

function fieldsOf({ takenAtMs, receivedAtMs, facts }: Reading): Field[] {
  const fields = [field(delayField, receivedAtMs - takenAtMs)];
  for (const name of metrics) if (facts[name] !== undefined) fields.push(field(name, facts[name]));
  for (const name of claims) if (facts[name] !== undefined) fields.push(field(name, Number(facts[name])));
  if (facts.position !== undefined) {
    const { lat, lon, accuracyM } = facts.position;
    fields.push(field('lat', lat), field('lon', lon));
    if (accuracyM !== undefined) fields.push(field('accuracyM', accuracyM));
  }
  if (facts.events !== undefined && facts.events.length > 0) {
    fields.push({ name: 'events', text: `events=${escaped.quoted(facts.events.join('+'))}` });
  }
  return fields;
}

function field(name: string, value: number): Field {
  return { name, text: `${name}=${value}` };
}

/**
 * Nanoseconds after the millisecond. A point is known by series and time, and devices whose clock counts seconds say
 * several things at one time: different readings get different nanoseconds, the same reading always the same ones.
 * Neighbours of one counter never meet; readings without a counter meet once in 500,000 pairs of the same millisecond.
 */
function withinMs({ id, seq, facts: { events } }: Reading): number {
  if (seq === undefined) return 500_000 + (crc32(id) % 500_000);
  const happening = events === undefined || events.length === 0 ? 0 : 1 + (crc32(events.join(' ')) % 3);
  return (Math.abs(seq) % 125_000) * 4 + happening;
}
