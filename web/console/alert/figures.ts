import type { Alert } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { hourAndMinute, metres } from '../../words/measures.ts';

export type Figure = { readonly name: string; readonly value: string };

/** Evidence by its name there; what it ends with says in which unit. Others are for `anju explain`. */
const places = ['outsideM', 'insideM', 'accuracyM', 'reachM'] as const;
const moments = ['leftAtMs', 'enteredAtMs', 'fellAtMs', 'pressedAtMs', 'lastActivityAtMs'] as const;
const heard = ['lastHeardAtMs', 'lastFixAtMs', 'lastSeenAtMs'] as const;
const spans = ['unansweredS', 'delayMin', 'silentMin', 'awayMin', 'offMin', 'heldMin'] as const;
const vitals = [
  'heartRateBpm',
  'spo2Pct',
  'systolicMmHg',
  'diastolicMmHg',
  'temperatureC',
  'respirationPerMin',
] as const;
const others = ['news2Partial', 'batteryPct', 'limitPct'] as const;
const names = [...places, ...moments, ...heard, ...spans, ...vitals, ...others] as const;

const units: readonly (readonly [ending: string, say: (value: number) => string])[] = [
  ['AtMs', (value) => hourAndMinute(value)],
  ['PerMin', (value) => t('console.unit.perMin', { n: value })],
  ['Bpm', (value) => t('console.unit.perMin', { n: value })],
  ['MmHg', (value) => `${value} mmHg`],
  ['Min', (value) => t('console.unit.min', { n: Math.round(value) })],
  ['Pct', (value) => `${value} %`],
  ['M', (value) => metres(value)],
  ['S', (value) => t('console.unit.s', { n: Math.round(value) })],
  ['C', (value) => `${value} °C`],
];

/** What was measured, in words and numbers. */
export function figuresOf({ evidence }: Alert): readonly Figure[] {
  return names.flatMap((key) => {
    const value = evidence[key];
    if (typeof value !== 'number') return [];
    const say = units.find(([ending]) => key.endsWith(ending))?.[1] ?? String;
    return [{ name: t(`console.figure.${key}`), value: say(value) }];
  });
}
