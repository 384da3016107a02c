import type { LatLon } from '../service/types.ts';
import type { PublicNotice } from './public-notice.ts';

/** A notice while it is written: fields as they are typed. */
export type Draft = {
  consentBy: string;
  caseNumber: string;
  hotline: string;
  sex: '' | 'female' | 'male';
  ageYears: number | '';
  heightCm: number | '';
  clothing: string;
  /** As of an input of date and time, in this browser's time zone. */
  at: string;
  place: string;
  lat: number | '';
  lon: number | '';
  /** JPEG, base64. */
  photo: string | undefined;
};

const placeStepDeg = 0.002;
const ringAtOnceM = 1_000;
const lastsMs = 72 * 3_600_000;

export function newDraft(): Draft {
  return {
    ...{ consentBy: '', caseNumber: '', hotline: '', sex: '', ageYears: '', heightCm: '', clothing: '' },
    ...{ at: '', place: '', lat: '', lon: '', photo: undefined },
  };
}

/** What is sent; what was left empty is left out. */
export function requestOf(draft: Draft) {
  const { consentBy, caseNumber, hotline, sex, ageYears, heightCm, clothing, at, place, lat, lon, photo } = draft;
  return {
    ...{ consentBy, caseNumber, hotline },
    ...(sex !== '' && { sex }),
    ...(ageYears !== '' && { ageYears }),
    ...(heightCm !== '' && { heightCm }),
    ...(clothing.trim() !== '' && { clothing }),
    lastSeen: {
      at: new Date(at).toISOString(),
      position: { lat: Number(lat), lon: Number(lon) },
      ...(place.trim() !== '' && { place }),
    },
    ...(photo !== undefined && { photo }),
  };
}

/** What the public would see of it now; undefined while time or place are missing. The service masks and rounds the same way. */
export function previewOf(
  draft: Draft,
  name: string,
  ageYears: number | undefined,
  nowMs: number,
): PublicNotice | undefined {
  if (draft.at === '' || draft.lat === '' || draft.lon === '') return undefined;
  const { consentBy: _consentBy, caseNumber: _caseNumber, photo, lastSeen, ...rest } = requestOf(draft);
  return {
    ...(ageYears !== undefined && { ageYears }),
    ...rest,
    name: maskedName(name),
    lastSeen: { ...lastSeen, position: roughPlace(lastSeen.position) },
    hasPhoto: photo !== undefined,
    ringM: ringAtOnceM,
    publishedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + lastsMs).toISOString(),
  };
}

export function maskedName(name: string): string {
  const [first = ''] = name.trim();
  return `${first}**`;
}

export function roughPlace({ lat, lon }: LatLon): LatLon {
  const rough = (degrees: number) => Number((Math.round(degrees / placeStepDeg) * placeStepDeg).toFixed(3));
  return { lat: rough(lat), lon: rough(lon) };
}

/** For an input of date and time: to the minute, in this browser's time zone. */
export function localMinute(time: string): string {
  const at = new Date(time);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Whole years from a date of birth (`1943-05-01`). */
export function yearsSince(birthDate: string | undefined, nowMs: number): number | undefined {
  if (birthDate === undefined) return undefined;
  const [today, rest] = [new Date(nowMs).toISOString().slice(0, 10), birthDate.slice(5)];
  return Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < rest ? 1 : 0);
}
