import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordStore } from '../../store/contracts.ts';
import { checkRecords } from '../../store/records/check.ts';
import { openRecords } from '../../store/records/records.ts';
import { keepingContract, story } from './records-keeping.contract.ts';
import { noon } from './support/facts.ts';
import { remove, tempFolder } from './support/places.ts';

keepingContract('what is kept in SQLite', async () => {
  const place = await tempFolder();
  return { open: () => openRecords(join(place, 'records.sqlite')), remove: () => remove(place) };
});

let dir: string;
let records: RecordStore;

beforeEach(async () => {
  dir = await tempFolder();
  records = await openRecords(join(dir, 'records.sqlite'));
});
afterEach(async () => {
  await records.close();
  await remove(dir);
});

describe('what an earlier version kept', () => {
  test('alerts that ended before there was a column for it are found as well', async () => {
    await records.applyAlerts([story('old', { endedAtMs: noon })]);
    await records.close();
    const file = new DatabaseSync(join(dir, 'records.sqlite'));
    file.exec(`drop index alerts_resolved_at_ms; alter table alerts drop column resolved_at_ms;
      drop index applied_signals_seen_at_ms; alter table applied_signals drop column seen_at_ms;
      drop index audit_at_ms; drop table silences; drop table shares; drop table notices; drop table visits; drop table photos; drop table displays;
      drop table portraits; drop table staged_writes;
      alter table audit drop column salt; alter table audit drop column seal; alter table audit drop column link;
      delete from kysely_migration where name >= '0002-retention'`);
    file.close();
    records = await openRecords(join(dir, 'records.sqlite'));
    expect(await records.expireAlerts(noon + 1, 10)).toBe(1);
  });
});

describe('one resident', () => {
  test('leaves nothing in the file, however much the rows were moved about before', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      story(`a-${i}`, { residentId: `resident-${i % 60}`, endedAtMs: noon }),
    );
    const bulky = many.map((one, i) => ({
      ...one,
      alert: { ...one.alert, evidence: { text: 'x'.repeat((i * 37) % 900) } },
    }));
    for (let from = 0; from < bulky.length; from += 300) await records.applyAlerts(bulky.slice(from, from + 300));
    await records.applyAlerts(bulky.map((one) => ({ ...one, entries: [], notifications: [] })));
    expect(await inFile('resident-7"')).toBe(true);
    await records.eraseResident('resident-7', 'erased:x', noon);
    expect(await records.rewrite(1)).toBe(false); // too large for now
    expect(await records.rewrite(Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(await inFile('resident-7"')).toBe(false);
    expect(await inFile('resident-8"')).toBe(true);
  });
});

async function inFile(text: string): Promise<boolean> {
  const parts = await Promise.all(['', '-wal'].map((end) => readFile(join(dir, `records.sqlite${end}`))));
  return parts.some((bytes) => bytes.includes(text));
}

test('a copy is what was there when it was begun, whatever is written meanwhile', async () => {
  await records.applyAlerts([story('before')]);
  const snapshot = records.snapshot()!; // of a file
  await records.applyAlerts([story('after')]);
  await snapshot.copyTo(join(dir, 'copy.sqlite'));
  snapshot.release();
  const copy = await openRecords(join(dir, 'copy.sqlite'));
  expect((await copy.alerts({ limit: 10 })).items.map(({ id }) => id)).toEqual(['before']);
  await copy.close();
});

describe('reading everything', () => {
  test('finds nothing wrong with what was written, and counts it', async () => {
    await records.applyAlerts([story('a')]);
    await records.write([{ kind: 'areas', id: 'city', entity: { id: 'city', name: 'City', kind: 'city' } }]);
    await records.close();
    const { counts, damage } = checkRecords(join(dir, 'records.sqlite'));
    expect(damage).toEqual([]);
    expect(counts).toMatchObject({ areas: 1, alerts: 1, timeline: 1, notifications: 1, applied_signals: 1 });
    records = await openRecords(join(dir, 'records.sqlite'));
  });

  test('a backup of before there were visits is whole', async () => {
    await records.close();
    const file = new DatabaseSync(join(dir, 'records.sqlite'));
    file.exec("drop table visits; delete from kysely_migration where name = '0011-visits'");
    file.close();
    expect(checkRecords(join(dir, 'records.sqlite')).damage).toEqual([]);
    records = await openRecords(join(dir, 'records.sqlite'));
  });

  const harms = [
    { what: "update areas set doc = 'no json'", says: 'areas city: is no JSON' },
    {
      what: `update areas set doc = '{"id":"city","name":"","kind":"city"}'`,
      says: 'areas city: is not what it should be',
    },
    { what: "update alerts set doc = '{'", says: 'is no JSON' },
    { what: `insert into visits values ('v', 'r', 1, 'visit', 'well', '{')`, says: 'visits, row 1: is no JSON' },
    { what: 'delete from alerts', says: 'belong to alerts that are not there' },
  ];
  for (const { what, says } of harms) {
    test(`says what is wrong after: ${what}`, async () => {
      await records.applyAlerts([story('a')]);
      await records.write([{ kind: 'areas', id: 'city', entity: { id: 'city', name: 'City', kind: 'city' } }]);
      await records.close();
      const file = new DatabaseSync(join(dir, 'records.sqlite'));
      file.exec(what);
      file.close();
      const { damage } = checkRecords(join(dir, 'records.sqlite'));
      expect(damage.map(({ where, what }) => `${where}: ${what}`).join('\n')).toContain(says);
      records = await openRecords(join(dir, 'records.sqlite'));
    });
  }
});
