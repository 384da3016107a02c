import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Directory } from '../../model/directory.ts';
import type { Notification } from '../../model/notification.ts';
import type { Visit } from '../../model/visit.ts';
import type { AlertFilter, EntityWrite, NotificationFilter, RecordStore } from '../../store/contracts.ts';
import { alert, change, entry, minute, noon, notification } from './support/facts.ts';
import type { Place } from './support/places.ts';

const area = (id: string, parentId?: string): EntityWrite => ({
  kind: 'areas',
  id,
  entity: { id, name: id, kind: 'street', ...(parentId !== undefined && { parentId }) },
});
const device = (id: string, hash?: string | null): EntityWrite => ({
  kind: 'devices',
  id,
  entity: { id, kind: 'wristband' },
  ...(hash !== undefined && { tokenHash: hash }),
});
const resident = (id: string): EntityWrite => ({
  kind: 'residents',
  id,
  entity: { id, name: id, areaId: 'street', home: { lat: 24.4, lon: 118.1, datum: 'WGS84' }, contacts: [] },
});
const user = (id: string, username: string, hash?: string): EntityWrite => ({
  kind: 'users',
  id,
  entity: { id, username, role: 'admin' },
  ...(hash !== undefined && { passwordHash: hash }),
});

/** What every record store promises, whatever it is made of. Each story gets a fresh place. */
export function recordsContract(name: string, freshPlace: () => Promise<Place<RecordStore>>): void {
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

    const directory = async (): Promise<Directory> => {
      await records.close();
      records = await place.open();
      const fresh = new Directory();
      await records.load(fresh);
      return fresh;
    };

    test('a community is there again after a restart, as it was last written', async () => {
      await records.write([area('city'), area('street', 'city'), device('band', 'hash-1'), user('u', 'mei', 'secret')]);
      await records.write([area('street', 'city'), { kind: 'areas', id: 'gone', entity: undefined }]);
      const found = await directory();
      expect([...found.areas.keys()]).toEqual(['city', 'street']);
      expect(found.areaPath('street')).toEqual(['city', 'street']);
      expect(found.devices.get('band')).toEqual({ id: 'band', kind: 'wristband' });
      expect(found.tokenHashes).toEqual(new Map([['band', 'hash-1']]));
      expect(await records.passwordHash('mei')).toEqual({ userId: 'u', hash: 'secret' });
    });

    test('changes count in their order, the same thing put, removed and put again too', async () => {
      await records.write([
        area('a'),
        area('a', 'b'),
        { kind: 'areas', id: 'a', entity: undefined },
        area('a', 'c'),
        area('a', 'd'),
      ]);
      expect((await directory()).areas.get('a')?.parentId).toBe('d');
    });

    test('a write without a secret keeps the one that is stored, null takes it away', async () => {
      await records.write([device('band', 'hash-1'), user('u', 'mei', 'secret')]);
      await records.write([device('band'), user('u', 'mei')]);
      expect((await directory()).tokenHashes.get('band')).toBe('hash-1');
      expect(await records.passwordHash('mei')).toEqual({ userId: 'u', hash: 'secret' });
      await records.write([device('band', null)]);
      expect((await directory()).tokenHashes.has('band')).toBe(false);
    });

    test('one change that cannot be written leaves nothing of the others', async () => {
      await records.write([user('u', 'mei')]);
      await expect(records.write([area('a'), user('other', 'mei')])).rejects.toMatchObject({ code: 'conflict' });
      expect((await directory()).areas.size).toBe(0);
    });

    test('sessions end by themselves, by user, and with a new password', async () => {
      const session = (tokenHash: string, userId: string, expiresAtMs: number) =>
        records.putSession({ tokenHash, userId, createdAtMs: noon, expiresAtMs });
      await session('one', 'u', noon + 1);
      await session('two', 'u', noon + 10);
      await session('three', 'v', noon + 10);
      expect(await records.session('one')).toEqual({
        tokenHash: 'one',
        userId: 'u',
        createdAtMs: noon,
        expiresAtMs: noon + 1,
      });
      await records.dropSessions({ expiredAtMs: noon + 1 });
      expect(await records.session('one')).toBeUndefined();
      expect(await records.session('two')).toBeDefined();
      await records.write([user('u', 'mei', 'new password')]);
      expect(await records.session('two')).toBeUndefined();
      await records.dropSessions({ userId: 'v' });
      expect(await records.session('three')).toBeUndefined();
    });

    test('an alert is stored with its time line, its notifications and the signal that caused it', async () => {
      const lines = [entry(), entry({ what: 'repeated', detail: { n: 2 } })];
      await records.applyAlerts([
        change({ entries: lines.slice(0, 1), notifications: [notification()], signalId: 's1' }),
      ]);
      const acknowledged = alert({ state: 'acknowledged', revision: 2, position: { lat: 1, lon: 2 } });
      await records.applyAlerts([change({ alert: acknowledged, entries: lines.slice(1), signalId: 's2' })]);
      expect(await records.alert('alert-1')).toEqual(acknowledged);
      expect(await records.timeline('alert-1')).toEqual(lines);
      expect(await records.notificationsOf('alert-1')).toEqual([notification()]);
      expect(await records.appliedSignals(['s1', 's2', 's3'])).toEqual(new Set(['s1', 's2']));
      expect(await records.alert('unknown')).toBeUndefined();
    });

    test('several changes of one alert in one call leave the last and every line', async () => {
      const changes = [1, 2, 3].map((revision) =>
        change({ alert: alert({ revision }), entries: [entry({ atMs: noon + revision })], signalId: `s${revision}` }),
      );
      await records.applyAlerts(changes);
      expect((await records.alert('alert-1'))?.revision).toBe(3);
      expect((await records.timeline('alert-1')).map(({ atMs }) => atMs - noon)).toEqual([1, 2, 3]);
    });

    test('a signal marked twice is applied once, and a replayed plan doubles no notification', async () => {
      await records.markApplied(['s1']);
      await records.markApplied(['s1', 's2']);
      const sent = notification({ state: 'sent', attempts: 1 });
      await records.applyAlerts([change({ notifications: [notification()] })]);
      await records.updateNotifications([sent]);
      await records.applyAlerts([change({ notifications: [notification()] })]);
      expect(await records.notificationsOf('alert-1')).toEqual([sent]);
      expect(await records.appliedSignals(['s1', 's2'])).toEqual(new Set(['s1', 's2']));
    });

    test('due notifications come earliest first and only those still to be tried', async () => {
      const at = (id: string, minutes: number, state: 'queued' | 'failed' = 'queued') =>
        notification({ id, nextAttemptAtMs: noon + minutes * minute, state });
      await records.applyAlerts([
        change({ notifications: [at('late', 3), at('soon', 1), at('given up', 0, 'failed'), at('now', 0)] }),
      ]);
      const due = async (minutes: number, limit = 10) =>
        (await records.dueNotifications(noon + minutes * minute, limit)).map(({ id }) => id);
      expect(await due(1)).toEqual(['now', 'soon']);
      expect(await due(5)).toEqual(['now', 'soon', 'late']);
      expect(await due(5, 1)).toEqual(['now']);
    });

    test('a message is found by its id, or by a beginning of it that is nobody else’s', async () => {
      const [one, other] = [`n${'a'.repeat(25)}`, `n${'a'.repeat(14)}${'b'.repeat(11)}`];
      const notifications = [one, other].map((id) => notification({ id }));
      await records.applyAlerts([change({ notifications })]);
      expect((await records.notification(other))?.id).toBe(other);
      expect((await records.notification(one.slice(0, 16)))?.id).toBe(one);
      expect((await records.notification(other.slice(0, 16)))?.id).toBe(other);
      for (const nobodys of [
        '',
        'n',
        one.slice(0, 14),
        `${one}a`,
        `n${'z'.repeat(25)}`,
        '%'.repeat(20),
        '~'.repeat(15),
      ]) {
        expect(await records.notification(nobodys)).toBeUndefined();
      }
    });

    test('messages by what became of them, within a scope, latest first', async () => {
      const told = (id: string, nextAttemptAtMs: number, state: Notification['state']) =>
        notification({ id, alertId: `of-${id}`, nextAttemptAtMs, state });
      const one = (message: Notification, residentId: string, ...areaPath: string[]) =>
        change({ alert: alert({ id: message.alertId, residentId }), areaPath, notifications: [message] });
      await records.applyAlerts([
        one(told('n1', 1, 'failed'), 'r-1', 'city', 'street'),
        one(told('n2', 2, 'sent'), 'r-1', 'city', 'street'),
        one(told('n3', 3, 'failed'), 'r-2', 'city', 'street_2'),
      ]);
      const found = async (filter: Partial<NotificationFilter>) =>
        (await records.notifications({ limit: 10, ...filter })).items.map(
          (item) => `${item.notification.id} ${item.residentId}`,
        );
      expect(await found({})).toEqual(['n3 r-2', 'n2 r-1', 'n1 r-1']);
      expect(await found({ states: ['failed'] })).toEqual(['n3 r-2', 'n1 r-1']);
      expect(await found({ states: ['failed'], areaId: 'street' })).toEqual(['n1 r-1']);
      expect(await found({ residentIds: ['r-2'] })).toEqual(['n3 r-2']);
      expect(await found({ residentIds: [] })).toEqual([]);
      await expect(records.notifications({ limit: 1, cursor: 'nonsense' })).rejects.toMatchObject({
        code: 'badRequest',
      });
    });

    test('pages of alerts go from the newest to the oldest without a gap or a repeat, while new ones open', async () => {
      const many = Array.from({ length: 25 }, (_, n) =>
        change({ alert: alert({ id: `a${String(n).padStart(2, '0')}`, openedAtMs: noon + Math.floor(n / 4) }) }),
      );
      await records.applyAlerts(many);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await records.alerts({ limit: 4, ...(cursor !== undefined && { cursor }) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
        await records.applyAlerts([change({ alert: alert({ id: `new${seen.length}`, openedAtMs: noon + 1000 }) })]);
      } while (cursor !== undefined);
      expect(seen).toEqual(many.map(({ alert: { id } }) => id).reverse());
    });

    test('a page has at most a thousand alerts', async () => {
      await records.applyAlerts(Array.from({ length: 1_100 }, (_, n) => change({ alert: alert({ id: `a${n}` }) })));
      const { items, nextCursor } = await records.alerts({ limit: 5_000 });
      expect(items).toHaveLength(1_000);
      expect(nextCursor).toBeDefined();
    });

    test('a cursor of somebody’s invention is refused', async () => {
      await expect(records.alerts({ limit: 1, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'badRequest' });
    });

    describe('filters', () => {
      beforeEach(async () => {
        const one = (id: string, over: Parameters<typeof alert>[0], ...areaPath: string[]) =>
          change({ alert: alert({ id, ...over }), areaPath });
        await records.applyAlerts([
          one('a', { openedAtMs: noon, residentId: 'r-1' }, 'city', 'street_1', 'grid'),
          one('b', { openedAtMs: noon + 1, state: 'resolved', residentId: 'r-2' }, 'city', 'streetX1'),
          one(
            'c',
            { openedAtMs: noon + 2, severity: 'P3', types: ['fall', 'sos'], residentId: 'r-3' },
            'city',
            'Street_1',
          ),
          one('d', { openedAtMs: noon + 3, residentId: 'r-1' }, 'town', 'grid-2'),
        ]);
      });

      const cases: { name: string; filter: Partial<AlertFilter>; found: string[] }[] = [
        { name: 'everything', filter: {}, found: ['d', 'c', 'b', 'a'] },
        { name: 'an area and all below', filter: { areaId: 'city' }, found: ['c', 'b', 'a'] },
        { name: 'an area whose id has a wildcard of SQL', filter: { areaId: 'street_1' }, found: ['a'] },
        { name: 'an area that begins like another', filter: { areaId: 'grid' }, found: ['a'] },
        { name: 'a state', filter: { states: ['resolved'] }, found: ['b'] },
        { name: 'states', filter: { states: ['open', 'acknowledged'] }, found: ['d', 'c', 'a'] },
        { name: 'a severity', filter: { severities: ['P3', 'P2'] }, found: ['c'] },
        { name: 'any type it has had', filter: { types: ['fall', 'smoke'] }, found: ['c'] },
        { name: 'residents', filter: { residentIds: ['r-1', 'r-2'] }, found: ['d', 'b', 'a'] },
        { name: 'nobody', filter: { residentIds: [] }, found: [] },
        { name: 'a period without its end', filter: { fromMs: noon + 1, toMs: noon + 3 }, found: ['c', 'b'] },
        { name: 'several at once', filter: { areaId: 'city', states: ['open'], toMs: noon + 2 }, found: ['a'] },
      ];
      for (const { name: what, filter, found } of cases) {
        test(`finds by ${what}`, async () => {
          const { items } = await records.alerts({ limit: 10, ...filter });
          expect(items.map(({ id }) => id)).toEqual(found);
        });
      }

      test('the open ones are all but the resolved', async () => {
        expect((await records.openAlerts()).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
      });
    });

    test('the audit log is read from its end, all of it or about one', async () => {
      const what = (about: string, n: number) => ({
        atMs: noon + n,
        who: 'u',
        what: 'trackRead',
        about,
        detail: { n },
      });
      await records.audit([what('r-1', 1), what('r-2', 2)]);
      await records.audit([what('r-1', 3)]);
      expect(await records.auditLog({ limit: 2 })).toEqual([what('r-1', 3), what('r-2', 2)]);
      expect((await records.auditLog({ about: 'r-1', limit: 9 })).map(({ detail }) => detail?.n)).toEqual([3, 1]);
    });

    test('the photo of an alert is the last one, byte for byte, also after a restart', async () => {
      await records.applyAlerts([change({ alert: alert() })]);
      const bytes = new Uint8Array([0, 255, 128, 10, 13, 0]);
      expect(await records.putPhoto('alert-1', { type: 'image/png', bytes: new Uint8Array([1]) })).toBe(true);
      await records.putPhoto('alert-1', { type: 'image/jpeg', bytes });
      await directory();
      expect(await records.photo('alert-1')).toEqual({ type: 'image/jpeg', bytes });
      expect(await records.photo('alert-2')).toBeUndefined();
      expect(await records.putPhoto('alert-2', { type: 'image/jpeg', bytes })).toBe(false);
    });

    test('the photo of a resident is the last one, also after a restart, until it or she is removed', async () => {
      const photo = { type: 'image/webp', bytes: new Uint8Array([0, 255, 128, 10, 13, 0]) } as const;
      expect(await records.putPortrait('r-1', photo)).toBe(false);
      await records.write([area('street'), resident('r-1')]);
      expect(await records.putPortrait('r-1', { type: 'image/png', bytes: new Uint8Array([1]) })).toBe(true);
      await records.putPortrait('r-1', photo);
      await directory();
      expect(await records.portrait('r-1')).toEqual(photo);
      expect(await records.removePortrait('r-1')).toBe(true);
      expect(await records.removePortrait('r-1')).toBe(false);
      await records.putPortrait('r-1', photo);
      await records.write([{ kind: 'residents', id: 'r-1', entity: undefined }]);
      expect(await records.portrait('r-1')).toBeUndefined();
    });

    test('a visit is stored with the resident or not at all, read page by page, and gone in its time and with her', async () => {
      const visits = () => records.visits();
      const seen = (id: string, atMs: number, over: Partial<Visit> = {}): Visit => {
        const facts = {
          id,
          residentId: 'r-1',
          kind: 'visit',
          atMs,
          outcome: 'well',
          by: 'u',
          recordedAtMs: atMs,
        } as const;
        return { ...facts, ...over };
      };
      const put = (visit: Visit) =>
        records.write([{ ...resident(visit.residentId), visit: { put: visit } } as EntityWrite]); // of one kind
      const theirs = async (residentId = 'r-1') =>
        (await visits().ofResident({ residentId, limit: 9 })).map(({ id }) => id);
      await put(seen('a', noon));
      await put(seen('b', noon, { kind: 'phone' }));
      await put(seen('c', noon + minute, { outcome: 'notReached', note: 'n', plan: { tier: 'red', sinceMs: 1 } }));
      await put(seen('d', noon, { residentId: 'r-2' }));
      await expect(put(seen('e', noon))).rejects.toThrow(); // the same again

      await directory(); // a restart
      expect(await visits().byId('c')).toMatchObject({ note: 'n', plan: { tier: 'red', sinceMs: 1 } });
      expect(await visits().same(seen('x', noon))).toMatchObject({ id: 'a' });
      expect(await visits().same(seen('x', noon, { outcome: 'needsHelp' }))).toBeUndefined();
      expect(await visits().lastContactMs('r-1', { without: 'a' })).toBe(noon);
      expect(await visits().lastContactMs('nobody', { without: 'a' })).toBeUndefined();
      expect(await theirs()).toEqual(['c', 'b', 'a']);
      const after = await visits().ofResident({ residentId: 'r-1', limit: 9, before: { atMs: noon, id: 'b' } });
      expect(after.map(({ id }) => id)).toEqual(['a']);
      expect((await visits().after({ atMs: noon, id: 'a' }, 2)).map(({ id }) => id)).toEqual(['b', 'd']);

      await records.write([{ ...resident('r-1'), visit: { remove: 'c' } } as EntityWrite]); // of one kind
      expect(await theirs()).toEqual(['b', 'a']);
      expect(await visits().expire(noon, 10)).toBe(0);
      expect(await visits().eraseResident('r-1')).toBe(2);
      await records.write([{ kind: 'residents', id: 'r-2', entity: undefined }]);
      expect(await theirs('r-2')).toEqual([]);
      await put(seen('f', noon));
      expect(await visits().expire(noon + 1, 10)).toBe(1);
    });

    test('a setting is what was last put there', async () => {
      expect(await records.setting('secret')).toBeUndefined();
      await records.putSetting('secret', '1');
      await records.putSetting('secret', '2');
      expect(await records.setting('secret')).toBe('2');
    });

    test('calls at the same moment do not mix', async () => {
      const writes = Array.from({ length: 20 }, (_, n) =>
        records.applyAlerts([change({ alert: alert({ revision: n }), entries: [entry({ atMs: noon + n })] })]),
      );
      await Promise.all([...writes, records.audit([{ atMs: 1, who: 'u', what: 'x', about: 'y' }])]);
      expect(await records.timeline('alert-1')).toHaveLength(20);
    });
  });
}
