import { z } from 'zod';
import { figureNames, valueNames } from './names.ts';

export type Language = 'zh' | 'en';
export type Wall = { readonly language: Language; readonly timeZone: string };

/** What a name of the code ends with, and what people write behind the number. */
const units: readonly (readonly [suffix: string, unit: string])[] = [
  ['AtMs', 'instant'],
  ['AtS', 'instant s'],
  ['PerMin', '/min'],
  ['MmHg', 'mmHg'],
  ['Mps', 'm/s'],
  ['Bpm', '/min'],
  ['Pct', '%'],
  ['Deg', '°'],
  ['Min', 'min'],
  ['Ms', 'ms'],
  ['M', 'm'],
  ['S', 's'],
  ['H', 'h'],
  ['G', 'g'],
  ['C', '°C'],
];
/** Of a long list the newest are enough to see why. */
const mostItems = 8;
/** Ten years: a figure in milliseconds beyond it is a moment (`sinceMs`), below it a time that passed (`freeFallMs`). */
const longestMs = 10 * 365 * 86_400_000;
const Bilingual = z.object({ zh: z.string(), en: z.string() });

/** Evidence as lines of a name and a value with its unit; lists of records one line each. Sentences are left out. */
export function figuresOf(evidence: Readonly<Record<string, unknown>>, wall: Wall): string[] {
  return Object.entries(evidence)
    .filter(([name, value]) => name !== 'because' && name !== 'unless' && !isEmpty(value))
    .flatMap(([name, value]) => lines(name, value, wall));
}

function lines(name: string, value: unknown, wall: Wall): string[] {
  const { words } = named(name, wall.language);
  if (Array.isArray(value) && value.some(isRecord)) {
    const shown = value.slice(-mostItems).map((item) => `  ${inline(item, wall)}`);
    const left = value.length - shown.length;
    return [`${words}: ${value.length}`, ...(left > 0 ? [`  … ${left}`] : []), ...shown];
  }
  return [`${words}: ${shownValue(name, value, wall)}`];
}

function inline(item: unknown, wall: Wall): string {
  if (!isRecord(item)) return shownValue('', item, wall);
  return Object.entries(item)
    .map(([name, value]) => `${named(name, wall.language).words} ${shownValue(name, value, wall)}`)
    .join(', ');
}

function shownValue(name: string, value: unknown, wall: Wall): string {
  if (typeof value === 'boolean') return yesNo(value, wall.language);
  if (typeof value === 'number') return measured(name, value, wall);
  if (typeof value === 'string') return valueNames[name]?.[value]?.[wall.language] ?? value;
  if (Array.isArray(value)) return listed(name, value, wall);
  const sentence = Bilingual.safeParse(value);
  if (sentence.success) return sentence.data[wall.language];
  return isRecord(value) ? inline(value, wall) : '-';
}

/** Of a way only how many points it has: its places are for a map. */
function listed(name: string, values: readonly unknown[], wall: Wall): string {
  if (values.some(Array.isArray)) return String(values.length);
  return values.map((one) => shownValue(name, one, wall)).join(', ');
}

function yesNo(value: boolean, language: Language): string {
  if (language === 'zh') return value ? '是' : '否';
  return value ? 'yes' : 'no';
}

function measured(name: string, value: number, { language, timeZone }: Wall): string {
  const { unit } = named(name, language);
  if (unit === 'instant' || (unit === 'ms' && value > longestMs)) return wallTime(value, timeZone);
  if (unit === 'instant s') return wallTime(value * 1000, timeZone);
  if (name === 'lat' || name === 'lon') return value.toFixed(5);
  const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return unit === undefined ? number : `${number} ${unit}`;
}

/** `2026-03-02 10:15:04` on the wall of the community. */
export function wallTime(atMs: number, timeZone: string): string {
  return Number.isFinite(atMs) ? new Date(atMs).toLocaleString('sv-SE', { timeZone }) : '-';
}

/** `outsideM` is "outside" in metres; the words are those of the list, or the name itself taken apart. */
function named(name: string, language: Language): { readonly words: string; readonly unit?: string } {
  if (name === 'atMs') return { words: figureNames.at?.[language] ?? 'at', unit: 'instant' };
  const found = units.find(([suffix]) => name.length > suffix.length && name.endsWith(suffix));
  const stem = found === undefined ? name : name.slice(0, -found[0].length);
  const words = (figureNames[name] ?? figureNames[stem])?.[language] ?? apart(stem);
  return { words, ...(found && { unit: found[1] }) };
}

function apart(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

function isEmpty(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
