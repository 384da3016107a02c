import fc from 'fast-check';
import { expect, test } from 'vitest';
import { devicesForOutage } from '../../rules/areas/losses.ts';
import { at, minuteMs } from './support/home.ts';
import { Community, city, devicesOf, resident, type Town } from './support/street.ts';

const town = city();
const street = town.residents.slice(0, 20).map(({ id }) => id);
const secondMs = 1000;

/** Everybody's hub and sensors speak once. */
function alive(community: Community, homes: readonly string[], atMs: number): Community {
  for (const [i, id] of homes.entries()) {
    community.says(`hub-${id}`, atMs + i, { online: true });
    community.says(`pir-${id}`, atMs + i, { motion: true });
    community.says(`door-${id}`, atMs + i, { contactOpen: false });
  }
  return community;
}

/** The wills of their hubs, some seconds apart: the broker sees a cut at each connection's keep-alive. */
function cut(community: Community, homes: readonly string[], atMs: number, apartMs = 2 * secondMs): Community {
  for (const [i, id] of homes.entries()) community.says(`hub-${id}`, atMs + i * apartMs, { online: false });
  return community;
}

test('a power cut in a street of 60 devices is one alert with the list to call; power back, it is over', () => {
  const community = alive(new Community(town), street, at('08:00'));
  cut(community, street, at('08:05'));
  community.waitUntil(at('11:00'));
  expect(community.signals.map(({ effect, type, severity, subjectId }) => [effect, type, severity, subjectId])).toEqual(
    [['raise', 'areaOutage', 'P2', '@street']],
  );
  const [outage] = community.signals;
  expect(outage?.receivedAtMs).toBeLessThanOrEqual(at('08:06:30'));
  expect(outage?.summary.zh).toBe('莲前街道通信中断：20 户 60 台设备失联');
  expect(outage?.summary.en).toBe('Outage in 莲前街道: 60 devices in 20 homes are not heard');
  const { toCall, toCallTotal, devicesLost, devicesInArea } = outage?.evidence ?? {};
  expect({ toCallTotal, devicesLost, devicesInArea }).toEqual({ toCallTotal: 6, devicesLost: 60, devicesInArea: 60 });
  expect((toCall as { residentId: string }[]).map(({ residentId }) => residentId)).toEqual([
    'n3',
    'n13',
    'n5',
    'n15',
    'n7',
    'n17',
  ]);

  alive(community, street, at('11:00'));
  community.waitUntil(at('11:06'));
  expect(community.said('clear', 'areaOutage').map(({ subjectId }) => subjectId)).toEqual(['@street']);
  for (let time = at('11:01'); time < at('12:00'); time += 5 * minuteMs) alive(community, street, time);
  expect(community.said('raise', 'deviceOffline')).toEqual([]);
});

test('the smallest area that explains it: one grid, one community', () => {
  const grid = new Community(town);
  cut(alive(grid, street, at('08:00')), street.slice(0, 5), at('08:05')).waitUntil(at('08:10'));
  expect(grid.signals.map(({ subjectId }) => subjectId)).toEqual(['@g1']);
  const both = new Community(town);
  cut(alive(both, street, at('08:00')), street.slice(0, 10), at('08:05')).waitUntil(at('08:10'));
  expect(both.signals.map(({ subjectId }) => subjectId)).toEqual(['@c1']);
});

test('a fault that spreads: the larger outage takes the place of the smaller one', () => {
  const community = alive(new Community(town), street, at('08:00'));
  cut(community, street.slice(0, 5), at('08:05'));
  cut(community, street.slice(5), at('08:07'));
  community.waitUntil(at('08:20'));
  expect(community.signals.map(({ effect, subjectId }) => `${effect} ${subjectId}`)).toEqual([
    'raise @g1',
    'raise @street',
    'clear @g1',
  ]);
  expect(community.signals[1]?.evidence).toMatchObject({ devicesLost: 60, homes: 20, toCallTotal: 6 });
});

