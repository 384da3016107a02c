import { crc32 } from 'node:zlib';
import type { Signal } from '../../model/alert.ts';
import type { Quarantined } from '../contracts.ts';
import { isPacked, isPackedWhole } from './packed.ts';

/*
 * What stands under a key: text, or characters 0 to 127 where it has to be small and quick.
 *   1{crc32 of key and body, 8 hex}{body}                text
 *   {crc32 of key and body, 5 characters: @ to O first}{body}   packed
 * LevelDB does not verify its own block checksums when it reads, so a flipped bit would otherwise come back as a fact.
 */

const textVersion = '1';
const textHead = 9;

/** A body ready to be stored under a key. */
export function seal(key: string, body: string): string {
  return textVersion + checkOf(key, body) + body;
}

/** The body that was sealed under this key; undefined when version or checksum say otherwise. */
export function unseal(key: string, value: string): string | undefined {
  const body = value.slice(textHead);
  return value.startsWith(textVersion) && value.slice(1, textHead) === checkOf(key, body) ? body : undefined;
}

/** Is the value what was sealed under this key? */
export function isWhole(key: string, value: string): boolean {
  if (!isPacked(value)) return unseal(key, value) !== undefined;
  return isPackedWhole(key, value);
}

function checkOf(key: string, body: string): string {
  return crc32(key + body)
    .toString(16)
    .padStart(8, '0');
}

export function encodeJson(key: string, row: Signal | Quarantined | readonly number[]): string {
  return seal(key, JSON.stringify(row));
}

/** Undefined when the row is damaged. The checksum proves it is what we wrote, so its type is what we wrote. */
export function decodeJson<T>(key: string, value: string): T | undefined {
  const body = unseal(key, value);
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body) as T;
  } catch {
    return undefined;
  }
}
