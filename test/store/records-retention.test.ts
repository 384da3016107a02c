import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordStore } from '../../store/contracts.ts';
import { checkRecords } from '../../store/records/check.ts';
import { openRecords } from '../../store/records/records.ts';
import { alert, change, entry, minute, noon, notification } from './support/facts.ts';
import { remove, tempFolder } from './support/places.ts';

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

/** An alert of a resident with a line and a notification; over after so many minutes, or still open. */
function story(id: string, over: { readonly residentId?: string; readonly endedAtMs?: number } = {}) {
  const { residentId = 'r-1', endedAtMs } = over;
  const ended = endedAtMs === undefined ? {} : { state: 'resolved' as const, resolvedAtMs: endedAtMs };
  return change({
    alert: alert({ id, residentId, ...ended }),
    entries: [entry({ alertId: id })],
    notifications: [notification({ id: `n-${id}`, alertId: id })],
    signalId: `zoneExit:${residentId}:${id}`,
  });
}

describe('what was kept long enough', () => {
  test('alerts go in order of their end, with time line and notifications; open ones stay however old', async () => {
    await records.applyAlerts([
      story('old', { endedAtMs: noon }),
      story('older', { endedAtMs: noon - minute }),
      story('recent', { endedAtMs: noon + minute }),
      story('open'),
    ]);
    expect(await records.expireAlerts(noon + 1, 1)).toBe(1);
    expect(await records.alert('older')).toBeUndefined();
    expect(await records.alert('old')).toBeDefined();
    expect(await records.expireAlerts(noon + 1, 10)).toBe(1);
    expect(await records.expireAlerts(noon + 1, 10)).toBe(0);
    expect([await records.timeline('old'), await records.notificationsOf('old')]).toEqual([[], []]);
    expect((await records.alerts({ limit: 10 })).items.map(({ id }) => id).sort()).toEqual(['open', 'recent']);
  });

  test('an alert that was opened again counts from its new end', async () => {
    await records.applyAlerts([story('a', { endedAtMs: noon })]);
    await records.applyAlerts([change({ alert: alert({ id: 'a', revision: 2 }) })]);
    expect(await records.expireAlerts(noon + minute, 10)).toBe(0);
  });

  test('a signal is remembered from when it was first seen, and as long as it may still come', async () => {
    await records.markApplied(['s-1', 's-2']);
    expect(await records.dateSignals(noon, 10)).toBe(2);
    await records.markApplied(['s-1', 's-3']); // again: it keeps its date
    expect(await records.dateSignals(noon + minute, 10)).toBe(1);
    expect(await records.expireSignals(noon + 1, 10, new Set(['s-2']))).toBe(1);
    expect(await records.appliedSignals(['s-1', 's-2', 's-3'])).toEqual(new Set(['s-2', 's-3']));
  });

  test('audit entries go by their age', async () => {
    const looked = (atMs: number) => ({ atMs, who: 'u', what: 'trackRead', about: 'r-1' });
    await records.audit([looked(noon), looked(noon + minute)]);
    expect(await records.expireAudit(noon + 1, 10, noon + minute)).toBe(1);
    expect(await records.auditLog({ about: 'r-1', limit: 10 })).toEqual([looked(noon + minute)]);
  });

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
  test('is erased with everything about them, and nothing of anybody else; who looked stays, under another name', async () => {
    await records.applyAlerts([story('mine', { endedAtMs: noon }), story('theirs', { residentId: 'r-2' })]);
    await records.audit([{ atMs: noon, who: 'u', what: 'trackRead', about: 'r-1', detail: { fromMs: 1 } }]);
    expect(await records.eraseResident('r-1', 'erased:x', noon)).toEqual({
      alerts: 1,
      timelineEntries: 1,
      notifications: 1,
      photos: 0,
      signals: 1,
      shares: 0,
      notices: 0,
      visits: 0,
      portraits: 0,
      auditEntries: 1,
    });
    expect(await records.alert('theirs')).toBeDefined();
    expect(await records.appliedSignals(['zoneExit:r-2:theirs'])).toEqual(new Set(['zoneExit:r-2:theirs']));
    expect(await records.auditLog({ about: 'erased:x', limit: 10 })).toEqual([
      { atMs: noon, who: 'u', what: 'trackRead', about: 'erased:x', detail: { fromMs: 1 } },
    ]);
    const nothing = {
      alerts: 0,
      timelineEntries: 0,
      notifications: 0,
      photos: 0,
      signals: 0,
      shares: 0,
      notices: 0,
      visits: 0,
      portraits: 0,
      auditEntries: 0,
    };
    expect(await records.eraseResident('r-1', 'erased:y', noon)).toEqual(nothing);
  });

  test('a delivery that was under way meanwhile does not bring the notification back', async () => {
    const mine = story('mine', { endedAtMs: noon });
    await records.applyAlerts([mine]);
    await records.eraseResident('r-1', 'erased:x', noon);
    await records.updateNotifications([{ ...mine.notifications[0]!, state: 'delivered' }]);
    expect(await records.notificationsOf('mine')).toEqual([]);
  });

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
