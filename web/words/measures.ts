import { computed } from 'vue';
import { languageTag, t } from './index.ts';

/** Made once for each language: to make one costs a hundred times what it costs to use it. */
function formatOf(fields: Intl.DateTimeFormatOptions) {
  const format = computed(() => new Intl.DateTimeFormat(languageTag.value, { ...fields, hour12: false }));
  return (time: string | number) => format.value.format(new Date(time));
}
const [two, any] = ['2-digit', 'numeric'] as const;

const steps = [
  { belowS: 60, sizeS: 1, key: 'common.time.secondsAgo' },
  { belowS: 3_600, sizeS: 60, key: 'common.time.minutesAgo' },
  { belowS: 86_400, sizeS: 3_600, key: 'common.time.hoursAgo' },
  { belowS: Number.POSITIVE_INFINITY, sizeS: 86_400, key: 'common.time.daysAgo' },
] as const;

/** "2 分钟前" or "2 min ago". */
export function ago(ageMs: number): string {
  const ageS = Math.max(0, Math.round(ageMs / 1000));
  const step = steps.find(({ belowS }) => ageS < belowS);
  if (ageS < 2 || step === undefined) return t('common.time.justNow');
  return t(step.key, { n: Math.floor(ageS / step.sizeS) });
}

/** Date and time to the second, for those who want it exactly. */
export const exactly = formatOf({ year: any, month: any, day: any, hour: any, minute: any, second: any });

/** Hour and minute. */
export const hourAndMinute = formatOf({ hour: two, minute: two });

/** A distance for people: whole metres, or kilometres to one place. */
export function metres(m: number): string {
  return m >= 1000
    ? t('common.distance.km', { n: Math.round(m / 100) / 10 })
    : t('common.distance.m', { n: Math.round(m) });
}

/** A distance after "about": whole tens of metres from 100 m on. */
export function aboutMetres(m: number): string {
  return metres(m < 100 ? m : Math.round(m / 10) * 10);
}

/** "00:41", "12:05", "1:02:09": how long something runs. */
export function clockTime(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** Hour, minute and second. */
export const hourMinuteSecond = formatOf({ hour: any, minute: any, second: any });

/** Day, hour and minute: for what is not today. */
export const shortTime = formatOf({ month: two, day: two, hour: two, minute: two });

/** "A、B和C", "A, B, C". */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(languageTag.value, { type: 'conjunction', style: 'narrow' }).format(words);
}