test('what stays dark after the power is back is told home by home', () => {
  const community = cut(alive(new Community(town), street, at('08:00')), street, at('08:05'));
  alive(community, street.slice(1), at('09:00'));
  for (let time = at('09:05'); time <= at('10:00'); time += 5 * minuteMs) alive(community, street.slice(1), time);
  expect(community.said('clear', 'areaOutage')).toHaveLength(1);
  expect(community.said('raise', 'deviceOffline').map(({ deviceId }) => deviceId)).toEqual(['hub-n0']);
});

test('power that flickers is still one outage of the same size', () => {
  const community = cut(alive(new Community(town), street, at('08:00')), street, at('08:05'), secondMs);
  community.waitUntil(at('08:07'));
  for (let round = 0; round < 6; round++) {
    alive(community, street, at('08:08') + round * 4 * minuteMs);
    cut(community, street, at('08:10') + round * 4 * minuteMs, secondMs);
  }
  expect(community.signals.map(({ effect, subjectId }) => `${effect} ${subjectId}`)).toEqual(['raise @street']);
  alive(community, street, at('09:00'));
  community.waitUntil(at('09:06'));
  expect(community.signals.map(({ effect }) => effect)).toEqual(['raise', 'clear']);
});

test.each([
  [10, 5],
  [60, 6],
  [200, 20],
  [1_000, 20],
  [2_000, 40],
  [100_000, 1_000],
])('of %i devices %i must fall silent together: a tenth or twenty, in a city more', (inArea, silent) => {
  expect(devicesForOutage(inArea)).toBe(silent);
});

test('some hubs at different times of a morning are no outage', () => {
  const community = new Community(town);
  for (let time = at('08:00'); time < at('09:10'); time += 5 * minuteMs) {
    alive(community, street, time);
    const minutes = (time - at('08:00')) / minuteMs;
    if (minutes % 10 === 0) cut(community, [street[minutes / 10] ?? ''], time + minuteMs);
  }
  expect(community.said('raise', 'areaOutage')).toEqual([]);
});

test('one hub with many devices behind it is no outage of the area', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({
    id: `pir-${i}`,
    kind: 'motionSensor' as const,
    residentId: 'n0',
    hubId: 'hub-n0',
  }));
  const community = new Community({ ...town, devices: [...town.devices, ...many] });
  alive(community, street, at('08:00'));
  cut(community, ['n0'], at('08:05'));
  community.waitUntil(at('08:16'));
  expect(community.signals.map(({ type, deviceId }) => [type, deviceId])).toEqual([['deviceOffline', 'hub-n0']]);
});

test('connections that break and stand again at once (a restart of the operator) are no outage', () => {
  const community = cut(alive(new Community(town), street, at('08:00')), street, at('08:05'));
  for (const [i, id] of street.entries()) community.says(`hub-${id}`, at('08:05:41') + i, { online: true });
  community.waitUntil(at('08:10'));
  expect(community.signals).toEqual([]);
});

test('bands of a dead cell of the operator: no connection breaks, they are only not heard', () => {
  const bands: Town = {
    ...town,
    devices: town.residents.map(({ id }) => ({ id: `band-${id}`, kind: 'wristband', residentId: id })),
  };
  const community = new Community(bands);
  for (const [i, id] of street.entries()) community.says(`band-${id}`, at('08:00') + i * 10 * secondMs, { steps: i });
  community.waitUntil(at('09:00'));
  expect([...new Set(community.signals.map(({ type }) => type))]).toEqual(['areaOutage']);
  const open = community.said('raise', 'areaOutage').at(-1);
  expect([open?.subjectId, open?.evidence.devicesLost]).toEqual(['@street', 20]);
  expect(community.signals[0]?.receivedAtMs).toBeLessThan(at('08:16'));
});

test('our own restart raises nothing: everybody gets the time again', () => {
  const community = alive(new Community(town), street, at('08:00'));
  community.restart(at('09:30'));
  community.waitUntil(at('09:32'));
  alive(community, street, at('09:32'));
  community.waitUntil(at('09:40'));
  expect(community.signals).toEqual([]);
});

