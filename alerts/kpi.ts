import { type Alert, AlertType, Severity } from '../model/alert.ts';
import type { TimeRange } from '../store/contracts.ts';

/** Numbers about how alerts were handled; shares in 0..1, undefined where there was nothing to measure. */
export type Kpi = {
  readonly total: number;
  readonly byType: Readonly<Partial<Record<AlertType, number>>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly p1: {
    readonly count: number;
    readonly acknowledgedWithin60s: number | undefined;
    readonly acknowledgedWithin180s: number | undefined;
  };
  /** Medians from opening. */
  readonly medianMs: {
    readonly acknowledge: number | undefined;
    readonly arrive: number | undefined;
    readonly resolve: number | undefined;
  };
};

/** The alerts opened within the range. A P1 nobody acknowledged yet counts as not acknowledged in time. */
export function kpi(alerts: readonly Alert[], { fromMs, toMs }: TimeRange): Kpi {
  const opened = alerts.filter(({ openedAtMs }) => openedAtMs >= fromMs && openedAtMs < toMs);
  const p1 = opened.filter(({ severity }) => severity === 'P1');
  return {
    total: opened.length,
    byType: countsOf(opened, AlertType.options, ({ type }) => type),
    bySeverity: {
      P1: 0,
      P2: 0,
      P3: 0,
      P4: 0,
      P5: 0,
      ...countsOf(opened, Severity.options, ({ severity }) => severity),
    },
    p1: {
      count: p1.length,
      acknowledgedWithin60s: shareWithin(p1, 60_000),
      acknowledgedWithin180s: shareWithin(p1, 180_000),
    },
    medianMs: {
      acknowledge: medianFromOpening(opened, ({ acknowledgedAtMs }) => acknowledgedAtMs),
      arrive: medianFromOpening(opened, ({ handling }) => handling?.arrivedAtMs),
      // What ended by itself says nothing about people.
      resolve: medianFromOpening(opened, (alert) => (alert.outcome === 'recovered' ? undefined : alert.resolvedAtMs)),
    },
  };
}

/** Only keys that occur. */
function countsOf<Key extends string>(alerts: readonly Alert[], keys: readonly Key[], keyOf: (alert: Alert) => Key) {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) {
    const count = alerts.filter((alert) => keyOf(alert) === key).length;
    if (count > 0) counts[key] = count;
  }
  return counts;
}

function shareWithin(alerts: readonly Alert[], withinMs: number): number | undefined {
  if (alerts.length === 0) return undefined;
  const inTime = alerts.filter(
    ({ acknowledgedAtMs, openedAtMs }) => acknowledgedAtMs !== undefined && acknowledgedAtMs - openedAtMs <= withinMs,
  );
  return inTime.length / alerts.length;
}

function medianFromOpening(
  alerts: readonly Alert[],
  instantOf: (alert: Alert) => number | undefined,
): number | undefined {
  const spans = alerts.flatMap((alert) => {
    const atMs = instantOf(alert);
    return atMs === undefined ? [] : [atMs - alert.openedAtMs];
  });
  if (spans.length === 0) return undefined;
  spans.sort((a, b) => a - b);
  const middle = spans.length >> 1;
  return spans.length % 2 === 1 ? spans[middle] : (spans[middle - 1]! + spans[middle]!) / 2; // length is 2 or more
}
