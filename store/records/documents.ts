import type { DamageReport } from '../contracts.ts';

type Row = { readonly id: string; readonly doc: string };

/** What stands in a row is what we wrote there, so its type is what the caller wrote. */
export function docs<T>(rows: readonly { readonly doc: string }[]): T[] {
  return rows.map(({ doc }) => JSON.parse(doc) as T);
}

/**
 * The same, without those that are damaged, which SQLite does not notice: what is read at the start must not keep everybody
 * from being heard for the sake of one row. Each is added to `damage`, once.
 */
export function readableIn<T>(table: string, rows: readonly Row[], damage: DamageReport[]): T[] {
  return rows.flatMap((row) => {
    const document = documentIn(row);
    if (document !== undefined) return [document as T];
    const where = `${table} ${row.id}`;
    if (!damage.some((known) => known.where === where)) damage.push({ what: 'cannot be read and is left out', where });
    return [];
  });
}

function documentIn({ id, doc }: Row): unknown {
  try {
    const document: unknown = JSON.parse(doc);
    return (document as { readonly id?: unknown } | null)?.id === id ? document : undefined;
  } catch {
    return undefined;
  }
}
