import type { Datum, Fix, FixSource, LatLon } from '../../model/geo.ts';
import { namesOf } from './fact-codes.ts';
import type { PackedReader, PackedWriter } from './packed.ts';

/*
 * A position in a row: flags, place, accuracy, and the same of what the device really sent.
 * Places with six decimals, a tenth of a metre, take eight characters: what receivers give; with seven ten; any other
 * (shifted from another datum) twenty, as doubles.
 */

const sourceNames = namesOf<FixSource>({ gnss: 0, wifi: 1, cell: 2 });
const datumNames = namesOf<Datum>({ WGS84: 0, GCJ02: 1, BD09: 2 });

const accuracyScale = 10;
const asDoubles = 0;
const sevenDecimals = 1;
const sixDecimals = 2;
const precisionBits = 3;
const accuracyBit = 4;
const originalBit = 8;
/** With six decimals a longitude needs 29 bits. */
const farEastBit = 64;

export function writePosition(writer: PackedWriter, fix: Fix): void {
  const { accuracyM, source, original } = fix;
  const sourceCode = source === undefined ? 0 : sourceNames.indexOf(source) + 1;
  const there = (accuracyM === undefined ? 0 : accuracyBit) | (original === undefined ? 0 : originalBit);
  writePlace(writer, fix, there | (sourceCode << 4));
  if (accuracyM !== undefined) writer.number(accuracyM, accuracyScale);
  if (original !== undefined) writePlace(writer, original, datumNames.indexOf(original.datum) << 2);
}

export function readPosition(reader: PackedReader): Fix {
  const flags = reader.bits7();
  const { lat, lon } = readPlace(reader, flags);
  const accuracyM = (flags & accuracyBit) === 0 ? undefined : reader.number(accuracyScale);
  const source = sourceNames[((flags >> 4) & 3) - 1];
  const original = (flags & originalBit) === 0 ? undefined : readOriginal(reader);
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
  const datum = datumNames[(flags >> 2) & 3]!; // written from this list
  return { ...readPlace(reader, flags), datum };
}

/** Flags, with what the place adds to them, and the place. */
function writePlace(writer: PackedWriter, { lat, lon }: LatLon, flags: number): void {
  const lat6 = Math.round(lat * 1e6);
  const lon6 = Math.round(lon * 1e6);
  if (lat6 / 1e6 === lat && lon6 / 1e6 === lon) {
    const east = lon6 + 180e6;
    writer.bits7(flags | sixDecimals | (east >= 2 ** 28 ? farEastBit : 0));
    writer.bits28(lat6 + 90e6);
    writer.bits28(east);
  } else if (hasSevenDecimals(lat) && hasSevenDecimals(lon)) {
    writer.bits7(flags | sevenDecimals);
    writer.bits32(Math.round(lat * 1e7));
    writer.bits32(Math.round(lon * 1e7));
  } else {
    writer.bits7(flags | asDoubles);
    writer.double(lat);
    writer.double(lon);
  }
}

function hasSevenDecimals(degrees: number): boolean {
  return Math.round(degrees * 1e7) / 1e7 === degrees;
}

function readPlace(reader: PackedReader, flags: number): LatLon {
  switch (flags & precisionBits) {
    case sixDecimals: {
      const lat = (reader.bits28() - 90e6) / 1e6;
      const east = reader.bits28() + ((flags & farEastBit) === 0 ? 0 : 2 ** 28);
      return { lat, lon: (east - 180e6) / 1e6 };
    }
    case sevenDecimals:
      return { lat: (reader.bits32() | 0) / 1e7, lon: (reader.bits32() | 0) / 1e7 };
    default:
      return { lat: reader.double(), lon: reader.double() };
  }
}
