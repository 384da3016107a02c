import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Directory } from '../../model/directory.ts';
import type { EntityWrite, RecordStore } from '../../store/contracts.ts';
import { alert, change, entry, minute, noon, notification } from './support/facts.ts';
import type { Place } from './support/places.ts';

/** An alert of a resident with a line and a notification; over after so many minutes, or still open. */
export function story(id: string, over: { readonly residentId?: string; readonly endedAtMs?: number } = {}) {
  const { residentId = 'r-1', endedAtMs } = over;
  const ended = endedAtMs === undefined ? {} : { state: 'resolved' as const, resolvedAtMs: endedAtMs };
  return change({
    alert: alert({ id, residentId, ...ended }),
    entries: [entry({ alertId: id })],
    notifications: [notification({ id: `n-${id}`, alertId: id })],
    signalId: `zoneExit:${residentId}:${id}`,
  });
}

const lives = (id: string): EntityWrite => ({
  kind: 'residents',
  id,
  entity: { id, name: id, areaId: 'street', home: { lat: 24.4, lon: 118.1, datum: 'WGS84' }, contacts: [] },
});
const user = (id: string, username: string): EntityWrite => ({
  kind: 'users',
  id,
  entity: { id, username, role: 'admin' },
});

/** What becomes of what is kept, whatever the records are made of: retention, erasure, the audit log, large imports. */
export function keepingContract(name: string, freshPlace: () => Promise<Place<RecordStore>>): void {
  describe(name, () => {
    let place: Place<RecordStore>;
    let records: RecordStore;

    beforeEach(async () => {
      place = await freshPlace();
      records = await place.open();
    });
    afterEach(async () => {
      await records.close();
      await place.remove();
    });

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
    });

    describe('the audit log', () => {
      const looked = (n: number) => ({
        atMs: noon + n,
        who: `u-${n}`,
        what: 'trackRead',
        about: `r-${n % 3}`,
        detail: { n },
      });
      const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => looked(from + n));

      test('is whole after looks at the same moment, an erasure and retention, and a head from before still holds', async () => {
        await Promise.all(many(0, 60).map((one) => records.audit([one])));
        const head = await records.auditHead();
        await records.eraseResident('r-1', 'erased:x', noon);
        expect(await records.expireAudit(noon + 20, 1_000, noon + 99)).toBeGreaterThan(0);
        const { damage, entries } = await records.checkAudit([head]);
        expect(damage).toEqual([]);
        expect(entries).toBeLessThan(62);
        expect((await records.checkAudit([{ ...head, hash: 'x' }])).damage).toHaveLength(1);
      });

      test('is read page by page from its end, also for who did what', async () => {
        for (let from = 0; from < 3_000; from += 500) await records.audit(many(from, 500));
        const first = await records.auditPage({ about: 'r-1', limit: 600 });
        const second = await records.auditPage({ about: 'r-1', limit: 600, cursor: first.nextCursor! });
        expect([first.items.length, second.items.length, second.nextCursor]).toEqual([600, 400, undefined]);
        expect(new Set([...first.items, ...second.items].map(({ atMs }) => atMs)).size).toBe(1_000);
        expect((await records.auditPage({ who: 'u-7', limit: 10 })).items).toEqual([looked(7)]);
      });
    });

    describe('a large import', () => {
      const people = Array.from({ length: 1_500 }, (_, nth) => lives(`resident-${nth}`));

      test('is written in its order, while others write and read', async () => {
        const importing = records.write([...people, { kind: 'residents', id: 'resident-7', entity: undefined }]);
        await records.applyAlerts([change()]);
        await records.putSetting('k', 'v');
        await importing;
        const directory = new Directory();
        await records.load(directory);
        expect([directory.residents.size, await records.setting('k')]).toEqual([1_499, 'v']);
        expect(await records.openAlerts()).toHaveLength(1);
      });

      test('is refused as a whole for a name that is taken; so is a small change', async () => {
        await records.write([user('li', 'li')]);
        const taken = { code: 'conflict', message: expect.stringContaining('already taken') };
        await expect(records.write([...people, user('other', 'li')])).rejects.toMatchObject(taken);
        await expect(records.write([user('other', 'li')])).rejects.toMatchObject(taken);
        const directory = new Directory();
        await records.load(directory);
        expect([directory.residents.size, directory.users.size]).toEqual([0, 1]);
      });
    });

    test('text is in the order of its bytes, in every page and list', async () => {
      const ids = ['B', 'a', '_', 'Z9', 'ä', 'A', '-', 'b', '王', 'a_b', 'a-b', 'aB'];
      await records.applyAlerts(ids.map((id) => change({ alert: alert({ id }) })));
      const inOrder = ids.toSorted((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
      expect((await records.openAlerts()).map(({ id }) => id)).toEqual(inOrder);
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await records.alerts({ limit: 2, ...(cursor !== undefined && { cursor }) });
        found.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
        if (cursor === undefined) break;
      }
      expect(found).toEqual(inOrder.toReversed());
    });

    test('what nobody can have stored is not found, and does no harm', async () => {
      expect(await records.alert('a\0b')).toBeUndefined();
      expect(await records.passwordHash("' or 1=1 --\0")).toBeUndefined();
      await records.putSetting('k', 'a?b $1 \u2028 王');
      expect(await records.setting('k')).toBe('a?b $1 \u2028 王');
    });
  });
}