test('a week of routers that are switched off at 23:00 in half the homes: at last neither homes nor areas are told', () => {
  const half = street.slice(0, 8);
  const community = new Community(town);
  const told: number[] = [];
  for (let day = 0; day < 10; day++) {
    const before = community.signals.length;
    alive(community, half, at('07:00', day));
    for (let time = at('07:05', day); time < at('23:00', day); time += 5 * minuteMs) {
      for (const id of half) community.says(`hub-${id}`, time, { signalDbm: -60 });
      if (time % (60 * minuteMs) === 0) alive(community, half, time + 1);
    }
    cut(community, half, at('23:00', day), secondMs);
    community.waitUntil(at('06:59', day + 1));
    told.push(community.signals.length - before);
  }
  expect(told.slice(-3)).toEqual([0, 0, 0]);
});

const step = fc.record({
  home: fc.integer({ min: 0, max: 19 }),
  gapS: fc.integer({ min: 0, max: 90 }),
  is: fc.constantFrom('lost', 'lost', 'back', 'spoke'),
});

test('two hubs lost in the same moment are told in the same order, whether we were restarted meanwhile or not', () => {
  const told = (isRestarted: boolean) => {
    const community = alive(new Community(town), street, at('08:00'));
    for (const id of ['n1', 'n0']) community.says(`hub-${id}`, at('08:01'), { online: false });
    if (isRestarted) community.restart();
    return community.waitUntil(at('08:30')).signals;
  };
  expect(told(false).map(({ deviceId }) => deviceId)).toEqual(['hub-n0', 'hub-n1']);
  expect(told(true)).toEqual(told(false));
});

test('whatever comes and goes: killed and restored at every step, the same is said, once; states stay bounded', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const live = (restarting: boolean): Community => {
        const community = alive(new Community(town), street, at('08:00'));
        let nowMs = at('08:01');
        for (const { home, gapS, is } of steps) {
          nowMs += gapS * secondMs;
          if (restarting) community.restart();
          const facts = is === 'spoke' ? { signalDbm: -60 } : { online: is === 'back' };
          community.says(`hub-n${home}`, nowMs, facts);
        }
        if (restarting) community.restart();
        return community.waitUntil(nowMs + 30 * minuteMs);
      };
      const whole = live(false);
      expect(live(true).signals).toEqual(whole.signals);
      expect(new Set(whole.signals.map(({ id }) => id)).size).toBe(whole.signals.length);
      for (const state of whole.states.values()) expect(state.length).toBeLessThan(8000);
    }),
    { numRuns: 40 },
  );
});

test('a city without power: the state of its root has a bound', () => {
  const count = 1500;
  const residents = Array.from({ length: count }, (_, i) => resident(`m${i}`, `g${1 + (i % 4)}`));
  const big: Town = { areas: town.areas, residents, devices: residents.flatMap(({ id }) => devicesOf(id)) };
  const community = alive(
    new Community(big),
    residents.map(({ id }) => id),
    at('08:00'),
  );
  cut(
    community,
    residents.map(({ id }) => id),
    at('08:02'),
    100,
  );
  community.waitUntil(at('08:30'));
  expect(community.said('raise', 'areaOutage').at(-1)?.evidence).toMatchObject({
    devicesLost: 3 * count,
    homes: count,
  });
  expect(new Set(community.said('raise', 'areaOutage').map(({ subjectId }) => subjectId))).toEqual(
    new Set(['@street']),
  );
  expect(community.states.get('@city')?.length).toBeLessThan(60_000);
  expect(community.said('raise', 'deviceOffline')).toEqual([]);
});

test('a resident who is erased leaves no trace in the state of an area', () => {
  const community = cut(alive(new Community(town), street, at('08:00')), street, at('08:05')).waitUntil(at('08:10'));
  expect(community.states.get('@city')).toContain('"n3"');
  expect(community.watch.drop('n3')).toEqual(['@city']);
  expect(community.watch.stateOf('@city')).not.toContain('n3"');
});
