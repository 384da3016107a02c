import { expect, test } from 'vitest';
import { visitCases } from '../../api/visit-cases.ts';
import { Directory } from '../../model/directory.ts';
import type { Resident } from '../../model/people.ts';
import type { Visit } from '../../model/visit.ts';
import type { VisitPlace, VisitStore } from '../../store/contracts.ts';

const day = 86_400_000;
const at = (text: string) => Date.parse(`${text}+08:00`);
const timeZone = 'Asia/Shanghai';
const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' } as const;
const january = { fromMs: at('2025-01-01T00:00'), toMs: at('2025-02-01T00:00') };

const iso = (text: string) => new Date(at(text)).toISOString();

/** People planned daily since `since` and last seen at these times, if ever; the records have of them what `after` finds. */
function city(since: string, lastSeen: readonly (string | undefined)[], nowMs: number, after: VisitStore['after']) {
  const directory = new Directory();
  for (const [i, last] of lastSeen.entries()) {
    const plan = { visitTier: 'red', visitTierSince: iso(since), ...(last && { lastContactAt: iso(last) }) } as const;
    const entity: Resident = { id: `r${i}`, name: 'x', areaId: 'a', home, contacts: [], ...plan };
    directory.apply({ kind: 'residents', id: entity.id, entity });
  }
  const visits = () => ({ after }) as VisitStore; // nothing else of it is asked
  const parts = { directory, timeZone, clock: () => nowMs, records: { visits } };
  return {
    parts: parts as unknown as Parameters<typeof visitCases>[0],
    residentIds: new Set(directory.residents.keys()),
  };
}

/** A thousand people, each seen every day at nine for two years: a page for each day. */
function everyMorning({ atMs }: VisitPlace): Promise<Visit[]> {
  const nine = at('2024-12-31T09:00');
  const n = atMs < nine ? 0 : Math.floor((atMs - nine) / day) + 1;
  const seenMs = nine + n * day;
  if (n >= 730) return Promise.resolve([]);
  const plan = { tier: 'red', sinceMs: at('2024-12-30T12:00'), ...(n > 0 && { lastContactMs: seenMs - day }) } as const;
  const facts = { kind: 'visit', outcome: 'well', by: 'u', atMs: seenMs, recordedAtMs: seenMs, plan } as const;
  return Promise.resolve(Array.from({ length: 1000 }, (_, i) => ({ id: `v${n}-${i}`, residentId: `r${i}`, ...facts })));
}

test('the figures of a month are there two years later, however often people were visited since', async () => {
  const lastSeen = Array<string>(1000).fill('2026-12-30T09:00');
  const { parts, residentIds } = city('2024-12-30T12:00', lastSeen, at('2026-12-30T12:00'), everyMorning);
  const cases = await visitCases(parts, { range: january, residentIds });
  expect(cases.length).toBe(31_000);
  expect(cases.every(({ isOnTime }) => isOnTime)).toBe(true);
});

test('nobody came since long before the month, and somebody long after it: missed on each of its days', async () => {
  const visit: Visit = {
    ...{ id: 'v', residentId: 'r0', kind: 'visit', outcome: 'well', by: 'u' },
    ...{ atMs: at('2025-06-01T09:00'), recordedAtMs: at('2025-06-01T09:00') },
    plan: { tier: 'red', sinceMs: at('2024-06-01T12:00') },
  };
  const after = ({ atMs }: VisitPlace) => Promise.resolve(atMs < visit.atMs ? [visit] : []);
  const { parts, residentIds } = city(
    '2024-06-01T12:00',
    ['2025-06-01T09:00', undefined],
    at('2025-06-02T12:00'),
    after,
  );
  const cases = await visitCases(parts, { range: january, residentIds });
  expect(cases.filter(({ isOnTime }) => !isOnTime).length).toBe(2 * 31);
});
