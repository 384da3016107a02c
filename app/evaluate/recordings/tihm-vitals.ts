import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Signal } from '../../../model/alert.ts';
import type { Resident, VitalsPlan } from '../../../model/people.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import { HomeZones } from '../../../rules/home-zones.ts';
import type { Household, Input } from '../../../rules/rule.ts';
import { isPast, type Limits, type Vital } from '../../../rules/vitals/news2.ts';
import { vitals } from '../../../rules/vitals.ts';
import type { Recording, Score } from './recording.ts';

/**
 * TIHM (Palermo et al., Sci Data 2023, 10:606): spot measurements of people living with dementia, with what the clinical
 * team flagged. Labels are about an hour behind the measurements (UTC beside local time), so one belongs to the values of
 * the same kind from 30 min before it to 90 min after it; labels with no such value are left out.
 *
 * Recall here is not a goal: the team flagged single values against limits set for each patient, half of them 104 beats of
 * one person. It says how much of that is still told after asking twice and knowing the person; alarms per month are the price.
 */
export const tihmVitals: Recording = {
  folder: 'tihm',
  async score(dir, progress) {
    const [measured, labels] = await Promise.all([measurementsIn(dir), labelsIn(dir)]);
    progress(`tihm vitals: ${measured.size} homes, ${labels.length} labels`);
    const judged = [...measured].map(([id, values]) => judge(id, values, labels));
    return [
      ...scoresOf('ours', judged, ({ ours }) => ours),
      ...scoresOf('ours, limits of the service', judged, ({ planned }) => planned),
      ...scoresOf('any value outside limits', judged, ({ naive }) => naive),
    ];
  },
};

type Measured = { readonly atMs: number; readonly vital: Vital; readonly value: number };
type Label = { readonly home: string; readonly atMs: number; readonly type: string };
/** Something told about one or more vitals, at a time. */
type Alarm = { readonly atMs: number; readonly of: readonly Vital[] };
type Judged = {
  readonly months: number;
  readonly labels: readonly Label[];
  readonly ours: readonly Alarm[];
  /** With the limits of that service set for every resident, as a clinician may. */
  readonly planned: readonly Alarm[];
  readonly naive: readonly Alarm[];
};

const minuteMs = 60_000;
const monthMs = 30 * 24 * 60 * minuteMs;
const before = 30 * minuteMs;
const after = 90 * minuteMs;
/** An alarm belongs to a label when it comes up to a day later: somebody asked to measure again may do so in the morning. */
const answeredWithin = 24 * 60 * minuteMs;

const vitalOf: Readonly<Record<string, Vital>> = {
  'Heart rate': 'heartRateBpm',
  'Systolic blood pressure': 'systolicMmHg',
  'Diastolic blood pressure': 'diastolicMmHg',
  'Body Temperature': 'temperatureC',
};
const vitalsOfLabel: Readonly<Record<string, readonly Vital[]>> = {
  Pulse: ['heartRateBpm'],
  'Blood pressure': ['systolicMmHg', 'diastolicMmHg'],
  'Body temperature': ['temperatureC'],
};
/** The limits of the TIHM service. */
const serviceLimits = {
  heartRateBpm: { low: 54, high: 101 },
  systolicMmHg: { low: 79, high: 191 },
  diastolicMmHg: { low: 49, high: 111 },
  temperatureC: { low: 34.9, high: 37.7 },
} satisfies Partial<Record<Vital, Limits>>;
const limitsOf: Readonly<Partial<Record<Vital, Limits>>> = serviceLimits;

async function measurementsIn(dir: string): Promise<Map<string, Measured[]>> {
  const zipped = await readFile(join(dir, 'physiology.csv.gz'));
  const text = (await promisify(gunzip)(zipped)).toString('utf8');
  const homes = new Map<string, Measured[]>();
  for (const [home = '', date = '', type = '', value = ''] of rowsOf(text)) {
    const vital = vitalOf[type];
    if (vital === undefined) continue;
    const values = homes.get(home) ?? [];
    homes.set(home, values);
    values.push({ atMs: timeOf(date), vital, value: Number(value) });
  }
  for (const values of homes.values()) values.sort((a, b) => a.atMs - b.atMs);
  return homes;
}

async function labelsIn(dir: string): Promise<Label[]> {
  const rows = rowsOf(await readFile(join(dir, 'labels.csv'), 'utf8'));
  return rows
    .map(([home = '', date = '', type = '']) => ({ home, atMs: timeOf(date), type }))
    .filter(({ type }) => vitalsOfLabel[type] !== undefined);
}

function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

/** Wall time without a zone, read as UTC: only distances matter. */
function timeOf(date: string): number {
  return Date.parse(`${date.replace(' ', 'T')}Z`);
}

