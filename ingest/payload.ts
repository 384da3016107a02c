import type { Refusal } from './contracts.ts';

/** A whole hour of one-second fixes fits; ten megabytes do not. */
export const maxPayloadBytes = 256 * 1024;
/** Our deepest message has three levels; other dialects carry a few more that we step over. */
export const maxDepth = 16;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

export type Source = Readonly<Record<string, unknown>>;

/** True for a JSON object: not null, not an array. */
export function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a payload. Refuses what is too large or is not UTF-8. */
export function textOf(payload: Uint8Array): { readonly text: string } | Refusal {
  if (payload.length > maxPayloadBytes) {
    return { reason: 'tooLarge', detail: `at most ${maxPayloadBytes} bytes, got ${payload.length}` };
  }
  try {
    return { text: strictUtf8.decode(payload) };
  } catch {
    return { reason: 'invalidUtf8', detail: 'expected UTF-8' };
  }
}

/** What a payload means as JSON. Refuses what is too large, too deep, not UTF-8 or not JSON. */
export function jsonOf(payload: Uint8Array): { readonly value: unknown } | Refusal {
  const read = textOf(payload);
  if ('reason' in read) return read;
  if (mayBeDeeperThan(read.text, maxDepth) && isDeeperThan(payload, maxDepth))
    return { reason: 'tooDeep', detail: `at most ${maxDepth} levels` };
  try {
    return { value: JSON.parse(read.text) };
  } catch {
    // The parser's own words quote the payload, which may be personal.
    return { reason: 'notJson', detail: 'expected JSON' };
  }
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** Hardly any message has enough brackets to be too deep; finding that out so takes a tenth of looking at each byte. */
function mayBeDeeperThan(json: string, limit: number): boolean {
  let brackets = 0;
  for (let at = json.indexOf('{'); at !== -1; at = json.indexOf('{', at + 1)) if (++brackets > limit) return true;
  for (let at = json.indexOf('['); at !== -1; at = json.indexOf('[', at + 1)) if (++brackets > limit) return true;
  return false;
}

/** Counts brackets outside strings, before anything is built from them. */
function isDeeperThan(json: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace || byte === openBracket) {
      if (++depth > limit) return true;
    } else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return false;
}
