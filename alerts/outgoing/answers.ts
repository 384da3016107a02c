import type { Delivery } from '../../model/notification.ts';
import type { Answer } from './post.ts';

type Given = Exclude<Answer, string>;

/** Statuses that heal by themselves although they are below 500. */
const passing = [408, 425, 429];

/**
 * What an answer by HTTP status means: 2xx is `done`; 429 is too much; 408, 425 and 5xx may heal; 410 is gone for good.
 * Any other answer will be the same tomorrow.
 */
export function byStatus({ status, headers }: Given, done: Delivery, nowMs: number): Delivery {
  if (status >= 200 && status < 300) return done;
  const reason = `answered ${status}`;
  if (status === 410) return { outcome: 'rejected', reason, gone: true };
  if (status < 500 && !passing.includes(status)) return { outcome: 'rejected', reason };
  const afterMs = askedWaitMs(headers['retry-after'], nowMs);
  return {
    outcome: 'retry',
    reason,
    ...(afterMs !== undefined && { afterMs }),
    ...(status === 429 && { limited: true as const }),
  };
}

/** What the codes of a provider mean that answers 200 to everything. */
export type Codes = {
  readonly done: readonly string[];
  /** Too much at once: later. */
  readonly limited: readonly string[];
  /** Its own trouble: later. */
  readonly busy: readonly string[];
};

/** What a provider's JSON answer means, by its code; any code we do not know will be the same tomorrow. */
export function byCode(
  answer: Given,
  codeOf: (json: Readonly<Record<string, unknown>>) => unknown,
  codes: Codes,
): Delivery {
  const code = codeIn(answer.text, codeOf);
  if (code === undefined) return byStatus(answer, { outcome: 'retry', reason: 'answered without a code' }, 0);
  if (codes.done.includes(code)) return { outcome: 'sent' };
  const reason = `answered ${code}`;
  if (codes.limited.includes(code)) return { outcome: 'retry', reason, limited: true };
  return { outcome: codes.busy.includes(code) ? 'retry' : 'rejected', reason };
}

/** The code alone, and only if it looks like one: the sentence beside it may quote a number or an address. */
function codeIn(text: string, codeOf: (json: Readonly<Record<string, unknown>>) => unknown): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const code = typeof json === 'object' && json !== null ? codeOf(json as Record<string, unknown>) : undefined;
    return /^-?[\w.]{1,64}$/.test(String(code)) && code !== undefined ? String(code) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds or an HTTP date, RFC 9110 10.2.3. */
function askedWaitMs(retryAfter: string | undefined, nowMs: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const waitMs = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - nowMs;
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : undefined;
}
