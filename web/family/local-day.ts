import { shallowRef } from 'vue';
import { pageSettings } from '../service/page-settings.ts';
import { languageTag } from '../words/index.ts';

/* Days and times of day where she lives: a daughter abroad means her mother's evening. */

const zone = shallowRef('Asia/Shanghai');
const minuteMs = 60_000;
export const dayMs = 1_440 * minuteMs;

/** IANA name, of the service. */
export const timeZone: { readonly value: string } = zone;

/** Learns the time zone of the service; without an answer it is the one of most. */
export async function learnTimeZone(): Promise<void> {
  const settings = await pageSettings().catch(() => undefined);
  if (settings !== undefined) zone.value = settings.timeZone;
}

/** `2026-03-07`: the day there. */
export function dayOf(atMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone.value }).format(atMs);
}

/** When a day there begins, epoch ms. */
export function startOfDayMs(day: string): number {
  const utcMs = Date.parse(`${day}T00:00:00Z`);
  // Twice, for a day on which the clocks change.
  const first = utcMs - aheadMs(utcMs);
  return utcMs - aheadMs(first);
}

/** The day before (-1) or after (1) that one. */
export function dayBeside(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** `14:02` there. */
export function clockOf(at: number | string): string {
  return format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "Sat 7 March" there, in the language of the page. */
export function dateOf(at: number | string): string {
  return format(at, { weekday: 'short', day: 'numeric', month: 'long' });
}

/** "7 March, 14:02" there. */
export function momentOf(at: number | string): string {
  return format(at, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "7/3" there. */
export function shortDateOf(at: number | string): string {
  return format(at, { day: 'numeric', month: 'numeric' });
}

/** "Sat" there. */
export function weekdayOf(at: number | string): string {
  return format(at, { weekday: 'short' });
}

function format(at: number | string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(languageTag.value, { ...options, timeZone: zone.value }).format(new Date(at));
}

function aheadMs(atMs: number): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone.value, hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}Z`;
  return Date.parse(shown) - Math.floor(atMs / minuteMs) * minuteMs;
}
