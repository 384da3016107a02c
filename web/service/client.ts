import createClient, { type Middleware } from 'openapi-fetch';
import { learnServerTime } from './clock.ts';
import type { paths } from './schema.d.ts';
import { session } from './session.ts';

/** One thing wrong with what was sent: where (`contacts.0.phone`) and why, in the service's words. */
export type Problem = { readonly path: string; readonly reason: string };

/** The service refused, or was not reached (`status` 0). `detail` is the service's own sentence, in English. */
export class Refused extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, detail: string, problems: readonly Problem[] = []) {
    super(detail);
    this.status = status;
    this.problems = problems;
  }
}

const manners: Middleware = {
  onRequest({ request }) {
    const token = session.token();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  },
  onResponse({ request, response }) {
    learnServerTime(response.headers.get('date'));
    // Not at the log-in, where it means a wrong password; nor for an answer to a session that is over already.
    const asked = request.headers.get('authorization');
    if (response.status === 401 && asked !== null && asked === `Bearer ${session.token()}`) session.end('over');
  },
};

/** The published interface, typed: `service.GET('/api/v1/alerts', { params: { query: { limit: 10 } } })`. */
export const service = createClient<paths>({ baseUrl: '/' });
service.use(manners);

/** Bytes from the interface, such as a picture: the description has no types for them. Throws `Refused`. */
export async function readBytes(path: string): Promise<Blob> {
  return (await withBytes(new Request(path))).blob();
}

/** Bytes to the interface. Throws `Refused`. */
export async function sendBytes(path: string, body: Blob): Promise<void> {
  await withBytes(new Request(path, { method: 'PUT', body, headers: { 'content-type': body.type } }));
}

async function withBytes(request: Request): Promise<Response> {
  request.headers.set('authorization', `Bearer ${session.token()}`);
  const response = await fetch(request).catch(notReached);
  learnServerTime(response.headers.get('date'));
  if (response.status === 401) session.end('over');
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => undefined);
  throw new Refused(response.status, detailOf(problem) ?? `answered ${response.status}`);
}

type Asked<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer itself. Throws `Refused`. */
export async function answerOf<T>(asked: Asked<T>): Promise<T> {
  const { data, error, response } = await asked.catch(notReached);
  if (!response.ok)
    throw new Refused(response.status, detailOf(error) ?? `answered ${response.status}`, problemsOf(error));
  return data as T; // of an answer that is well
}

function notReached(error: unknown): never {
  throw new Refused(0, error instanceof Error ? error.message : String(error));
}

function detailOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('detail' in error)) return undefined;
  return typeof error.detail === 'string' ? error.detail : undefined;
}

/** Of problem details (RFC 9457): the service is the one that fills `errors`. */
function problemsOf(error: unknown): Problem[] {
  if (typeof error !== 'object' || error === null || !('errors' in error) || !Array.isArray(error.errors)) return [];
  return error.errors.map(({ path, reason }: Problem) => ({ path: plainPath(path), reason }));
}

/** `body.contacts[0].phone` and `contacts.0.phone` are the same place. */
function plainPath(path: string): string {
  return path.replace(/^(body|query)\.?/, '').replaceAll(/\[(\d+)\]/g, '.$1');
}

export type Listed<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

/** Every page of a list: `everyPage((cursor) => answerOf(service.GET(…)))`. */
export async function everyPage<T>(ask: (cursor: string | undefined) => Promise<Listed<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
