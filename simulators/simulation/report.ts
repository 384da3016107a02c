import { fitted } from '../table.ts';
import type { FleetCounts } from './fleet.ts';
import type { Comparison } from './verdict.ts';

export type SimulationReport = Comparison & {
  readonly scenario: string;
  readonly elapsedS: number;
  readonly devices: number;
  readonly messages: FleetCounts;
  /** 0 when everything scripted was detected in time, 1 otherwise. */
  readonly exitCode: 0 | 1;
};

const widths = [20, 20, 12, 12, 12] as const;
const headings = ['紧急情况 emergency', '老人 resident', '发生 at', '发现 after', '结果 result'];

/** Ground truth against what the service said, as a table for people. `startMs` is when the play began. */
export function formatSimulationReport(report: SimulationReport, startMs: number, nameOf = (id: string) => id): string {
  const rows = report.verdicts.map(({ emergency, outcome, afterMs }) => [
    emergency.kind,
    nameOf(emergency.residentId),
    `+${seconds(emergency.atMs - startMs)}`,
    afterMs === undefined ? '-' : seconds(afterMs),
    outcome,
  ]);
  const falseAlarms = report.falseAlarms.map(({ type, residentId }) => `  ${type} ${nameOf(residentId)}`);
  const { sent, acknowledged, failed } = report.messages;
  return [
    line(headings),
    ...rows.map(line),
    `误报 false alarms: ${falseAlarms.length}`,
    ...falseAlarms,
    `${report.devices} devices, ${sent} messages sent, ${acknowledged} acknowledged, ${failed} failed, ${report.elapsedS.toFixed(0)} s`,
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 1000 ? 3 : 1)} s`;
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => fitted(cell, widths[index]))
    .join(' ')
    .trimEnd();
}
