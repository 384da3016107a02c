/**
 * One line of a table (RFC 4180). Spreadsheets take text that begins with one of `= + - @` for a formula and run it, so
 * such text gets an apostrophe in front, which they show as nothing (OWASP, CSV injection). Numbers stay numbers: a
 * longitude west of Greenwich begins with a minus, too.
 */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(cell: string | number | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
