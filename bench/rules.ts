import { performance } from 'node:perf_hooks';
import { Directory } from '../model/directory.ts';
import type { Reading } from '../model/reading.ts';
import type { Zone } from '../model/zone.ts';
import { areaRules } from '../rules/areas/index.ts';
import { exceptionOf, judge, reasonsOf } from '../rules/fall/judge.ts';
import { buildHousehold } from '../rules/household.ts';
import { rules } from '../rules/index.ts';
import type { Household } from '../rules/rule.ts';
import { Watch } from '../rules/watch.ts';
import { prepareZone } from '../rules/zones.ts';

/**
 * What the rules cost: microseconds per reading with every rule and 20 zones (10 circles, 10 polygons of 40 corners, half
 * of each forbidden, some with a schedule), the same through the engine and the stage of areas, per fix for the zones alone,
 * and per burst of acceleration. Goal: p99 below 50 µs with all rules.
 */
const timeZone = 'Asia/Shanghai';
const homeAt = { lat: 24.4451, lon: 118.0823 };
const startMs = Date.parse('2025-11-21T00:00:00+08:00');
const readingCount = 200_000;
const burstCount = 2_000;

function zone(i: number): Zone {
  const center = { lat: homeAt.lat + 0.004 * (i % 5), lon: homeAt.lon + 0.004 * Math.floor(i / 5) };
  const corners = Array.from({ length: 40 }, (_, k) => {
    const angle = (2 * Math.PI * (k % 39)) / 39;
    const radius = 0.002 + 0.001 * Math.sin(5 * angle);
    return [center.lon + radius * Math.cos(angle), center.lat + radius * Math.sin(angle)];
  });
  return {
    id: `zone-${i}`,
    residentId: 'wang',
    name: `zone ${i}`,
    kind: i % 4 < 2 ? 'safe' : 'forbidden',
    shape: i % 2 === 0 ? { type: 'circle', center, radiusM: 250 } : { type: 'Polygon', coordinates: [corners] },
    datum: 'WGS84',
    ...(i % 5 === 0 && { schedule: { from: '06:00', to: '21:00' } }),
  };
}

function directoryOfHome(): Directory {
  const directory = new Directory();
  directory.apply({ kind: 'areas', id: 'a', entity: { id: 'a', name: 'a', kind: 'grid' } });
  const home = { ...homeAt, datum: 'WGS84' as const };
  directory.apply({
    kind: 'residents',
    id: 'wang',
    entity: { id: 'wang', name: '王秀英', areaId: 'a', home, contacts: [] },
  });
  const kinds = { band: 'wristband', pir: 'motionSensor', door: 'doorSensor', smoke: 'smokeDetector' } as const;
  for (const [id, kind] of Object.entries(kinds)) {
    directory.apply({ kind: 'devices', id, entity: { id, kind, residentId: 'wang' } });
  }
  for (let i = 0; i < 20; i++) directory.apply({ kind: 'zones', id: `zone-${i}`, entity: zone(i) });
  return directory;
}

/** A band's full message every 30 s, walking a loop that leaves and comes back. */
function reading(i: number): Reading {
  const atMs = startMs + i * 30_000;
  const angle = i / 200;
  const position = {
    lat: homeAt.lat + 0.008 + 0.012 * Math.sin(angle),
    lon: homeAt.lon + 0.008 + 0.012 * Math.cos(angle),
    accuracyM: 5 + (i % 30),
  };
  const facts = {
    position,
    batteryPct: 100 - ((i / 50) % 100),
    steps: i,
    heartRateBpm: 72,
    worn: true,
    motion: i % 3 === 0,
  };
  const base = { id: `band:${i}`, deviceId: 'band', kind: 'wristband', subjectId: 'wang', lane: 'telemetry' } as const;
  return { ...base, takenAtMs: atMs, receivedAtMs: atMs, late: false, facts };
}

