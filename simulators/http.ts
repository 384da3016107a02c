import { z } from 'zod';
import { AlertView } from '../model/alert.ts';
import type { CommunityDocument } from '../model/community.ts';
import { AppError, type Problem } from '../model/errors.ts';

const Session = z.object({ token: z.string() });
const Refusal = z.object({
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
});
const AlertPage = z.object({ items: z.array(AlertView), nextCursor: z.string().nullish() });

/** Logs in and returns the session token. Throws AppError with the service's words when refused. */
export async function logIn(httpUrl: string, username: string, password: string): Promise<string> {
  return Session.parse(await call(httpUrl, 'POST', '/session', undefined, { username, password })).token;
}

/** Brings a community in (idempotent by id). Needs an administrator's token. */
export async function importCommunity(httpUrl: string, token: string, community: CommunityDocument): Promise<void> {
  await call(httpUrl, 'POST', '/import', token, community);
}

/** Every alert opened since `fromMs` that the token's owner may see. */
export async function alertsSince(httpUrl: string, token: string, fromMs: number): Promise<AlertView[]> {
  const found: AlertView[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ from: new Date(fromMs).toISOString(), ...(cursor && { cursor }) });
    const page = AlertPage.parse(await call(httpUrl, 'GET', `/alerts?${query}`, token));
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

async function call(httpUrl: string, method: string, path: string, token?: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${httpUrl.replace(/\/$/, '')}/api/v1${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new AppError('unavailable', `nobody answers at ${httpUrl}: is the service running there?`);
  });
  const text = await response.text();
  if (!response.ok) throw refusalOf(`${method} ${path} at ${httpUrl}`, response.status, text);
  return text === '' ? undefined : JSON.parse(text);
}

/** In the service's own words where it has some. */
function refusalOf(what: string, status: number, text: string): AppError {
  const said = Refusal.safeParse(jsonOrNothing(text)).data;
  const problems: readonly Problem[] = said?.errors ?? [];
  return new AppError('badRequest', `${what} was refused (${status}): ${said?.detail ?? text.slice(0, 300)}`, problems);
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
