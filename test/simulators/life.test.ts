import { expect, test } from 'vitest';
import { generateCommunity } from '../../simulators/community.ts';
import { metresBetween } from '../../simulators/ground.ts';
import { dayOf, homesOf, type LifeEvent, placeAt, planOf } from '../../simulators/life.ts';

const dayMs = 24 * 3_600_000;
const dayStartMs = Date.UTC(2026, 2, 1);
const homes = homesOf(generateCommunity({ seed: 'life' }));
const days = homes.map((home) => ({ home, events: [...dayOf(home, dayStartMs, 'life')] }));

type Said = { position?: { lat: number; lon: number; accuracyM: number }; [field: string]: unknown };
const said = (event: LifeEvent) => event.payload as Said;
const from = (events: readonly LifeEvent[], fitting: string) =>
  events.filter(({ deviceId }) => deviceId.endsWith(fitting));

test('the same seed makes the same day, another seed or date another one', () => {
  const [home] = homes;
  if (home === undefined) throw new Error('there are homes');
  const again = [...dayOf(home, dayStartMs, 'life')];
  expect(again).toEqual(days[0]?.events);
  expect([...dayOf(home, dayStartMs, 'other')]).not.toEqual(again);
  expect([...dayOf(home, dayStartMs + dayMs, 'life')].length).toBeGreaterThan(100);
});

test('a day is told in order of time, from midnight to midnight', () => {
  for (const { events } of days) {
    const times = events.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(dayStartMs);
    expect(times.at(-1)).toBeLessThan(dayStartMs + dayMs + 10_000);
  }
});

test('a resident is always somewhere, in one place, and sleeps at night', () => {
  for (const home of homes) {
    const stays = planOf(home, dayStartMs, 'life');
    expect(stays[0]?.fromMs).toBe(dayStartMs);
    expect(stays.at(-1)?.toMs).toBe(dayStartMs + dayMs);
    for (const [index, stay] of stays.entries()) if (index > 0) expect(stay.fromMs).toBe(stays[index - 1]?.toMs);
    const asleepMs = stays.filter(({ isAsleep }) => isAsleep).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    expect(asleepMs / 3_600_000).toBeGreaterThan(5);
    expect(asleepMs / 3_600_000).toBeLessThan(12);
  }
});

test('nobody walks faster than 1.5 m/s or leaves 250 m around home', () => {
  const sampleMs = 10_000;
  let fastestM = 0;
  let farthestM = 0;
  for (const { resident, stay } of outings()) {
    for (let atMs = stay.fromMs; atMs + sampleMs < stay.toMs; atMs += sampleMs) {
      const here = placeAt(resident.home, stay, atMs);
      fastestM = Math.max(fastestM, metresBetween(here, placeAt(resident.home, stay, atMs + sampleMs)));
      farthestM = Math.max(farthestM, metresBetween(here, resident.home));
    }
  }
  expect(fastestM).toBeGreaterThan(2);
  expect(fastestM).toBeLessThan(15);
  expect(farthestM).toBeGreaterThan(150);
  expect(farthestM).toBeLessThan(250);
});

function outings() {
  return homes.flatMap((home) =>
    planOf(home, dayStartMs, 'life')
      .filter(({ place }) => place === 'outside')
      .map((stay) => ({ resident: home.resident, stay })),
  );
}

test('positions err as much as they say they do', () => {
  const fixes = days.flatMap(({ home, events }) => {
    const stays = planOf(home, dayStartMs, 'life');
    return from(events, '-band').flatMap((event) => {
      const { position } = said(event);
      const stay = stays.find(({ fromMs, toMs }) => event.atMs >= fromMs && event.atMs <= toMs);
      if (position === undefined || stay === undefined) return [];
      return {
        errorM: metresBetween(position, placeAt(home.resident.home, stay, event.atMs)),
        accuracyM: position.accuracyM,
      };
    });
  });
  const within = fixes.filter(({ errorM, accuracyM }) => errorM <= accuracyM).length / fixes.length;
  expect(within).toBeGreaterThan(0.6);
  expect(within).toBeLessThan(0.76);
  expect(fixes.some(({ errorM }) => errorM > 140)).toBe(true);
});

test('a band measures what a living wrist gives', () => {
  for (const { events } of days) {
    const band = from(events, '-band').map(said);
    for (const { heartRateBpm = 60, batteryPct } of band) {
      expect(heartRateBpm).toBeGreaterThan(40);
      expect(heartRateBpm).toBeLessThan(120);
      expect(batteryPct).toBeGreaterThan(30);
      expect(batteryPct).toBeLessThanOrEqual(100);
    }
    const steps = band.flatMap((report) => (typeof report.steps === 'number' ? report.steps : []));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  }
});

test('a motion sensor records at most once a minute, and only while somebody is in its room', () => {
  for (const { home, events } of days) {
    const stays = planOf(home, dayStartMs, 'life').filter(({ place }) => place === 'livingRoom');
    const times = from(events, '-motion-living').flatMap((event) => (said(event).motion === true ? event.atMs : []));
    expect(times.length).toBeGreaterThan(20);
    for (const [index, atMs] of times.entries()) {
      if (index > 0) expect(atMs - times[index - 1]!).toBeGreaterThanOrEqual(60_000);
      expect(stays.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)).toBe(true);
    }
  }
});

test('no emergency happens on an ordinary day', () => {
  const shouts = days
    .flatMap(({ events }) => events)
    .filter((event) => event.lane === 'event' || said(event).smoke === true);
  expect(shouts).toEqual([]);
});