function judge(home: string, values: readonly Measured[], labels: readonly Label[]): Judged {
  const span = (values.at(-1)?.atMs ?? 0) - (values[0]?.atMs ?? 0);
  const answerable = labels.filter((label) => label.home === home && values.some((one) => belongs(one, label)));
  const naive = values
    .filter(({ vital, value }) => isPast(limitsOf[vital] ?? {}, value))
    .map(({ atMs, vital }) => ({ atMs, of: [vital] }));
  return {
    months: Math.max(span, monthMs / 30) / monthMs,
    labels: answerable,
    ours: alarmsOf(home, values),
    planned: alarmsOf(home, values, serviceLimits),
    naive,
  };
}

function belongs({ atMs, vital }: Measured, label: Label): boolean {
  const offMs = atMs - label.atMs;
  return offMs >= -before && offMs <= after && vitalsOfLabel[label.type]?.includes(vital) === true;
}

/** What the rule tells, as the engine drives it: values of one moment together, deadlines in between. */
function alarmsOf(home: string, values: readonly Measured[], limits?: VitalsPlan['limits']): Alarm[] {
  const household = householdOf(home, limits);
  let state = vitals.initial;
  const signals: Signal[] = [];
  const step = (input: Input) => {
    const outcome = vitals.step(household, state, input);
    state = outcome.state;
    signals.push(...(outcome.signals ?? []));
  };
  const meetDeadlines = (untilMs: number) => {
    for (let at = vitals.deadlineAtMs?.(household, state); at !== undefined && at <= untilMs; ) {
      step({ kind: 'deadline', nowMs: at, listeningSinceMs: 0 });
      at = vitals.deadlineAtMs?.(household, state);
    }
  };
  for (const [atMs, facts] of momentsOf(values)) {
    meetDeadlines(atMs);
    step({ kind: 'reading', reading: readingOf(home, atMs, facts), nowMs: atMs });
  }
  meetDeadlines(Number.POSITIVE_INFINITY);
  return signals
    .filter(({ effect }) => effect === 'raise')
    .map(({ atMs, evidence }) => ({ atMs, of: vitalsIn(evidence) }));
}

function momentsOf(values: readonly Measured[]): Map<number, Facts> {
  const moments = new Map<number, Facts>();
  for (const { atMs, vital, value } of values) moments.set(atMs, { ...moments.get(atMs), [vital]: value });
  return moments;
}

function readingOf(home: string, atMs: number, facts: Facts): Reading {
  const deviceId = `monitor-${home}`;
  const common = { deviceId, kind: 'vitalsMonitor', subjectId: home, lane: 'telemetry', late: false } as const;
  return { ...common, id: `${deviceId}:t${atMs}`, takenAtMs: atMs, receivedAtMs: atMs, facts };
}

/** A home with nothing but a resident and, where given, her limits. */
function householdOf(subjectId: string, limits: VitalsPlan['limits']): Household {
  const place = { home: { lat: 0, lon: 0, datum: 'WGS84' as const }, areaId: 'tihm', contacts: [] };
  const resident: Resident = { id: subjectId, name: subjectId, ...place, ...(limits && { vitals: { limits } }) };
  return { subjectId, resident, devices: new Map(), zones: HomeZones.none, home: undefined, timeZone: 'UTC' };
}

function vitalsIn(evidence: Signal['evidence']): Vital[] {
  return Object.values(vitalOf).filter((vital) => evidence[vital] !== undefined);
}

function scoresOf(rule: string, judged: readonly Judged[], alarmsOf: (one: Judged) => readonly Alarm[]): Score[] {
  const set = 'tihm vitals';
  const months = judged.reduce((sum, one) => sum + one.months, 0);
  const alarms = judged.reduce((sum, one) => sum + alarmsOf(one).length, 0);
  const perMonth = { set, rule, figure: 'alarms per resident-month', value: alarms / months, of: Math.round(months) };
  const recalls = Object.keys(vitalsOfLabel).map((type) => {
    const labels = judged.flatMap((one) =>
      one.labels.filter((label) => label.type === type).map((label) => isTold(label, alarmsOf(one))),
    );
    const share = labels.filter(Boolean).length / labels.length;
    return { set, rule, figure: `recall ${type} %`, value: 100 * share, of: labels.length };
  });
  const residents = Object.keys(vitalsOfLabel).map((type) => {
    const labelled = judged.filter((one) => one.labels.some((label) => label.type === type));
    const told = labelled.filter((one) =>
      one.labels.some((label) => label.type === type && isTold(label, alarmsOf(one))),
    );
    const figure = `labelled residents told of ${type} at least once %`;
    return { set, rule, figure, value: (100 * told.length) / labelled.length, of: labelled.length };
  });
  return [perMonth, ...[...recalls, ...residents].filter(({ of }) => of > 0)];
}

function isTold({ atMs, type }: Label, alarms: readonly Alarm[]): boolean {
  return alarms.some(
    (alarm) =>
      alarm.atMs >= atMs - before &&
      alarm.atMs <= atMs + answeredWithin &&
      alarm.of.some((vital) => vitalsOfLabel[type]?.includes(vital)),
  );
}
