import { expect, test } from 'vitest';
import { safeRadiusM } from '../../simulators/community/zones.ts';
import { generateCommunity } from '../../simulators/community.ts';
import { metresBetween } from '../../simulators/ground.ts';
import { homesOf, type LifeEvent } from '../../simulators/life.ts';
import { playOf, programmeNames, programmes, scenarios } from '../../simulators/scenarios/programmes.ts';
import { safeZoneExit } from '../../simulators/scenarios/safe-zone-exit.ts';
import { perform, sequenceOf } from '../../simulators/simulation/player.ts';

const startMs = 1_763_700_000_000;
const homes = homesOf(generateCommunity({ seed: 'demo' }));

for (const name of programmeNames) {
  test(`the cast of '${name}' can play it, each emergency once`, () => {
    const { emergencies, events } = playOf(programmes[name], homes, startMs);
    expect(new Set(emergencies.map(({ id }) => id)).size).toBe(emergencies.length);
    expect(events.map(({ atMs }) => atMs)).toEqual(events.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    const devices = new Set(homes.flatMap(({ devices }) => devices.map(({ id }) => id)));
    for (const { deviceId } of events) expect(devices).toContain(deviceId);
  });
}

test('a demo has its first press within 3 seconds and is over within two and a half minutes', () => {
  const { emergencies } = playOf(programmes.demo, homes, startMs);
  const sos = emergencies.find(({ kind }) => kind === 'sos');
  expect(sos?.atMs).toBeLessThanOrEqual(startMs + 3_000);
  for (const { atMs, expectWithinS } of emergencies)
    expect(atMs + expectWithinS * 1000 - startMs).toBeLessThan(150_000);
});

for (const scenario of scenarios) {
  test(`${scenario.name}: nothing is told before it happens, and every emergency has a cause`, () => {
    const [home] = homes;
    if (home === undefined) throw new Error('there are homes');
    const { emergencies, events } = scenario.play(home, startMs);
    expect(scenario.play(home, startMs).events).toEqual(events);
    expect(emergencies.length).toBeGreaterThan(0);
    for (const event of events) expect(event.atMs).toBeGreaterThanOrEqual(startMs);
    for (const { atMs, residentId } of emergencies) {
      expect(residentId).toBe(home.resident.id);
      expect(events.some((event) => event.atMs <= atMs)).toBe(true);
    }
  });
}

test('who walks out is outside, and further out with each minute', () => {
  const home = homes[5];
  if (home === undefined) throw new Error('there are fifty homes');
  const { events } = safeZoneExit.play(home, startMs);
  const metres = events.flatMap(({ payload }) => {
    const { position } = payload as { position: { lat: number; lon: number; accuracyM: number } };
    return position.accuracyM < 20 ? metresBetween(home.resident.home, position) : [];
  });
  expect(metres.length).toBeGreaterThan(10);
  for (const far of metres) expect(far).toBeGreaterThan(safeRadiusM);
  expect(metres.at(-1)! - metres[0]!).toBeGreaterThan(120);
});

function firstEvents(until: number, play = playOf(programmes.demo, homes, startMs)): LifeEvent[] {
  const found: LifeEvent[] = [];
  for (const event of sequenceOf({ homes, play, seed: 'demo', speed: 120, startMs })) {
    if (event.atMs > until) break;
    found.push(event);
  }
  return found;
}

test('ordinary life goes on around the emergencies, in order, and past midnight', () => {
  const events = firstEvents(startMs + 15 * 60_000);
  const times = events.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(events.map(({ deviceId }) => deviceId)).size).toBeGreaterThan(200);
  expect(times.at(-1)).toBeGreaterThan(startMs + 14 * 60_000);
});

test('a device in an emergency leads no second life', () => {
  const play = playOf(programmes.demo, homes, startMs);
  const scripted = new Set(play.events);
  const contradictions = firstEvents(startMs + 120_000, play).filter(
    (event) =>
      !scripted.has(event) &&
      play.takeOvers.some(
        ({ deviceId, fromMs, toMs }) => deviceId === event.deviceId && event.atMs >= fromMs && event.atMs < toMs,
      ),
  );
  expect(contradictions).toEqual([]);
});

test('a player says what is overdue at once and stops when told', async () => {
  const stop = new AbortController();
  const said: number[] = [];
  const events = firstEvents(startMs + 5_000);
  const say = ({ atMs }: LifeEvent) => {
    said.push(atMs);
    if (said.length === 10) stop.abort();
  };
  await perform(events.values(), say, () => startMs + 60_000, stop.signal);
  expect(said).toEqual(events.slice(0, 10).map(({ atMs }) => atMs));
});
