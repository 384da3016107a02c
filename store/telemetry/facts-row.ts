import type { Fix } from '../../model/geo.ts';
import type { Mutable } from '../../model/mutable.ts';
import type { Facts, Metric } from '../../model/reading.ts';
import {
  claimNames,
  claimsPresent,
  eventNames,
  eventsPresent,
  numberFacts,
  places,
  positionPresent,
} from './fact-codes.ts';
import type { PackedReader } from './packed.ts';
import { readPosition } from './position-row.ts';

export function readFacts(reader: PackedReader, present: number): Facts {
  const facts: Mutable<Facts> = {};
  for (const { name, scale, bit } of numberFacts) if ((present & bit) !== 0) facts[name] = reader.number(scale);
  if ((present & claimsPresent) !== 0) {
    const bits = reader.uint();
    claimNames.forEach((name, index) => {
      if ((bits & (1 << index)) !== 0) facts[name] = (bits & (256 << index)) !== 0;
    });
  }
  if ((present & positionPresent) !== 0) facts.position = readPosition(reader);
  if ((present & eventsPresent) !== 0) {
    facts.events = Array.from({ length: reader.uint() }, () => eventNames[reader.bits7()]!); // written from this list
  }
  return facts;
}

/** Which claims are there (low eight bits) and which of them are so; only of a row that has some. The reader is left behind them. */
export function readClaims(reader: PackedReader, present: number): number {
  for (const { bit } of numberFacts) if ((present & bit) !== 0) reader.number(1);
  return reader.uint();
}

/** Undefined when there is none. The reader is left anywhere. */
export function readOnlyPosition(reader: PackedReader, present: number): Fix | undefined {
  if ((present & positionPresent) === 0) return undefined;
  for (const { bit } of numberFacts) if ((present & bit) !== 0) reader.number(1);
  if ((present & claimsPresent) !== 0) reader.uint();
  return readPosition(reader);
}

/** False when the metric is surely not there; of claims it is known only that there are some. */
export function mayHold(present: number, metric: Metric): boolean {
  return (present & places[metric].presentBit) !== 0;
}

/** The value of one metric that `mayHold`, claims as 0 and 1; undefined when it is not there. The reader is left anywhere. */
export function readMetric(reader: PackedReader, present: number, metric: Metric): number | undefined {
  const { kind, bit: wanted } = places[metric];
  for (const { scale, bit } of numberFacts) {
    if ((present & bit) === 0) continue;
    const value = reader.number(scale);
    if (kind === 'number' && wanted === bit) return value;
  }
  const bits = reader.uint();
  if ((bits & wanted) === 0) return undefined;
  return (bits & (wanted << 8)) === 0 ? 0 : 1;
}
