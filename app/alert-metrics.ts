import { type Alert, Severity } from '../model/alert.ts';

/** How many alerts are open, and for how long the oldest of them has waited for somebody to take it; by severity. */
export function alertMetrics(open: readonly Alert[], nowMs: number): ReadonlyMap<string, number> {
  const metrics = new Map<string, number>();
  for (const severity of Severity.options) {
    const ofIt = open.filter((alert) => alert.severity === severity);
    metrics.set(labelled('alerts_open', severity), ofIt.length);
    metrics.set(labelled('alerts_unanswered_longest_seconds', severity), longestS(ofIt, nowMs));
  }
  return metrics;
}

/** 0 when none waits, and when the clock was set back. */
function longestS(alerts: readonly Alert[], nowMs: number): number {
  // Whoever was only sent has not answered: it waits, in whosever name it stands.
  const sinceMs = alerts.filter(({ state }) => state === 'open').map(({ openedAtMs }) => openedAtMs);
  return Math.max(0, ...sinceMs.map((openedAtMs) => Math.floor((nowMs - openedAtMs) / 1000)));
}

function labelled(name: string, severity: Severity): string {
  return `${name}{severity="${severity}"}`;
}
