import type { DecodeResult, Refusal, RefusalReason } from './contracts.ts';

/** One message lists at most so many problems: a thousand bad objects are one story, not ten thousand records. */
const maxRefusals = 20;

/** What is wrong with one message, gathered while the rest of it still counts. */
export class Refusals {
  readonly list: Refusal[] = [];
  #count = 0;

  /** `expected` says what would have been right; the value itself may be health data and stays out. */
  add(reason: RefusalReason, path: string, expected: string): void {
    this.#count += 1;
    if (this.list.length < maxRefusals)
      this.list.push({ reason, detail: path === '' ? expected : `${path}: ${expected}` });
  }

  /** How many problems there were, listed or not. */
  get count(): number {
    return this.#count;
  }
}

/** A whole message refused. */
export function refused(reason: RefusalReason, detail: string): DecodeResult {
  return { decoded: [], refused: [{ reason, detail }] };
}

/** The JSON type of a value, in words. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`.replace('a object', 'an object');
}
