import type { Tally } from './connection.ts';
import type { Histogram, LatencySummary } from './histogram.ts';
import type { LoadOptions } from './options.ts';

export type LoadReport = {
  readonly profile: string;
  readonly devices: number;
  readonly connections: number;
  readonly qos: number;
  readonly window: number;
  /** What was asked for; 0 is as fast as possible. */
  readonly requestedRatePerS: number;
  /** From the first message to the last answer. */
  readonly elapsedS: number;
  readonly sent: number;
  /** Null with QoS 0: nobody says. */
  readonly acknowledged: number | null;
  /** Sent and, after the drain, not acknowledged. */
  readonly lost: number | null;
  /** Acknowledged per second; with QoS 0 sent per second. */
  readonly ratePerS: number;
  readonly disconnects: number;
  readonly refusedConnections: number;
  /** From due (or sent, at full speed) to acknowledged. */
  readonly latencyMs: LatencySummary | null;
  /** Processor cores this generator used: near 1 it was itself the bottleneck. */
  readonly generatorCores: number;
};

export type LoadResult = {
  readonly tally: Tally;
  readonly histogram: Histogram;
  readonly connections: number;
  readonly elapsedS: number;
  readonly cpuS: number;
};

export function reportOf(
  options: LoadOptions,
  { tally, histogram, connections, elapsedS, cpuS }: LoadResult,
): LoadReport {
  const answered = options.qos > 0;
  const counted = answered ? tally.acknowledged : tally.sent;
  return {
    profile: options.profile,
    devices: options.devices,
    connections,
    qos: options.qos,
    window: options.window,
    requestedRatePerS: options.rate,
    elapsedS,
    sent: tally.sent,
    acknowledged: answered ? tally.acknowledged : null,
    lost: answered ? tally.sent - tally.acknowledged : null,
    ratePerS: elapsedS > 0 ? counted / elapsedS : 0,
    disconnects: tally.disconnects,
    refusedConnections: tally.refused,
    latencyMs: answered && histogram.count > 0 ? histogram.summary() : null,
    generatorCores: elapsedS > 0 ? cpuS / elapsedS : 0,
  };
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** The report as lines of a table for people. */
export function formatLoadReport(report: LoadReport): string {
  const rows: [string, string][] = [
    ['profile', `${report.profile}, QoS ${report.qos}, window ${report.window}`],
    ['devices', `${whole.format(report.devices)} on ${whole.format(report.connections)} connections`],
    ['sent', whole.format(report.sent)],
    ['acknowledged', report.acknowledged === null ? 'not known (QoS 0)' : whole.format(report.acknowledged)],
    ['lost', report.lost === null ? 'not known (QoS 0)' : whole.format(report.lost)],
    ['disconnects', `${whole.format(report.disconnects)}, ${whole.format(report.refusedConnections)} refused`],
    ['rate', `${whole.format(report.ratePerS)} per second over ${report.elapsedS.toFixed(1)} s`],
    ...latencyRows(report.latencyMs),
    ['generator', `${report.generatorCores.toFixed(2)} cores`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function latencyRows(latency: LatencySummary | null): [string, string][] {
  if (latency === null) return [];
  const names = { p50: 'latency p50', p90: 'p90', p99: 'p99', p999: 'p99.9', max: 'max' } as const;
  return Object.entries(names).map(([key, name]) => [name, `${latency[key as keyof LatencySummary].toFixed(2)} ms`]);
}
