import type { TimeRange } from '../contracts.ts';

/** Times are 64-bit nanoseconds there; the year 2255 is as good as never. */
const maxTimeMs = 9_000_000_000_000;

/** A name in a query. */
export function identifier(name: string): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** A text in a query. */
export function literal(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

/** Half open, as everywhere; whole milliseconds, so that the nanoseconds within one stay together. */
export function within({ fromMs, toMs }: TimeRange): string {
  return `time >= ${bounded(fromMs)}ms AND time < ${bounded(toMs)}ms`;
}

export function bounded(atMs: number): number {
  return Math.min(Math.max(Math.ceil(atMs), 0), maxTimeMs);
}

export function isTag(tag: string, values: readonly string[]): string {
  const name = identifier(tag);
  const terms = values.map((value) => `${name} = ${literal(value)}`);
  return terms.length === 1 ? terms.join('') : `(${terms.join(' OR ')})`;
}
