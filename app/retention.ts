import { setImmediate } from 'node:timers/promises';
import type { Log } from '../api/parts.ts';
import type { History, Purpose, PurposeEnds, RecordStore, TelemetryStore } from '../store/contracts.ts';
import type { RetentionDays } from './retention-days.ts';

const dayMs = 86_400_000;
/** What was shown outside, for those who look after it; the audit log keeps longer that it was. */
const publicDays = 30;
const purposes = ['positions', 'vitals', 'motion', 'device'] as const satisfies readonly Purpose[];
/** Removed before everybody else gets a turn. */
const atOnce = 1_000;
/** Records are written on the main thread, a few rows in each table for one alert. */
const alertsAtOnce = 200;
/**
 * A mark of an applied signal is what keeps a message that comes again from alerting twice, so it outlives every way it
 * could come: a device that kept its buffer, a backup put back, a service that was down for months.
 */
const signalDaysAtLeast = 400;

/** What goes when: everything older than these moments. */
export type RetentionPlan = {
  readonly readingEnds: PurposeEnds;
  readonly alertsBeforeMs: number;
  readonly signalsBeforeMs: number;
  readonly auditBeforeMs: number;
  readonly quarantineBeforeMs: number;
};

/** Pure: the moments that follow from the days. */
export function planRetention(days: RetentionDays, nowMs: number): RetentionPlan {
  const before = (count: number): number => nowMs - count * dayMs;
  return {
    readingEnds: {
      positions: before(days.positions),
      vitals: before(days.vitals),
      motion: before(days.motion),
      device: before(days.device),
    },
    alertsBeforeMs: before(days.alerts),
    // Longer than the alerts they belong to: a mark without an alert is harmless, the other way round is a second alert.
    signalsBeforeMs: before(Math.max(days.alerts, signalDaysAtLeast)),
    auditBeforeMs: before(days.audit),
    quarantineBeforeMs: before(days.device),
  };
}

/** How many of each went. */
export type RetentionCounts = Readonly<Record<Purpose | 'alerts' | 'signals' | 'audit' | 'quarantine', number>>;

export type RetentionParts = {
  readonly histories: readonly { readonly name: string; readonly history: Pick<History, 'expire'> }[];
  readonly records: Pick<
    RecordStore,
    | 'expireAlerts'
    | 'expireAudit'
    | 'dateSignals'
    | 'expireSignals'
    | 'dropSessions'
    | 'shares'
    | 'notices'
    | 'visits'
    | 'audit'
  >;
  readonly telemetry: Pick<TelemetryStore, 'expireQuarantine' | 'pendingSignals'>;
  readonly log: Pick<Log, 'info' | 'warn'>;
};

/** Takes a step again until it removes nothing. */
type All = (step: () => Promise<number>) => Promise<number>;

/** Removes what the plan says in small steps, each leaving everybody else a turn; stops between two when `signal` says so. */
export async function runRetention(
  parts: RetentionParts,
  plan: RetentionPlan,
  nowMs: number,
  signal?: AbortSignal,
): Promise<RetentionCounts> {
  const { records, telemetry } = parts;
  const all: All = (step) => untilNone(step, signal);
  const counts: RetentionCounts = {
    ...(await expireReadings(parts, plan, all)),
    quarantine: await all(() => telemetry.expireQuarantine(plan.quarantineBeforeMs, atOnce)),
    alerts: await all(() => records.expireAlerts(plan.alertsBeforeMs, alertsAtOnce)),
    signals: await expireSignals(parts, plan.signalsBeforeMs, nowMs, all),
    audit: await all(() => records.expireAudit(plan.auditBeforeMs, atOnce, nowMs)),
  };
  await records.dropSessions({ expiredAtMs: nowMs });
  await all(() => records.shares().expire(nowMs - publicDays * dayMs, atOnce));
  await all(() => records.notices().expire(nowMs - publicDays * dayMs, atOnce));
  await all(() => records.visits().expire(plan.alertsBeforeMs, atOnce));
  await report(parts, counts, nowMs);
  return counts;
}

type ByPurpose = Record<Purpose, number>;

/** A reading that is in two places counts twice. A copy that cannot be reached has its turn tomorrow. */
async function expireReadings({ histories, log }: RetentionParts, plan: RetentionPlan, all: All): Promise<ByPurpose> {
  const gone: ByPurpose = { positions: 0, vitals: 0, motion: 0, device: 0 };
  for (const { name, history } of histories) {
    try {
      for (const purpose of purposes) {
        gone[purpose] += await all(() => history.expire(purpose, plan.readingEnds[purpose], atOnce));
      }
    } catch (error) {
      log.warn({ err: error, name }, 'readings that were kept long enough could not be removed');
    }
  }
  return gone;
}

/** A signal that still waits in the outbox will ask for its mark, however old it is. */
async function expireSignals(
  { records, telemetry }: RetentionParts,
  beforeMs: number,
  nowMs: number,
  all: All,
): Promise<number> {
  await all(() => records.dateSignals(nowMs, atOnce));
  const waiting = new Set<string>();
  for await (const { id } of telemetry.pendingSignals()) waiting.add(id);
  return all(() => records.expireSignals(beforeMs, atOnce, waiting));
}

/** Takes a step until it finds nothing more to do, leaving everybody else a turn; resolves with how much it was. */
export async function untilNone(step: () => Promise<number>, signal: AbortSignal | undefined): Promise<number> {
  let removed = 0;
  while (!signal?.aborted) {
    const some = await step();
    if (some === 0) break;
    removed += some;
    await setImmediate();
  }
  return removed;
}

async function report({ records, log }: RetentionParts, counts: RetentionCounts, nowMs: number): Promise<void> {
  log.info(counts, 'what was kept long enough was removed');
  if (Object.values(counts).every((count) => count === 0)) return;
  await records.audit([{ atMs: nowMs, who: 'service', what: 'retention', about: 'everybody', detail: counts }]);
}
