/**
 * A value without the entries of its lists that are about one resident (`residentId`): an alert of an area lists the people
 * it concerns, and one of them may have to be forgotten while the alert stays. The same value when nothing was found.
 */
export function withoutMentions<T>(value: T, residentId: string): T {
  return stripped(value, residentId) as T; // only entries of lists are left out: every type here stays what it is
}

function stripped(value: unknown, residentId: string): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((one) => !isAbout(one, residentId)).map((one) => stripped(one, residentId));
    return kept.length === value.length && kept.every((one, i) => one === value[i]) ? value : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, one, stripped(one, residentId)] as const);
  if (entries.every(([, one, kept]) => one === kept)) return value;
  return Object.fromEntries(entries.map(([name, , kept]) => [name, kept]));
}

function isAbout(value: unknown, residentId: string): boolean {
  return typeof value === 'object' && value !== null && 'residentId' in value && value.residentId === residentId;
}
