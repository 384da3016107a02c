import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { historiesOf } from '../../app/histories.ts';
import { planRetention, runRetention } from '../../app/retention.ts';
import { defaultRetentionDays, parseRetentionDays } from '../../app/retention-days.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordStore, TelemetryStore } from '../../store/contracts.ts';
import { openRecords } from '../../store/records/records.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { alert, batch, change, reading, refused, signal } from '../store/support/facts.ts';
import { collect } from '../store/support/places.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 5, 1);
const daysAgo = (days: number): number => nowMs - days * dayMs;
const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

describe('the setting', () => {
  const understood = [
    { text: '60', days: { positions: 60, vitals: 60, motion: 60, device: 60, alerts: 60, audit: 1095 } },
    { text: 'positions=7', days: { ...defaultRetentionDays, positions: 7 } },
    { text: ' vitals = 400 , audit=2000', days: { ...defaultRetentionDays, vitals: 400, audit: 2000 } },
  ];
  for (const { text, days } of understood) {
    test(`'${text}' is understood`, () => expect(parseRetentionDays(text)).toEqual({ days }));
  }

  const refusedSettings = [
    { text: 'forever', says: "'forever' is neither" },
    { text: 'positions=7,moods=3', says: "'moods=3' is neither" },
    { text: '0', says: 'must keep positions for 2 to 36500 days, got 0' },
    { text: 'alerts=99999', says: 'must keep alerts for 2 to 36500 days' },
    { text: 'audit=30', says: 'must keep audit for 180 to 36500 days, got 30' },
    { text: 'positions=-3', says: "'positions=-3' is neither" },
  ];
  for (const { text, says } of refusedSettings) {
    test(`'${text}' stops the start with a sentence`, () => {
      const start = () => readConfig({ ANJU_RETENTION_DAYS: text });
      expect(start).toThrow(AppError);
      expect(start).toThrow(`ANJU_RETENTION_DAYS ${says.startsWith("'") ? 'must be' : says}`);
      expect(start).toThrow(says);
    });
  }
});

test('marks of applied signals outlive the alerts, and a short setting', () => {
  const plan = (alerts: number) => planRetention({ ...defaultRetentionDays, alerts }, nowMs);
  expect(plan(30).signalsBeforeMs).toBe(daysAgo(400));
  expect(plan(2000).signalsBeforeMs).toBe(daysAgo(2000));
});

