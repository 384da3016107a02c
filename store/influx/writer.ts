import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpError, InfluxDB, RequestTimedOutError, setLogger, type WriteApi } from '@influxdata/influxdb-client';
import type { InfluxServer } from './server.ts';

/** What became of some lines. */
export type WriteOutcome =
  | { readonly outcome: 'written' }
  /** It may work later, as it is. `slow`: it took too long, fewer lines at once may do. */
  | { readonly outcome: 'later'; readonly reason: string; readonly retryAfterMs?: number; readonly slow: boolean }
  /** More than it takes at once. */
  | { readonly outcome: 'tooLarge'; readonly reason: string }
  /**
   * Lines of these cannot be taken, today or tomorrow; others of these may be in. `field` is the one it names,
   * `dropped` how many it says it left out.
   */
  | { readonly outcome: 'refused'; readonly reason: string; readonly field?: string; readonly dropped?: number };

export interface InfluxWriter {
  /** Sends once and says what happened; never rejects. */
  write(lines: readonly string[]): Promise<WriteOutcome>;
  /** Breaks off what is under way. */
  close(): void;
}

export type WriterOptions = {
  /** Without an answer for so long it counts as slow. */
  readonly timeoutMs: number;
};

/** Longer waits than an hour are not believed. */
const maxRetryAfterMs = 3_600_000;
const maxReasonLength = 300;

/** Lines to the v2 write endpoint through InfluxDB's own client. */
export function openInfluxWriter(server: InfluxServer, { timeoutMs }: WriterOptions): InfluxWriter {
  // The client prints every failure; whoever writes says it better, once.
  setLogger({ error: () => undefined, warn: () => undefined });
  const agent = new (server.url.startsWith('https:') ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const { url, token } = server;
  const client = new InfluxDB({
    url,
    ...(token !== undefined && { token }),
    timeout: timeoutMs,
    transportOptions: { agent },
  });
  return {
    write: (lines) => writeOnce(client, server, lines),
    close: () => agent.destroy(),
  };
}

async function writeOnce(client: InfluxDB, server: InfluxServer, lines: readonly string[]): Promise<WriteOutcome> {
  const api = apiFor(client, server, lines.length);
  try {
    for (const line of lines) api.writeRecord(line);
    await api.flush();
    return { outcome: 'written' };
  } catch (error) {
    return outcomeOf(error);
  } finally {
    api.dispose();
  }
}

/**
 * The client's own retries are off: its queue lives in memory, forgets when it is full, and reads `Retry-After` as
 * milliseconds. One batch for each write: a batch that fills up earlier would be sent without anybody hearing of its end.
 */
function apiFor(client: InfluxDB, { org = '', bucket }: InfluxServer, lines: number): WriteApi {
  return client.getWriteApi(org, bucket, 'ns', {
    batchSize: lines + 1,
    maxBatchBytes: Number.MAX_SAFE_INTEGER,
    flushInterval: 0,
    maxRetries: 0,
    gzipThreshold: 1_000,
  });
}

function outcomeOf(error: unknown): WriteOutcome {
  if (error instanceof HttpError) return outcomeOfStatus(error);
  const slow = error instanceof RequestTimedOutError;
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  return { outcome: 'later', reason: slow ? 'it takes too long' : `it does not answer${code}`, slow };
}

/**
 * 400 and 422 speak about the lines. 413 about their number. Anything else can be mended without touching them: a
 * database that is missing, a token that ran out, a server that is busy.
 */
function outcomeOfStatus(error: HttpError): WriteOutcome {
  const reason = reasonOf(error);
  if (error.statusCode === 413) return { outcome: 'tooLarge', reason };
  if (error.statusCode === 400 || error.statusCode === 422) return { outcome: 'refused', reason, ...namedIn(reason) };
  const retryAfterMs = retryAfterOf(error);
  const answered = { outcome: 'later', reason: `it answers ${error.statusCode}`, slow: false } as const;
  return retryAfterMs === undefined ? answered : { ...answered, retryAfterMs };
}

/** 1.x says `error`, 2.x `message`; `json` is whatever a server sent. */
function reasonOf({ json, body, statusCode }: HttpError): string {
  const said: unknown = json?.error ?? json?.message ?? body;
  return (typeof said === 'string' && said !== '' ? said : `it answers ${statusCode}`).slice(0, maxReasonLength);
}

function namedIn(reason: string): { field?: string; dropped?: number } {
  const field = /field type conflict: input field "([^"]+)"/.exec(reason)?.[1];
  const dropped = /\bdropped=(\d+)/.exec(reason)?.[1];
  return { ...(field !== undefined && { field }), ...(dropped !== undefined && { dropped: Number(dropped) }) };
}

/** Seconds, or a date counted from the server's own clock. */
function retryAfterOf({ headers }: HttpError): number | undefined {
  const text = String(headers?.['retry-after'] ?? '');
  const afterMs = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.parse(String(headers?.date));
  return Number.isFinite(afterMs) ? Math.min(Math.max(afterMs, 0), maxRetryAfterMs) : undefined;
}
