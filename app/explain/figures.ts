import { sentenceNames } from './words.ts';

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

/** Evidence as lines of a name and a value with its unit; lists of records one line each. Sentences are left out. */
export function figuresOf(evidence: Readonly<Record<string, unknown>>, wall: Wall): string[] {
  return Object.entries(evidence)
    .filter(([name]) => name !== 'because' && name !== 'unless')
    .flatMap(([name, value]) => lines(name, value, wall));
}

function lines(name: string, value: unknown, wall: Wall): string[] {
  const { words, unit } = named(name, wall.language);
  if (Array.isArray(value) && value.some(isRecord)) {
    const shown = value.slice(-mostItems).map((item) => `  ${inline(item, wall)}`);
    const left = value.length - shown.length;
    return [`${words}: ${value.length}`, ...(left > 0 ? [`  … ${left}`] : []), ...shown];
  }
  return [`${words}: ${shownValue(value, unit, wall)}`];
}

function inline(item: unknown, wall: Wall): string {
  if (!isRecord(item)) return shownValue(item, undefined, wall);
  return Object.entries(item)
    .map(([name, value]) => {
      const { words, unit } = named(name, wall.language);
      return `${words} ${shownValue(value, unit, wall)}`;
    })
    .join(', ');
}

function shownValue(value: unknown, unit: string | undefined, wall: Wall): string {
  if (typeof value === 'boolean') return yesNo(value, wall.language);
  if (typeof value === 'number') return withUnit(value, unit, wall.timeZone);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one) => shownValue(one, unit, wall)).join(', ');
  if (isRecord(value)) return inline(value, wall);
  return '-';
}

function yesNo(value: boolean, language: Language): string {
  if (language === 'zh') return value ? '是' : '否';
  return value ? 'yes' : 'no';
}

function withUnit(value: number, unit: string | undefined, timeZone: string): string {
  if (unit === 'instant') return wallTime(value, timeZone);
  if (unit === 'instant s') return wallTime(value * 1000, timeZone);
  const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return unit === undefined ? number : `${number} ${unit}`;
}

/** `2026-03-02 10:15:04` on the wall of the community. */
export function wallTime(atMs: number, timeZone: string): string {
  return Number.isFinite(atMs) ? new Date(atMs).toLocaleString('sv-SE', { timeZone }) : '-';
}

/** `outsideM` is "outside" in metres; the words are those of the list, or the name itself taken apart. */
function named(name: string, language: Language): { readonly words: string; readonly unit?: string } {
  if (name === 'atMs') return { words: sentenceNames.at?.[language] ?? 'at', unit: 'instant' };
  const found = units.find(([suffix]) => name.length > suffix.length && name.endsWith(suffix));
  const stem = found === undefined ? name : name.slice(0, -found[0].length);
  const words = sentenceNames[stem]?.[language] ?? apart(stem);
  return { words, ...(found && { unit: found[1] }) };
}

function apart(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
