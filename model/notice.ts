import { z } from 'zod';
import { LatLon } from './geo.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Within a day nearly everybody is found; a notice older than that is about nobody any more. */
export const noticeLastsMs = 72 * hourMs;
/** How far round the place last seen people are asked to look, by time since: 80 % are found within 2 km, 95 % within 6. */
const rings = [
  { fromMs: 0, radiusM: 1_000 },
  { fromMs: 30 * minuteMs, radiusM: 3_000 },
  { fromMs: 2 * hourMs, radiusM: 6_000 },
] as const;
/** About 200 m: enough to search, too little for an address. */
const placeStepDeg = 0.002;
const photoCharactersAtMost = 400_000;

/** What has to be known before anybody is shown to everybody. */
export const NoticeRequest = z.strictObject({
  /** Who of the family agreed, and how they are related. */
  consentBy: z.string().trim().min(2).max(200),
  /** Of the police. */
  caseNumber: z.string().trim().min(3).max(100),
  hotline: z.string().regex(/^\+?[0-9][0-9 -]{2,30}$/, 'must be a telephone number'),
  sex: z.enum(['female', 'male']).optional(),
  ageYears: z.int().min(1).max(130).optional(),
  heightCm: z.int().min(50).max(250).optional(),
  clothing: z.string().trim().min(1).max(500).optional(),
  lastSeen: z.strictObject({
    at: z.iso.datetime({ offset: true }),
    /** In words that name no home. */
    place: z.string().trim().min(1).max(200).optional(),
    /** WGS-84. */
    position: LatLon,
  }),
  /** JPEG or PNG, base64. */
  photo: z
    .string()
    .max(photoCharactersAtMost)
    .regex(/^(\/9j\/|iVBORw0KGgo)[A-Za-z0-9+/]+={0,2}$/, 'must be a JPEG or PNG in base64, at most 300 KB')
    .optional(),
});
export type NoticeRequest = Readonly<z.infer<typeof NoticeRequest>>;

/** A notice that asks the public to look for somebody. */
export type Notice = NoticeRequest & {
  /** Also its address: who may know it is everybody. */
  readonly id: string;
  readonly residentId: string;
  /** User id. */
  readonly by: string;
  readonly publishedAtMs: number;
  readonly expiresAtMs: number;
  /** The alert that says she is gone: when it is over, so is the notice. */
  readonly alertId?: string;
  readonly endedAtMs?: number;
};

/** How far people are asked to look now. Pure. */
export function ringM({ publishedAtMs }: Notice, nowMs: number): number {
  return rings.findLast(({ fromMs }) => nowMs - publishedAtMs >= fromMs)?.radiusM ?? rings[0].radiusM;
}

/** Is it to be seen? `isGone`: the alert it hangs on is open. Pure. */
export function isNoticeUp({ endedAtMs, expiresAtMs, alertId }: Notice, nowMs: number, isGone: boolean): boolean {
  return endedAtMs === undefined && nowMs < expiresAtMs && (alertId === undefined || isGone);
}

/** A place as the public is told it. Pure. */
export function roughPlace({ lat, lon }: LatLon): LatLon {
  const rough = (degrees: number) => Number((Math.round(degrees / placeStepDeg) * placeStepDeg).toFixed(3));
  return { lat: rough(lat), lon: rough(lon) };
}
