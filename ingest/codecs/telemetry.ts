import { z } from 'zod';
import type { Device } from '../../model/device.ts';
import { Datum, FixSource } from '../../model/geo.ts';
import { EventName, type Facts, metrics } from '../../model/reading.ts';
import { claimIn, type Draft, metricIn, numberIn, positionIn } from '../fields.ts';
import type { Source } from '../payload.ts';
import { anyDateMs, plausible, type Range } from '../plausible.ts';
import { type Refusals, typeName } from '../refusals.ts';

/** What a telemetry object may claim; `online` has a topic of its own. */
const telemetryClaims = ['motion', 'contactOpen', 'smoke', 'gas', 'worn', 'charging', 'homeAnchor'] as const;
const maxEventNames = 16;
const maxSeq = Number.MAX_SAFE_INTEGER;

const within = ({ min, max }: Range) => z.number().min(min).max(max);
const measured = ([...metrics] as const).map((metric) => [metric, within(plausible[metric]).optional()]);
const claimed = telemetryClaims.map((claim) => [claim, z.boolean().optional()]);
type Measured = Record<(typeof metrics)[number], z.ZodOptional<z.ZodNumber>>;
type Claimed = Record<(typeof telemetryClaims)[number], z.ZodOptional<z.ZodBoolean>>;

const PositionPayload = z
  .object({
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
    accuracyM: z.number().optional().describe('68 % radius in metres; 0 or less counts as not known'),
    datum: Datum.optional(),
    source: FixSource.optional(),
  })
  .refine(({ lat, lon }) => lat !== 0 || lon !== 0, 'exactly 0,0 is a receiver without a fix');

/**
 * One telemetry object as it is published, for people and for the published JSON Schema. Messages go through
 * `telemetryIn` below, because a schema says yes or no to the whole and an SOS must outlive a bad pulse. A property test
 * holds the two together: what the schema accepts, and only that, passes below without a refusal. (A detector or sensor on
 * the wall may also say the temperature of its room, -40 to 125; the schema has what is measured on a person.)
 */
export const TelemetryPayload = z
  .object({
    t: within(anyDateMs).optional().describe("the device's clock, epoch milliseconds"),
    seq: z.int().min(0).max(maxSeq).optional().describe('the same number again is a retransmission'),
    event: z.union([EventName, z.array(EventName).min(1).max(maxEventNames)]).optional(),
    position: PositionPayload.optional(),
    ...(Object.fromEntries(claimed) as Claimed), // built from the list of the same names
    ...(Object.fromEntries(measured) as Measured), // built from the list of the same names
  })
  .refine(({ t: _t, seq: _seq, ...facts }) => Object.values(facts).some((fact) => fact !== undefined), {
    message: 'must measure or report something',
  });
export type TelemetryPayload = z.infer<typeof TelemetryPayload>;

/** What one telemetry object says; `facts` is undefined when nothing valid remains of it. */
export type Telemetry = {
  readonly deviceClockMs: number | undefined;
  readonly seq: number | undefined;
  readonly facts: Facts | undefined;
};

/**
 * Each field stands for itself: a bad one is refused by name and the others count, above all an SOS. Facts are written in
 * one order whatever the order of the message, so that the same facts have the same text. `at` is the path of the object,
 * with its dot.
 */
export function telemetryIn(source: Source, at: string, device: Device, refusals: Refusals): Telemetry {
  const before = refusals.count;
  const deviceClockMs = source.t === undefined ? undefined : numberIn(source.t, anyDateMs, `${at}t`, refusals);
  const seq = source.seq === undefined ? undefined : seqIn(source.seq, `${at}seq`, refusals);
  const facts = factsIn(source, at, device, refusals);
  if (facts === undefined && refusals.count === before) {
    refusals.add('nothingMeasured', at.slice(0, -1), 'expected an event, a position or a measurement');
  }
  return { deviceClockMs, seq, facts };
}

function factsIn(source: Source, at: string, device: Device, refusals: Refusals): Facts | undefined {
  const facts: Draft = {};
  let found = false;
  if (source.event !== undefined) {
    const events = eventsIn(source.event, `${at}event`, refusals);
    if (events.length > 0) {
      facts.events = events;
      found = true;
    }
  }
  if (source.position !== undefined) {
    const position = positionIn(source.position, `${at}position`, device.datum ?? 'WGS84', refusals);
    if (position !== undefined) {
      facts.position = position;
      found = true;
    }
  }
  for (const metric of metrics) {
    const sent = source[metric];
    if (sent === undefined) continue;
    const value = metricIn(metric, sent, at + metric, device.kind, refusals);
    if (value === undefined) continue;
    facts[metric] = value;
    found = true;
  }
  for (const claim of telemetryClaims) {
    const sent = source[claim];
    if (sent === undefined) continue;
    const value = claimIn(sent, at + claim, refusals);
    if (value === undefined) continue;
    facts[claim] = value;
    found = true;
  }
  return found ? facts : undefined;
}

function seqIn(value: unknown, path: string, refusals: Refusals): number | undefined {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number; // isSafeInteger holds for numbers only
  refusals.add('wrongType', path, 'expected a whole number from 0');
  return undefined;
}

const eventNames = new Set<unknown>(EventName.options);

/** One name or an array of names. Unknown names are refused, the known ones beside them count. */
function eventsIn(value: unknown, path: string, refusals: Refusals): EventName[] {
  if (typeof value === 'string') return eventNames.has(value) ? [value as EventName] : unknownEvent(path, refusals);
  if (!Array.isArray(value)) {
    refusals.add('wrongType', path, `expected a name or an array of names, got ${typeName(value)}`);
    return [];
  }
  if (value.length === 0 || value.length > maxEventNames) {
    refusals.add('outOfRange', path, `expected 1 to ${maxEventNames} names`);
  }
  const known = new Set<EventName>();
  for (const [index, name] of value.entries()) {
    if (eventNames.has(name))
      known.add(name as EventName); // the set holds exactly the names
    else unknownEvent(`${path}[${index}]`, refusals);
  }
  return [...known];
}

function unknownEvent(path: string, refusals: Refusals): EventName[] {
  refusals.add('outOfRange', path, `expected one of ${EventName.options.join(', ')}`);
  return [];
}
