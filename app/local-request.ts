import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { AppError, type ErrorCode, type Problem } from '../model/errors.ts';
import type { LocalDoor } from './local-door.ts';

type Refusal = { readonly detail?: string; readonly title?: string; readonly errors?: Problem[] };

const codes: Readonly<Record<number, ErrorCode>> = { 404: 'notFound', 409: 'conflict', 503: 'unavailable' };

/** Asks the running service of a data folder. Throws AppError with its words when it refuses, or when nobody answers. */
export async function requestOf(door: LocalDoor, method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(`${door.http.replace(/\/$/, '')}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${door.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new AppError('unavailable', `the service at ${door.http} does not answer (any more)`);
  });
  if (response.ok) return response;
  const { detail, title, errors } = (await response.json().catch(() => ({}))) as Refusal;
  const words = detail ?? title ?? `the service answered ${response.status}`;
  throw new AppError(codes[response.status] ?? 'badRequest', words, errors ?? []);
}

/** The body as bytes in pieces; an answer that breaks off is an error. */
export function piecesOf({ body }: Response): Readable {
  return body === null ? Readable.from([]) : Readable.fromWeb(body);
}

/** The lines of an answer in NDJSON as they come. */
export async function* jsonLines(response: Response): AsyncGenerator<unknown> {
  for await (const line of createInterface({ input: piecesOf(response) })) if (line !== '') yield JSON.parse(line);
}
