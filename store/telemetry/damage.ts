import type { DamageReport } from '../contracts.ts';
import { keyParts, takenAtIn } from './keys.ts';

/** More than this is a broken disk, not a list to read. */
const maxReports = 1_000;

/** What was found damaged since opening, each place once. */
export class DamageLog {
  readonly reports: DamageReport[] = [];
  readonly #places = new Set<string>();

  add(report: DamageReport): void {
    if (this.#places.has(report.where) || this.reports.length > maxReports) return;
    this.#places.add(report.where);
    const full = this.reports.length === maxReports;
    this.reports.push(full ? { what: 'there is more damage than is listed here', where: 'elsewhere' } : report);
  }
}

/** What a key leads to, in words; without its last part, what a range beginning there holds. */
export function inWords(key: string, extent: 'row' | 'range'): string {
  const [prefix, first = ''] = keyParts(key, 3);
  if (prefix === 'r' && extent === 'row') {
    const takenAt = new Date(takenAtIn(key));
    return `the reading of ${first} taken at ${Number.isNaN(takenAt.getTime()) ? key : takenAt.toISOString()}`;
  }
  if (prefix === 'r') return `among the readings of ${first}`;
  if (prefix === 's') return extent === 'row' ? `the rule state of ${first}` : 'among the rule states';
  const names: Record<string, string> = {
    o: 'outbox',
    q: 'quarantine',
    c: 'record of commits',
    a: 'roll-ups',
    m: 'roll-ups',
    n: 'counts of days',
    e: 'ends of purposes',
    f: 'forward log',
  };
  return extent === 'row' ? `the row ${key} of the ${names[prefix ?? '']}` : `in the ${names[prefix ?? '']}`;
}

export function damagedReading(key: string): DamageReport {
  return { what: 'a reading is damaged and was left out', where: inWords(key, 'row') };
}
