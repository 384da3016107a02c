import { crc32 } from 'node:zlib';
import { escape as escaped } from '@influxdata/influxdb-client';
import { claims, type Facts, metrics, type Reading } from '../../model/reading.ts';
import type { Purpose } from '../contracts.ts';
import { factsFor, purposeOf, purposesOf } from '../telemetry/purposes.ts';
import { servesOf } from './serves.ts';

/*
 * What a reading looks like in InfluxDB; nothing else knows (docs/INFLUXDB.md has it for people).
 *
 * One measurement. Of each reading one point for each purpose it has facts of, because InfluxDB deletes by tags and time
 * only, and where she was has to go while her pulse stays:
 *   reading,subject={subjectId},device={deviceId},serves={purpose} {facts}… {nanoseconds}
 * and `delayMs` once: with the facts of a reading that has one purpose, otherwise in a point of its own which names them
 * all and goes with the last of them.
 *   reading,subject={subjectId},device={deviceId},serves={purposes} delayMs=… {nanoseconds}
 * Every number and every claim is a 64-bit float, always: the type of a field is settled by the first point that has it,
 * and a point of ours can then never disagree with another point of ours.
 */

export const measurement = 'reading';
/** `receivedAtMs - takenAtMs`: once for each reading, so that counting it counts readings. */
export const delayField = 'delayMs';

/** One field of a point, ready to be sent: its name and `name=value`. */
export type Field = { readonly name: string; readonly text: string };

/** A point taken apart, so that a refused field can be told from its neighbours. */
export type InfluxPoint = { readonly head: string; readonly fields: readonly Field[]; readonly tail: string };

/** The first one has the delay. */
export function pointsOf(reading: Reading): readonly InfluxPoint[] {
  const { subjectId, deviceId, takenAtMs, receivedAtMs, facts } = reading;
  const [subject, device] = [escaped.tag(subjectId), escaped.tag(deviceId)];
  const tail = ` ${takenAtMs}${String(withinMs(reading)).padStart(6, '0')}`;
  const point = (serves: string, fields: readonly Field[]): InfluxPoint => ({
    head: `${measurement},device=${device},serves=${serves},subject=${subject} `,
    fields,
    tail,
  });
  const delay = field(delayField, receivedAtMs - takenAtMs);
  const all = purposesOf(facts);
  if (all.length === 1) return [point(servesOf(all), [delay, ...fieldsOf(facts)])];
  const each = all.map((purpose) => point(purpose, fieldsOf(factsFor(facts, (one) => one === purpose))));
  return [point(servesOf(all), [delay]), ...each];
}

export function lineOf({ head, fields, tail }: InfluxPoint): string {
  return head + fields.map(({ text }) => text).join(',') + tail;
}

/** Every field that a point of this purpose can have. */
export function fieldNamesOf(purpose: Purpose): readonly string[] {
  const positions = purpose === 'positions' ? ['lat', 'lon', 'accuracyM'] : [];
  const named = [...metrics, ...claims, 'events'] as const;
  return [delayField, ...positions, ...named.filter((name) => purposeOf(name) === purpose)];
}

function fieldsOf(facts: Facts): Field[] {
  const fields: Field[] = [];
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
