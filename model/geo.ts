import { z } from 'zod';

/** Which earth the numbers are measured on. Chinese maps shift WGS-84 by 265 to 689 m (GCJ02) or more (BD09). */
export const Datum = z.enum(['WGS84', 'GCJ02', 'BD09']);
export type Datum = z.infer<typeof Datum>;

export const LatLon = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
/** Degrees, WGS-84 unless a datum stands beside it. */
export type LatLon = Readonly<z.infer<typeof LatLon>>;

export const FixSource = z.enum(['gnss', 'wifi', 'cell']);
export type FixSource = z.infer<typeof FixSource>;

/** A position as it is used inside: WGS-84, with what the device really sent kept beside it. */
export type Fix = LatLon & {
  /** 68 % radius. Absent when the device did not say or said something impossible (0 or less). */
  readonly accuracyM?: number;
  readonly source?: FixSource;
  /** Present when the device spoke another datum. */
  readonly original?: LatLon & { readonly datum: Datum };
};

const Ring = z.array(z.array(z.number()).min(2).max(3)).min(4);

/** The shapes a zone may have. GeoJSON order in rings: longitude first. */
export const Shape = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('circle'),
    center: LatLon,
    radiusM: z.number().positive().max(1_000_000),
  }),
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1).max(50) }),
  z.strictObject({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(Ring).min(1).max(50)).min(1).max(50),
  }),
]);
export type Shape = Readonly<z.infer<typeof Shape>>;
