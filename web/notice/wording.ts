import { t } from '../words/index.ts';
import { exactly } from '../words/measures.ts';
import type { PublicNotice } from './public-notice.ts';

/** "女 · 82 岁 · 身高 155 厘米", as far as it is known. */
export function looksOf({ sex, ageYears, heightCm }: PublicNotice): string {
  const looks = [
    sex && t(`notice.sex.${sex}`),
    ageYears && t('notice.age', { n: ageYears }),
    heightCm && t('notice.height', { n: heightCm }),
  ];
  return looks.filter(Boolean).join(' · ');
}

/** In words, or where on the map. */
export function placeOf({ lastSeen: { place, position } }: PublicNotice): string {
  return place ?? t('notice.place', { lat: position.lat.toFixed(3), lon: position.lon.toFixed(3) });
}

/** Date and time to the minute. */
export function toTheMinute(time: string): string {
  return exactly(time).replace(/:\d\d$/, '');
}

/** What is passed on in a chat. */
export function shareTextOf(notice: PublicNotice, url: string): string {
  const { name, clothing, hotline, lastSeen } = notice;
  const facts = [name, looksOf(notice), clothing].filter(Boolean).join(' · ');
  return t('notice.shareText', { facts, at: toTheMinute(lastSeen.at), place: placeOf(notice), hotline, url });
}
