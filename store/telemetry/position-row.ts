import type { Datum, Fix, FixSource, LatLon } from '../../model/geo.ts';
import { namesOf } from './fact-codes.ts';
import type { PackedReader, PackedWriter } from './packed.ts';

/* A position in a row: flags, place, accuracy, and the same of what the device really sent. */

const sourceNames = namesOf<FixSource>({ gnss: 0, wifi: 1, cell: 2 });
const datumNames = namesOf<Datum>({ WGS84: 0, GCJ02: 1, BD09: 2 });

const degreeScale = 1e7;
const accuracyScale = 10;

export function writePosition(writer: PackedWriter, { lat, lon, accuracyM, source, original }: Fix): void {
  const short = isShort(lat) && isShort(lon);
  const sourceCode = source === undefined ? 0 : sourceNames.indexOf(source) + 1;
  writer.bits7(
    (short ? 1 : 0) | (accuracyM === undefined ? 0 : 2) | (original === undefined ? 0 : 4) | (sourceCode << 3),
  );
  writePlace(writer, { lat, lon }, short);
  if (accuracyM !== undefined) writer.number(accuracyM, accuracyScale);
  if (original === undefined) return;
  const originalShort = isShort(original.lat) && isShort(original.lon);
  writer.bits7((originalShort ? 1 : 0) | (datumNames.indexOf(original.datum) << 1));
  writePlace(writer, original, originalShort);
}

/** Seven decimals, a centimetre, are what receivers give; shifted coordinates have all the digits of a double. */
function isShort(degrees: number): boolean {
  return Math.round(degrees * degreeScale) / degreeScale === degrees;
}

function writePlace(writer: PackedWriter, { lat, lon }: LatLon, short: boolean): void {
  if (short) {
    writer.bits32(Math.round(lat * degreeScale));
    writer.bits32(Math.round(lon * degreeScale));
  } else {
    writer.double(lat);
    writer.double(lon);
  }
}

export function readPosition(reader: PackedReader): Fix {
  const flags = reader.bits7();
  const { lat, lon } = readPlace(reader, (flags & 1) !== 0);
  const accuracyM = (flags & 2) === 0 ? undefined : reader.number(accuracyScale);
  const source = sourceNames[(flags >> 3) - 1];
  const original = (flags & 4) === 0 ? undefined : readOriginal(reader);
  return {
    lat,
    lon,
    ...(accuracyM !== undefined && { accuracyM }),
    ...(source !== undefined && { source }),
    ...(original !== undefined && { original }),
  };
}

function readOriginal(reader: PackedReader): NonNullable<Fix['original']> {
  const flags = reader.bits7();
  const datum = datumNames[flags >> 1] ?? 'WGS84';
  return { ...readPlace(reader, (flags & 1) !== 0), datum };
}

function readPlace(reader: PackedReader, short: boolean): LatLon {
  if (!short) return { lat: reader.double(), lon: reader.double() };
  return { lat: (reader.bits32() | 0) / degreeScale, lon: (reader.bits32() | 0) / degreeScale };
}