/** Nearest-rank percentiles in microseconds. */
function report(what: string, micros: Float64Array, extra = ''): void {
  micros.sort();
  const rank = (share: number) =>
    (micros[Math.min(micros.length - 1, Math.floor(share * micros.length))] ?? 0).toFixed(2);
  const mean = micros.reduce((sum, one) => sum + one, 0) / micros.length;
  console.log(`${what}: mean ${mean.toFixed(2)} µs, p50 ${rank(0.5)}, p99 ${rank(0.99)}, p99.9 ${rank(0.999)}${extra}`);
}

function timed(count: number, run: (i: number) => void): Float64Array {
  const micros = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const beganMs = performance.now();
    run(i);
    micros[i] = (performance.now() - beganMs) * 1000;
  }
  return micros;
}

function allRules(): void {
  const home: Household = buildHousehold(directoryOfHome(), 'wang', timeZone);
  const readings = Array.from({ length: readingCount }, (_, i) => reading(i));
  const states: unknown[] = rules.map(({ initial }) => initial);
  let signals = 0;
  let changed = 0;
  const micros = timed(readingCount, (i) => {
    const one = readings[i];
    if (one === undefined) return;
    let isChanged = false;
    for (const [index, rule] of rules.entries()) {
      const outcome = rule.step(home, states[index], { kind: 'reading', reading: one, nowMs: one.receivedAtMs });
      signals += outcome.signals?.length ?? 0;
      if (outcome.state === states[index]) continue;
      isChanged = true;
      states[index] = outcome.state;
      rule.deadlineAtMs?.(home, outcome.state);
    }
    if (isChanged) changed += 1;
  });
  const share = ((100 * changed) / readingCount).toFixed(0);
  report('all rules, one reading', micros, `; ${signals} signals, state changed by ${share} % of the readings`);
}

/** The same readings as the service runs them: rules of the home, then whatever its areas listen to. */
function bothStages(): void {
  const watch = new Watch({ rules, areaRules, directory: directoryOfHome(), timeZone, listeningSinceMs: 0 });
  const readings = Array.from({ length: readingCount }, (_, i) => reading(i));
  let signals = 0;
  const micros = timed(readingCount, (i) => {
    const one = readings[i];
    if (one !== undefined) signals += watch.step(one, one.receivedAtMs).signals.length;
  });
  report('both stages, one reading', micros, `; ${signals} signals`);
}

function zonesAlone(): void {
  const zones = Array.from({ length: 20 }, (_, i) => prepareZone(zone(i), timeZone));
  const readings = Array.from({ length: readingCount }, (_, i) => reading(i));
  let inside = 0;
  const micros = timed(readingCount, (i) => {
    const { takenAtMs = 0, facts } = readings[i] ?? {};
    const { lat = 0, lon = 0 } = facts?.position ?? {};
    for (const one of zones) if (one.isActive(takenAtMs) && one.signedDistanceM(lat, lon) < 0) inside += 1;
  });
  report('20 zones, one fix', micros, `; ${inside} times inside`);
}

/** A window of 12 s as a band sends it after something sudden: judged, and told with its reasons. */
function bursts(): void {
  const samples = (rateHz: number) =>
    Array.from({ length: 12 * rateHz }, (_, i) => {
      const sinceS = i / rateHz - 6;
      const blow = sinceS > 0 ? 4 * Math.exp(-6 * sinceS) * Math.cos(31 * sinceS) : 0;
      return sinceS < 0 ? ([0, 0.1 * Math.sin(i), 1] as const) : ([blow, 0.9 + blow, 0.3] as const);
    });
  for (const rateHz of [25, 104]) {
    const burst = { rateHz, site: 'wrist' as const, samples: samples(rateHz) };
    let falls = 0;
    const judged = timed(burstCount, () => {
      if (judge(burst).isFall) falls += 1;
    });
    report(`judging a burst of 12 s at ${rateHz} Hz`, judged, `; ${falls} of ${burstCount} suspected`);
    const verdict = judge(burst);
    report(
      'saying why',
      timed(burstCount, () => void [reasonsOf(verdict), exceptionOf(verdict)]),
    );
  }
}

allRules();
bothStages();
zonesAlone();
bursts();
