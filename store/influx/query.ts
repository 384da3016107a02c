import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import { addressOf, authorizationOf, databaseOf, type InfluxServer } from './server.ts';

/** One row of an answer; the columns are those that were asked for, `time` first. */
export type Row = { readonly tags: Readonly<Record<string, string>>; readonly cells: readonly Cell[] };
export type Cell = number | string | boolean | null;

/** Rows of one document in an answer; a longer answer is several documents, one a line. */
const rowsPerChunk = 5_000;
/** Answers that asking again does not change: the question is wrong, or the server has no such thing. */
const finalStatuses: ReadonlySet<number> = new Set([400, 405, 422, 501]);

const Cells = z.custom<readonly Cell[]>(Array.isArray);
const Series = z.object({ tags: z.record(z.string(), z.string()).default({}), values: z.array(Cells).default([]) });
const Result = z.object({ error: z.string().optional(), series: z.array(Series).default([]) });
const Answer = z.object({ error: z.string().optional(), results: z.array(Result).default([]) });

export type Precision = 'ms' | 'text';

/**
 * InfluxQL over HTTP, the one language 1.8, 2.x and 3.x have in common. Asked by POST, because a question about
 * thousands of subjects is longer than a URL may be.
 */
export class InfluxQuery {
  readonly #server: InfluxServer;
  readonly #closing = new AbortController();

  constructor(server: InfluxServer) {
    this.#server = server;
  }

  /**
   * Rows as they come in; only one document is in memory at a time.
   * `text` gives times as RFC 3339 with every nanosecond, which a JavaScript number cannot hold.
   * Throws AppError with what the server said: `badRequest` when it will say the same tomorrow, else `unavailable`.
   */
  async *rows(question: string, times: Precision = 'ms'): AsyncGenerator<Row> {
    const response = await this.post('/query', this.#form(question, times));
    for await (const line of linesOf(response.body)) yield* rowsOf(line);
  }

  /** Something that changes the data. Throws like `rows`. */
  async command(statement: string): Promise<void> {
    for await (const _row of this.rows(statement));
  }

  /** Ends what is under way. */
  close(): void {
    this.#closing.abort();
  }

  #form(question: string, times: Precision): URLSearchParams {
    const chunking = { chunked: 'true', chunk_size: String(rowsPerChunk) };
    return new URLSearchParams({
      ...databaseOf(this.#server),
      ...(times === 'ms' && { epoch: 'ms' }),
      ...chunking,
      q: question,
    });
  }

  /** Any other question to the same server; its answer is a good one. Throws like `rows`. */
  async post(path: string, body: URLSearchParams | string): Promise<Response> {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const headers = { ...authorizationOf(this.#server), ...type };
    const { signal } = this.#closing;
    const response = await fetch(addressOf(this.#server, path), { method: 'POST', body, headers, signal }).catch(
      (error: unknown) => {
        throw new AppError('unavailable', `InfluxDB does not answer (${causeOf(error)})`);
      },
    );
    if (response.ok) return response;
    const text = await response.text();
    const code = finalStatuses.has(response.status) ? 'badRequest' : 'unavailable';
    throw new AppError(code, `InfluxDB answered ${response.status}: ${errorIn(text) ?? text.slice(0, 200)}`);
  }
}

function* rowsOf(line: string): Generator<Row> {
  const { error, results } = Answer.parse(JSON.parse(line));
  const wrong = error ?? results.find((result) => result.error !== undefined)?.error;
  if (wrong !== undefined) throw new AppError('badRequest', `InfluxDB refused a query: ${wrong}`);
  for (const { series } of results) {
    for (const { tags, values } of series) for (const cells of values) yield { tags, cells };
  }
}

async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (body === null) return;
  let begun = '';
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const lines = (begun + text).split('\n');
      begun = lines.pop() ?? '';
      yield* lines.filter((line) => line.trim() !== '');
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AppError('unavailable', `InfluxDB broke off its answer (${causeOf(error)})`);
  }
  if (begun.trim() !== '') yield begun;
}

function errorIn(text: string): string | undefined {
  try {
    return Answer.parse(JSON.parse(text)).error;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
