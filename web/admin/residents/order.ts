type Ordered = { order?: number | undefined };

/** As they are told: those of the same order stay beside each other, as they were written. */
export function asTold<T extends Ordered>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

/** The place in the list is the order. */
export function inOrder<T extends Ordered>(entries: readonly T[]): T[] {
  return entries.map((entry, order) => ({ ...entry, order }));
}

/** The list with one entry some places earlier (negative) or later. */
export function moved<T extends Ordered>(entries: readonly T[], at: number, by: number): T[] {
  const entry = entries[at];
  if (entry === undefined || at + by < 0 || at + by >= entries.length) return [...entries];
  return inOrder(entries.toSpliced(at, 1).toSpliced(at + by, 0, entry));
}
