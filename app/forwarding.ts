import type { ForwardLog, ForwardRefusal, History } from '../store/contracts.ts';
import { Forwarder, type ForwarderOptions } from '../store/influx/forwarder.ts';
import { openInfluxHistory } from '../store/influx/history.ts';
import type { InfluxServer } from '../store/influx/server.ts';
import { openInfluxWriter } from '../store/influx/writer.ts';
import type { Log } from './log.ts';

/** Readings on their way to an InfluxDB, as the service sees them; what is erased or let go here goes there too. */
export type Forwarding = Pick<History, 'erase' | 'expire'> & {
  start(): void;
  /** There are new commits. */
  committed(): void;
  stop(): Promise<void>;
  /** One line for health: `ok`, or what waits and why. Never a reason not to be ready. */
  check(nowMs: number): string;
  metrics(nowMs: number): ReadonlyMap<string, number>;
};

/** An answer may take so long; then fewer readings are sent at once. */
const timeoutMs = 30_000;
/** Less is on its way, not behind. */
const ordinaryLagMs = 30_000;

/** Undefined when no InfluxDB is configured, or the store keeps no log of what to forward. */
export function createForwarding(
  server: InfluxServer | undefined,
  log: ForwardLog | undefined,
  report: Pick<Log, 'info' | 'warn'>,
  options: Partial<ForwarderOptions> = {},
): Forwarding | undefined {
  if (server === undefined || log === undefined) return undefined;
  const writer = openInfluxWriter(server, { timeoutMs });
  const history = openInfluxHistory(server);
  const erase = (subjectId: string) => history.erase(subjectId);
  const forwarder = new Forwarder(
    { log, writer, erase, onTrouble: telling(report), onRefused: refusing(report) },
    options,
  );
  return {
    start: () => forwarder.start(),
    committed: () => forwarder.wake(),
    erase: (subjectId) => forwarder.erase(subjectId),
    expire: (purpose, beforeMs, atMost) => history.expire(purpose, beforeMs, atMost),
    async stop() {
      history.close();
      await forwarder.stop();
    },
    check: (nowMs) => inWords(forwarder, log, nowMs),
    metrics: (nowMs) => metricsOf(forwarder, log, nowMs),
  };
}

function telling(report: Pick<Log, 'info' | 'warn'>): (reason: string | undefined) => void {
  return (reason) => {
    if (reason === undefined) report.info({}, 'InfluxDB takes readings again');
    else report.warn({ reason }, 'InfluxDB does not take readings; they wait on the disk and are tried again');
  };
}

/** Once for each set of fields: a refusal repeats with every reading, and its words may quote one. */
function refusing(report: Pick<Log, 'info' | 'warn'>): (refused: readonly ForwardRefusal[]) => void {
  const told = new Set<string>();
  return (refused) => {
    for (const fields of new Set(refused.map((refusal) => refusal.fields.join(' ')))) {
      if (told.has(fields)) continue;
      told.add(fields);
      report.warn({ fields }, 'InfluxDB refuses these fields for good; they are in the list of refusals');
    }
  };
}

function inWords({ status }: Forwarder, { lag }: ForwardLog, nowMs: number): string {
  const lagMs = lagMsOf(lag, nowMs);
  if (status.trouble === undefined && lagMs < ordinaryLagMs) return 'ok';
  const waiting = `${lag.readings} readings wait, the oldest for ${Math.round(lagMs / 1000)} s`;
  return `${waiting}; none is lost (${status.trouble ?? 'catching up'})`;
}

function metricsOf({ status }: Forwarder, { lag, refusals }: ForwardLog, nowMs: number): ReadonlyMap<string, number> {
  return new Map([
    ['influx_forward_lag_readings', lag.readings],
    ['influx_forward_lag_seconds', Math.round(lagMsOf(lag, nowMs) / 1000)],
    ['influx_forward_readings_total', status.forwarded],
    ['influx_forward_failures_total', status.failures],
    ['influx_forward_refusals_total', refusals.total],
  ]);
}

function lagMsOf({ sinceMs }: ForwardLog['lag'], nowMs: number): number {
  return sinceMs === undefined ? 0 : Math.max(0, nowMs - sinceMs);
}
