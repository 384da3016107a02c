import type { ForwardRefusal } from '../contracts.ts';
import { type InfluxPoint, lineOf } from './schema.ts';
import type { InfluxWriter, WriteOutcome } from './writer.ts';

/** A point and whose it is. */
export type Parcel = { readonly point: InfluxPoint; readonly of: Omit<ForwardRefusal, 'fields' | 'reason'> };

/** `later`: some of it may be in, none of it is settled; sending it again changes nothing. */
export type Delivery =
  | { readonly outcome: 'settled'; readonly refused: readonly ForwardRefusal[] }
  | Extract<WriteOutcome, { outcome: 'later' }>;

type Later = Extract<WriteOutcome, { outcome: 'later' }>;
type Refusal = Extract<WriteOutcome, { outcome: 'refused' }>;

/** A parcel that is not taken, alone and by itself. */
type Refused = { readonly parcel: Parcel; readonly reason: string };
type Tally = { written: Parcel | undefined; refused: Refused[] };

/**
 * Sends parcels until each is written or known to be refused. What is refused is found by parting: by the field the
 * server names, otherwise in halves, and at last a point field by field, so that one wrong field costs neither its
 * neighbours nor the other facts of its own reading.
 *
 * A server that refuses in words we do not know may mean itself and not the lines (a proxy, a missing setting). It is
 * believed when it refuses the same again and then takes a line it took before; otherwise it is `later`, because nothing
 * may be given up for it.
 */
export async function deliver(writer: InfluxWriter, parcels: readonly Parcel[]): Promise<Delivery> {
  const tally: Tally = { written: undefined, refused: [] };
  const later = (await deliverSome(writer, parcels, tally)) ?? (await ifDoubtful(writer, tally));
  return later ?? { outcome: 'settled', refused: tally.refused.map(refusalOf) };
}

async function ifDoubtful(writer: InfluxWriter, tally: Tally): Promise<Later | undefined> {
  const doubtful = tally.refused.filter(({ reason }) => !speaksOfLines(reason));
  if (doubtful.length === 0) return undefined;
  if (tally.written === undefined) return { outcome: 'later', reason: 'it refuses everything it is sent', slow: false };
  tally.refused = tally.refused.filter((refused) => !doubtful.includes(refused));
  const later = await deliverSome(
    writer,
    doubtful.map(({ parcel }) => parcel),
    tally,
  );
  if (later !== undefined) return later;
  const probe = await writer.write([lineOf(tally.written.point)]);
  if (probe.outcome === 'written') return undefined;
  return { outcome: 'later', reason: 'it refuses what it took before', slow: false };
}

function refusalOf({ parcel: { of, point }, reason }: Refused): ForwardRefusal {
  return { ...of, fields: point.fields.map(({ name }) => name), reason };
}

async function deliverSome(writer: InfluxWriter, parcels: readonly Parcel[], tally: Tally): Promise<Later | undefined> {
  if (parcels.length === 0) return undefined;
  const result = await writer.write(parcels.map(({ point }) => lineOf(point)));
  switch (result.outcome) {
    case 'written':
      tally.written = parcels[0];
      return undefined;
    case 'later':
      return result;
    case 'tooLarge':
      return part(writer, parcels, { outcome: 'refused', reason: result.reason }, tally);
    case 'refused':
      return part(writer, parcels, result, tally);
  }
}

async function part(
  writer: InfluxWriter,
  parcels: readonly Parcel[],
  refusal: Refusal,
  tally: Tally,
): Promise<Later | undefined> {
  const parts = partsOf(parcels, refusal);
  if (parts.length === 1) {
    for (const parcel of parcels) tally.refused.push({ parcel, reason: refusal.reason });
    return undefined;
  }
  for (const some of parts) {
    const later = await deliverSome(writer, some, tally);
    if (later !== undefined) return later;
  }
  return undefined;
}

/** One part means: these and nothing else are what it refuses. */
function partsOf(parcels: readonly Parcel[], refusal: Refusal): readonly (readonly Parcel[])[] {
  const named = byField(parcels, refusal.field);
  if (named !== undefined) return named;
  const [only] = parcels;
  if (parcels.length > 1) {
    // It said how many it left out, and that is all of them: no need to ask one by one.
    const wholly = refusal.field === undefined || everyHasOneField(parcels);
    if (refusal.dropped === parcels.length && wholly) return [parcels];
    const middle = parcels.length >> 1;
    return [parcels.slice(0, middle), parcels.slice(middle)];
  }
  if (only === undefined || only.point.fields.length <= 1) return [parcels];
  return only.point.fields.map((field) => [withFields(only, [field])]);
}

/** The named field of all of them apart from everything else they say; undefined when that parts nothing. */
function byField(parcels: readonly Parcel[], field: string | undefined): (readonly Parcel[])[] | undefined {
  if (field === undefined) return undefined;
  const having = parcels.map((parcel) => only(parcel, (name) => name === field)).filter((some) => some !== undefined);
  const rest = parcels.map((parcel) => only(parcel, (name) => name !== field)).filter((some) => some !== undefined);
  return having.length === 0 || rest.length === 0 ? undefined : [rest, having];
}

function only(parcel: Parcel, wanted: (name: string) => boolean): Parcel | undefined {
  const fields = parcel.point.fields.filter(({ name }) => wanted(name));
  return fields.length === 0 ? undefined : withFields(parcel, fields);
}

function withFields({ point, of }: Parcel, fields: InfluxPoint['fields']): Parcel {
  return { of, point: { ...point, fields } };
}

function everyHasOneField(parcels: readonly Parcel[]): boolean {
  return parcels.every(({ point }) => point.fields.length === 1);
}

/** What the InfluxDBs say when a line is at fault. */
function speaksOfLines(reason: string): boolean {
  return /partial write|field type conflict|unable to parse|retention policy|line protocol|too (long|large)/i.test(
    reason,
  );
}
