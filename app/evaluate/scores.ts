import type { AlertType } from '../../model/alert.ts';
import type { Raise } from './book.ts';
import type { Lived } from './live.ts';
import type { Finding } from './marks.ts';

/** One line of the table: what one rule family made of the weeks. */
export type Line = {
  readonly type: AlertType;
  /** Required truths of its kind, and how many were noticed. */
  readonly happened: number;
  readonly noticed: number;
  readonly delayMedianS?: number;
  readonly delayP95S?: number;
  readonly falseAlarms: number;
  /** Of the residents this rule can be wrong about. */
  readonly falsePerResidentMonth: number;
};

/** What was asked for, and what came. */
export type Goal = { readonly goal: string; readonly value: string; readonly isMet: boolean };

export type Scores = {
  readonly lines: readonly Line[];
  readonly goals: readonly Goal[];
  /** False exits by how far inside the edge the home lies. */
  readonly edges: readonly { readonly toEdge: string; readonly homes: number; readonly falsePerMonth: number }[];
  /** P1 for nothing, and a month of how many residents that is of. */
  readonly falseEmergencies: { readonly count: number; readonly perResidentMonth: number };
  readonly kinds: readonly Kind[];
};

/** What happened, in the words of the simulator. Not an emergency: only worth noticing. */
export type Kind = {
  readonly what: string;
  readonly isEmergency: boolean;
  readonly happened: number;
  readonly noticed: number;
};

/** Whom a rule can be wrong about: the homes with something it listens to. */
const watchedBy: Readonly<Partial<Record<AlertType, string>>> = {
  fall: 'wristband',
  zoneExit: 'guarded',
  zoneEnterForbidden: 'wristband',
  wandering: 'wristband',
  vitals: 'wristband',
  notWorn: 'wristband',
  contactLost: 'wristband',
  batteryLow: 'wristband',
  inactivity: 'motionSensor',
  awayTooLong: 'doorSensor',
  smoke: 'smokeDetector',
};
/** Life safety first, as in the list of rules. */
const order: readonly AlertType[] = [
  'sos',
  'smoke',
  'gas',
  'fall',
  'zoneExit',
  'zoneEnterForbidden',
  'wandering',
  'missing',
  'inactivity',
  'awayTooLong',
  'vitals',
  'contactLost',
  'areaOutage',
  'deviceOffline',
  'batteryLow',
  'notWorn',
  'tamper',
  'visitOverdue',
  'dutyGap',
  'shiftHandOver',
];
const monthDays = 30;

export function scoresOf(lived: Lived, days: number): Scores {
  const lines = order.flatMap((type) => lineOf(lived, type, days) ?? []);
  const months = ((lived.homesWith.residents ?? 0) * days) / monthDays;
  const count = lived.falseEmergencies;
  return {
    lines,
    goals: goalsOf(lived, lines),
    edges: edgesOf(lived, days),
    falseEmergencies: { count, perResidentMonth: months === 0 ? 0 : count / months },
    kinds: kindsOf(lived.findings),
  };
}

function lineOf({ findings, falseAlarms, homesWith }: Lived, type: AlertType, days: number): Line | undefined {
  const mine = findings.filter(({ truth }) => truth.isRequired && truth.detectedBy.includes(type));
  const wrong = falseAlarms.filter((raise) => raise.type === type).length;
  if (mine.length === 0 && wrong === 0) return undefined;
  const delaysS = mine.flatMap(({ delayMs }) => (delayMs === undefined ? [] : [delayMs / 1000])).sort((a, b) => a - b);
  const months = ((homesWith[watchedBy[type] ?? 'residents'] ?? 0) * days) / monthDays;
  return {
    type,
    happened: mine.length,
    noticed: delaysS.length,
    ...(delaysS.length > 0 && { delayMedianS: rank(delaysS, 0.5), delayP95S: rank(delaysS, 0.95) }),
    falseAlarms: wrong,
    falsePerResidentMonth: months === 0 ? 0 : wrong / months,
  };
}

/** Nearest rank; 0 of nothing. */
export function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function edgesOf({ falseAlarms, traits }: Lived, days: number): Scores['edges'] {
  const isEdge = (words: string) => words.endsWith(' m from the edge');
  const homes = Map.groupBy(Object.values(traits).flat().filter(isEdge), (words) => words);
  const exits = falseAlarms.filter(({ type }) => type === 'zoneExit');
  return [...homes]
    .map(([toEdge, { length }]) => {
      const wrong = exits.filter(({ circumstances }) => circumstances.includes(toEdge)).length;
      return { toEdge, homes: length, falsePerMonth: (wrong * monthDays) / (length * days) };
    })
    .sort((a, b) => Number.parseInt(b.toEdge, 10) - Number.parseInt(a.toEdge, 10));
}

function kindsOf(findings: readonly Finding[]): readonly Kind[] {
  const required = findings.filter(({ truth }) => truth.isRequired);
  const named = Map.groupBy(required, ({ truth: { what, isEmergency } }) => `${what} ${isEmergency}`);
  return [...named.values()]
    .flatMap((some) => {
      const [first] = some;
      if (first === undefined) return [];
      const { what, isEmergency } = first.truth;
      return { what, isEmergency, happened: some.length, noticed: some.filter(({ raise }) => raise).length };
    })
    .sort((a, b) => a.what.localeCompare(b.what));
}

const mostFalseExits = 0.1;
const leastExitRecall = 0.99;

function goalsOf({ findings, falseAlarms }: Lived, lines: readonly Line[]): Goal[] {
  const exits = lines.find(({ type }) => type === 'zoneExit');
  const recall = exits === undefined || exits.happened === 0 ? 1 : exits.noticed / exits.happened;
  const flapping = falseAlarms.filter(isFromFlapping).length;
  const emergencies = findings.filter(({ truth }) => truth.isRequired && truth.isEmergency);
  const noticed = emergencies.filter(({ raise }) => raise).length;
  const falseExits = exits?.falsePerResidentMonth ?? 0;
  return [
    {
      goal: `false exits at most ${mostFalseExits} per resident-month`,
      value: falseExits.toFixed(3),
      isMet: falseExits <= mostFalseExits,
    },
    {
      goal: `exits noticed at least ${100 * leastExitRecall} %`,
      value: `${(100 * recall).toFixed(1)} %`,
      isMet: recall >= leastExitRecall,
    },
    { goal: 'offline alerts from flapping links 0', value: String(flapping), isMet: flapping === 0 },
    {
      goal: 'every scripted emergency alerted',
      value: `${noticed} of ${emergencies.length}`,
      isMet: noticed === emergencies.length,
    },
  ];
}

function isFromFlapping({ type, circumstances }: Raise): boolean {
  return type === 'deviceOffline' && circumstances.includes('link flapping now');
}
