import { getHeapStatistics } from 'node:v8';
import type { AlertDesk } from '../alerts/contracts.ts';
import type { Health } from '../api/parts.ts';
import type { Broker } from '../broker/contracts.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Watch } from '../rules/watch.ts';
import type { DamageReport, RecordStore, TelemetryStore } from '../store/contracts.ts';
import { alertMetrics } from './alert-metrics.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import type { DiskWatch } from './disk-watch.ts';
import type { Forwarding } from './forwarding.ts';
import type { LoopDelay } from './loop-delay.ts';
import type { MemoryWatch } from './memory-watch.ts';
import type { RuleTroubles } from './rule-troubles.ts';

export type Checked = {
  readonly disk: DiskWatch;
  readonly memory: MemoryWatch;
  readonly stores: { readonly telemetry: TelemetryStore; readonly records: RecordStore };
  readonly certificates: Pick<CertificateWatch, 'check'>;
  readonly forwarding: Forwarding | undefined;
};

/** Ready means: what a device sends now will be acknowledged, and people can act on it. */
export function healthOf({ disk, memory, stores, certificates, forwarding }: Checked, nowMs: number): Health {
  const { telemetry, records } = stores;
  const certificate = certificates.check(nowMs);
  const checks = {
    ...disk.checks(nowMs),
    memory: memory.check(),
    history: wholeness(telemetry.damage),
    records: recordsInWords(records),
    ...(certificate !== undefined && { certificate }),
    ...(forwarding !== undefined && { forwarding: forwarding.check(nowMs) }),
  };
  return { live: true, ready: disk.isReady(nowMs) && !memory.isTight && isAt(records), checks };
}

/** Devices are answered without them, but nobody can act: that is worth a call as well. */
function isAt({ syncState }: RecordStore): boolean {
  return syncState.away === undefined;
}

/** A sync takes milliseconds; one that takes so long keeps whoever writes waiting, and nobody else. */
const slowFromMs = 5_000;

function recordsInWords({ damage, syncState: { isFailing, waitingMs, away } }: RecordStore): string {
  if (away !== undefined)
    return `since ${new Date(away.sinceMs).toISOString()}: ${away.why}. People are told of emergencies from memory, nothing else can be done`;
  if (isFailing)
    return 'the disk does not take what is recorded; it is tried again, and who writes is not answered until it does';
  if (waitingMs < slowFromMs) return wholeness(damage);
  return `the disk has been writing what is recorded for ${Math.round(waitingMs / 1000)} s; who writes is not answered until it has`;
}

function wholeness({ length }: readonly DamageReport[]): string {
  return length === 0 ? 'ok' : `${length} damaged places were found; see the log`;
}

export type Counted = {
  readonly broker: Broker;
  readonly intake: Intake;
  readonly desk: AlertDesk;
  readonly engine: Pick<Watch, 'subjectCount'>;
  readonly troubles: RuleTroubles;
  readonly loopDelay: LoopDelay;
  readonly certificates: Pick<CertificateWatch, 'metrics'>;
  readonly forwarding: Forwarding | undefined;
};

/** Everything that is counted, by its Prometheus name. */
export function metricsOf(rooms: Counted, nowMs: number): ReadonlyMap<string, number> {
  const { broker, intake, desk, engine, troubles, loopDelay, certificates, forwarding } = rooms;
  const metrics = new Map<string, number>();
  for (const [name, value] of broker.counters) metrics.set(`broker_${snake(name)}_total`, value);
  for (const [name, value] of intake.counters) metrics.set(`ingest_${snake(name)}_total`, value);
  for (const [name, value] of [
    ...troubles.counters,
    ...loopDelay.metrics(),
    ...certificates.metrics(nowMs),
    ...(forwarding?.metrics(nowMs) ?? []),
    ...alertMetrics(desk.open(), nowMs),
  ])
    metrics.set(name, value);
  metrics.set('subjects', engine.subjectCount);
  metrics.set('resident_memory_bytes', process.memoryUsage.rss());
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  metrics.set('heap_used_bytes', used_heap_size);
  metrics.set('heap_limit_bytes', heap_size_limit);
  metrics.set('uptime_seconds', Math.round(process.uptime()));
  return metrics;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll(/[^a-z0-9_]/g, '_');
}
