import { fitted } from '../../simulators/table.ts';
import type { Score } from './recordings/recording.ts';
import type { Line, Scores } from './scores.ts';

const headings = ['rule', 'by', 'happened', 'noticed', 'recall', 'median', 'p95', 'false', 'per res.-month'] as const;
const widths = [19, 6, 9, 8, 8, 9, 9, 7, 14] as const;

/** Ours and the naive ones under each other, rule by rule; then what was asked for. */
export function formatScores(ours: Scores, naive: Scores): string {
  const types = [...new Set([...ours.lines, ...naive.lines].map(({ type }) => type))];
  const rows = types.flatMap((type) => [
    ...ours.lines.filter((line) => line.type === type).map((line) => cellsOf(line, 'ours')),
    ...naive.lines.filter((line) => line.type === type && isJudged(line)).map((line) => cellsOf(line, 'naive')),
  ]);
  const goals = ours.goals.map(({ goal, value, isMet }) => `${fitted(isMet ? 'met' : 'missed', 7)} ${goal}: ${value}`);
  const woken = ({ falseEmergencies: { count, perResidentMonth } }: Scores) =>
    `${count} (${perResidentMonth.toFixed(3)})`;
  const emergencies = `P1 for nothing (per resident-month): ours ${woken(ours)}, naive ${woken(naive)}`;
  return [row(headings), ...rows.map(row), '', emergencies, '', ...goals].join('\n');
}

/** A naive system without such a rule missed nothing it promised. */
function isJudged({ noticed, falseAlarms }: Line): boolean {
  return noticed + falseAlarms > 0;
}

function cellsOf(line: Line, by: string): string[] {
  const { type, happened, noticed, delayMedianS, delayP95S, falseAlarms, falsePerResidentMonth } = line;
  return [
    type,
    by,
    String(happened),
    String(noticed),
    happened === 0 ? '-' : `${((100 * noticed) / happened).toFixed(1)} %`,
    duration(delayMedianS),
    duration(delayP95S),
    String(falseAlarms),
    falsePerResidentMonth.toFixed(3),
  ];
}

/** Seconds below two minutes, minutes below two hours, then hours. */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '-';
  if (seconds < 120) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return seconds < 7_200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

/** False exits a month and home, by where the home lies. */
export function formatEdges(ours: Scores, naive: Scores): string {
  const lines = ours.edges.map(({ toEdge, homes, falsePerMonth }, index) => {
    const naively = naive.edges[index]?.falsePerMonth ?? 0;
    return `  ${fitted(toEdge, 20)} ${String(homes).padStart(4)} homes  ours ${falsePerMonth.toFixed(2)}  naive ${naively.toFixed(0)}`;
  });
  return lines.join('\n');
}

/** Every kind of happening, so that a miss can be found: those of which some were missed first. */
export function formatKinds({ kinds }: Scores): string {
  const isMissed = (kind: Scores['kinds'][number]) => kind.noticed < kind.happened;
  const sorted = [...kinds.filter(isMissed), ...kinds.filter((kind) => !isMissed(kind))];
  const lines = sorted.map(({ what, isEmergency, happened, noticed }) => {
    return `  ${fitted(what, 24)} ${noticed} of ${happened}${isEmergency ? '' : ', no emergency'}`;
  });
  return lines.join('\n');
}

/** Circumstances of the false alarms of each rule, the most frequent first. */
export function formatCauses(falseAlarms: readonly { type: string; circumstances: readonly string[] }[]): string {
  const lines = [...Map.groupBy(falseAlarms, ({ type }) => type)].map(([type, some]) => {
    const counted = Map.groupBy(
      some.flatMap(({ circumstances }) => circumstances),
      (words) => words,
    );
    const causes = [...counted].map(([words, all]) => ({ words, count: all.length })).sort((a, b) => b.count - a.count);
    const named = causes.slice(0, 5).map(({ words, count }) => `${words} ${count}`);
    return `  ${fitted(type, 19)} ${some.length}: ${named.join(', ')}`;
  });
  return lines.join('\n');
}

/** Figures on recordings, as the recordings say them. */
export function formatRecorded(scores: readonly Score[]): string {
  const cells = scores.map(({ set, rule, figure, value, of }) => {
    const shown = Number.isInteger(value) ? String(value) : value.toFixed(value < 1 ? 3 : 1);
    return [set, rule, figure, `${shown}${of === undefined ? '' : ` of ${of}`}`];
  });
  const all = [['recording', 'rule', 'figure', 'value'], ...cells];
  const wide = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all.map((line) => line.map((cell, column) => fitted(cell, wide[column])).join('  ')).join('\n');
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index < 2 ? fitted(cell, widths[index]) : cell.padStart(widths[index] ?? 0)))
    .join(' ')
    .trimEnd();
}
