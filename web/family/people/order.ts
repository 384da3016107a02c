/** Who is told in which turn: those in one group are told at once. */
export type Groups<T extends { readonly id: string }> = readonly (readonly T[])[];

/** Contacts by their `order`. Pure. */
export function groupsOf<T extends { readonly id: string; readonly order: number }>(contacts: readonly T[]): Groups<T> {
  const byOrder = Map.groupBy(contacts, ({ order }) => order);
  return [...byOrder].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}

/** Somebody one turn earlier (-1) or later (1). Out of a group they come to stand alone beside it. Pure. */
export function moved<T extends { readonly id: string }>(groups: Groups<T>, id: string, by: -1 | 1): Groups<T> {
  const at = groups.findIndex((group) => group.some((one) => one.id === id));
  const group = groups[at] ?? [];
  const who = group.filter((one) => one.id === id);
  const others = group.filter((one) => one.id !== id);
  if (others.length > 0) return groups.toSpliced(at, 1, ...(by < 0 ? [who, others] : [others, who]));
  const to = Math.min(groups.length - 1, Math.max(0, at + by));
  return groups.toSpliced(at, 1).toSpliced(to, 0, who);
}

/** Somebody alone in the turn of another: where a drag ends. Pure. */
export function placed<T extends { readonly id: string }>(groups: Groups<T>, id: string, before: string): Groups<T> {
  const who = groups.flat().filter((one) => one.id === id);
  const left = groups.map((group) => group.filter((one) => one.id !== id)).filter((group) => group.length > 0);
  const from = groups.findIndex((group) => group.some((one) => one.id === id));
  const target = groups.findIndex((group) => group.some((one) => one.id === before));
  const to = left.findIndex((group) => group.some((one) => one.id === before));
  return to < 0 ? groups : left.toSpliced(from < target ? to + 1 : to, 0, who);
}

/** Somebody together with the turn before theirs. Pure. */
export function joined<T extends { readonly id: string }>(groups: Groups<T>, id: string): Groups<T> {
  const at = groups.findIndex((group) => group.some((one) => one.id === id));
  const before = groups[at - 1];
  const group = groups[at];
  return before === undefined || group === undefined ? groups : groups.toSpliced(at - 1, 2, [...before, ...group]);
}

export const idsOf = <T extends { readonly id: string }>(groups: Groups<T>): string[][] =>
  groups.map((group) => group.map(({ id }) => id));
