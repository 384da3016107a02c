import type { Bilingual } from '../model/alert.ts';
import { localDay, stamp } from '../model/local-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "4 min ago" */
export function agoWords(ageMs: number): Bilingual {
  if (ageMs < minuteMs) return { zh: '刚刚', en: 'just now' };
  if (ageMs < hourMs) return counted(Math.floor(ageMs / minuteMs), '分钟', 'min');
  if (ageMs < dayMs) return counted(Math.floor(ageMs / hourMs), '小时', 'h');
  const days = Math.floor(ageMs / dayMs);
  return counted(days, '天', days === 1 ? 'day' : 'days');
}

function counted(count: number, zh: string, en: string): Bilingual {
  return { zh: `${count} ${zh}前`, en: `${count} ${en} ago` };
}

/** "120 m", "1.2 km": no more digits than a position has. */
export function distanceWords(m: number): Bilingual {
  if (m < 950) {
    const rounded = Math.max(10, Math.round(m / 10) * 10);
    return { zh: `${rounded} 米`, en: `${rounded} m` };
  }
  const km = m < 9_950 ? (m / 1000).toFixed(1) : Math.round(m / 1000);
  return { zh: `${km} 公里`, en: `${km} km` };
}

/** `14:02`, on another day `03-06 14:02`. */
export function momentWords(atMs: number, nowMs: number, timeZone: string): string {
  const text = stamp(timeZone, atMs);
  return localDay(timeZone, atMs) === localDay(timeZone, nowMs) ? text.slice(6) : text;
}

/** Rooms as installers write them, in either language. */
const rooms: readonly (readonly [zh: string, en: string])[] = [
  ['厨房', 'kitchen'],
  ['卧室', 'bedroom'],
  ['客厅', 'living room'],
  ['卫生间', 'bathroom'],
  ['玄关', 'hall'],
  ['餐厅', 'dining room'],
  ['书房', 'study'],
  ['阳台', 'balcony'],
];

/** "in the kitchen"; any other name as it was written. */
export function roomWords(room: string | undefined): Bilingual {
  if (room === undefined) return { zh: '室内', en: 'indoors' };
  const name = room.trim().toLowerCase().replaceAll(/[-_]/g, ' ');
  const known = rooms.find((names) => names.includes(name));
  return known === undefined ? { zh: room, en: `in “${room}”` } : { zh: known[0], en: `in the ${known[1]}` };
}