describe('a night', () => {
  let dir: string;
  let records: RecordStore;
  let telemetry: TelemetryStore;
  const logged: string[] = [];
  const note = (_facts: object, message: string) => void logged.push(message);

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'anju-retention-'));
    records = await openRecords(join(dir, 'records.sqlite'));
    telemetry = await openTelemetry(join(dir, 'telemetry'));
    logged.length = 0;
  });
  afterEach(async () => {
    await telemetry.close();
    await records.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const night = (atMs = nowMs, signal?: AbortSignal) => {
    const log = { info: note, warn: note };
    const parts = { histories: historiesOf(telemetry), records, telemetry, log };
    return runRetention(parts, planRetention(defaultRetentionDays, atMs), atMs, signal);
  };

  const position = { lat: 24.4, lon: 118.1 };
  const at = (takenAtMs: number, facts: object) => reading({ takenAtMs, id: `x:${takenAtMs}`, facts });

  test('each kind goes after its own days, also out of a message that said more', async () => {
    await telemetry.commit(
      batch({
        readings: [
          at(daysAgo(40), { position }),
          at(daysAgo(39), { position, heartRateBpm: 70 }),
          at(daysAgo(100), { motion: true }),
          at(daysAgo(20), { position }),
          at(daysAgo(400), { heartRateBpm: 60 }),
        ],
      }),
    );
    await night();
    const left = await collect(telemetry.readings('r-1', always));
    expect(left.map(({ takenAtMs }) => (nowMs - takenAtMs) / dayMs)).toEqual([39, 20]);
    expect(left.map(({ facts }) => facts)).toEqual([{ heartRateBpm: 70 }, { position }]);
  });

  test('a big pile goes in small steps: commits pass in between', async () => {
    const readings = Array.from({ length: 20_000 }, (_, i) => at(daysAgo(50) + i, { position }));
    for (let from = 0; from < readings.length; from += 4_000) {
      await telemetry.commit(batch({ readings: readings.slice(from, from + 4_000) }));
    }
    let isOver = false;
    let commits = 0;
    const removing = night().finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await telemetry.commit(batch({ readings: [at(nowMs + commits, { motion: true })] }));
      commits += 1;
    }
    await removing;
    expect(commits).toBeGreaterThan(10);
    expect(await collect(telemetry.track('r-1', always))).toEqual([]);
  });

  test('records go too, with one line in the audit log that counts them', async () => {
    const resolvedAtMs = daysAgo(1_200);
    const old = alert({
      id: 'old',
      state: 'resolved',
      openedAtMs: resolvedAtMs,
      resolvedAtMs,
      updatedAtMs: resolvedAtMs,
    });
    await records.applyAlerts([
      change({ alert: old }),
      change({ alert: alert({ id: 'open', openedAtMs: resolvedAtMs }) }),
    ]);
    await records.audit([{ atMs: daysAgo(1_200), who: 'u', what: 'login', about: 'u' }]);
    await records.putSession({ tokenHash: 't', userId: 'u', createdAtMs: 0, expiresAtMs: daysAgo(1) });
    await telemetry.commit(
      batch({ quarantined: [refused({ receivedAtMs: daysAgo(100) }), refused({ receivedAtMs: nowMs })] }),
    );
    expect(await night()).toMatchObject({ alerts: 1, audit: 1, quarantine: 1, positions: 0 });
    expect(await records.alert('open')).toBeDefined();
    expect(await records.session('t')).toBeUndefined();
    expect(await telemetry.quarantined({ limit: 10 })).toHaveLength(1);
    expect(await records.auditLog({ limit: 10 })).toMatchObject([
      { who: 'service', what: 'retention', detail: { alerts: 1, audit: 1, quarantine: 1 } },
      { who: 'service', what: 'auditExpired', detail: { count: 1, upTo: 1 } },
    ]);
    await night();
    expect(await records.auditLog({ limit: 10 })).toHaveLength(2); // nothing was removed: nothing to prove
  });

  test('a signal that still waits in the outbox keeps its mark, however old', async () => {
    await records.markApplied(['waits', 'gone']);
    await telemetry.commit(batch({ signals: [signal({ id: 'waits' })] }));
    await night();
    const years = 10 * 365 * dayMs;
    expect(await night(nowMs + years)).toMatchObject({ signals: 1 });
    expect(await records.appliedSignals(['waits', 'gone'])).toEqual(new Set(['waits']));
  });

  test('told to stop it ends at once and goes on the next night', async () => {
    await telemetry.commit(batch({ readings: [at(daysAgo(50), { position })] }));
    expect(await night(nowMs, AbortSignal.abort())).toMatchObject({ positions: 0 });
    expect(await night()).toMatchObject({ positions: 1 });
  });

  test('a copy that cannot be reached keeps nothing else from going', async () => {
    await telemetry.commit(batch({ readings: [at(daysAgo(50), { position })] }));
    const down = { name: 'influxdb', history: { erase: refuse, expire: refuse } };
    const log = { info: note, warn: note };
    const parts = { histories: historiesOf(telemetry, down), records, telemetry, log };
    expect(await runRetention(parts, planRetention(defaultRetentionDays, nowMs), nowMs)).toMatchObject({
      positions: 1,
    });
    expect(logged).toContain('readings that were kept long enough could not be removed');
  });
});

async function refuse(): Promise<number> {
  throw new AppError('unavailable', 'no answer');
}
