/** Without what was left empty: blank texts, and objects in which nothing is left. Lists keep their places. */
export function cleaned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cleaned) as T; // a list of the same
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([name, field]) => [name, cleaned(field)] as const)
    .filter(([, field]) => !isBlank(field));
  return Object.fromEntries(kept) as T; // optional fields may be gone
}

/** The fields that differ, as a change is sent: null takes a field away. Undefined when nothing does. */
export function changesBetween<T extends object>(before: T, after: T): Partial<Record<keyof T, unknown>> | undefined {
  const names = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof T)[]); // their own keys
  const changed = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null])) as Partial<Record<keyof T, unknown>>;
}

/** An id nobody has to think of. */
export function newId(prefix: string): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return true;
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;
}
