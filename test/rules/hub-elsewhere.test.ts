import { expect, test } from 'vitest';
import type { Device } from '../../model/device.ts';
import { at, hourMs, minuteMs } from './support/home.ts';
import { Community, city, resident, type Town } from './support/street.ts';

const neighbours = ['a', 'b', 'c'].map((id) => resident(id, 'g1'));
const sensors: Device[] = neighbours.map(({ id }) => ({
  id: `pir-${id}`,
  kind: 'motionSensor',
  residentId: id,
  hubId: 'hub',
}));
const townWith = (hub: Device): Town => ({ areas: city().areas, residents: neighbours, devices: [hub, ...sensors] });

/** Every sensor each half hour, through the hub. */
function halfHours(community: Community, fromMs: number, toMs: number): Community {
  for (let time = fromMs; time < toMs; time += 5 * minuteMs) {
    const { id = '' } = sensors[(time / (5 * minuteMs)) % 3] ?? {};
    community.says(id, time, { motion: false });
  }
  return community;
}

const hubs = [
  ["a neighbour's", { id: 'hub', kind: 'hub', residentId: 'a' }, 'a'],
  ['that belongs to nobody', { id: 'hub', kind: 'hub' }, '~hub'],
] as const;

for (const [whose, hub, subjectId] of hubs) {
  test(`a hub ${whose} dies: one alert, whoever the devices behind it belong to`, () => {
    const community = halfHours(new Community(townWith(hub)), at('08:00'), at('12:00'));
    expect(community.signals).toEqual([]);
    community.waitUntil(at('12:00', 2));
    expect(community.signals.map((signal) => [signal.effect, signal.type, signal.subjectId, signal.deviceId])).toEqual([
      ['raise', 'deviceOffline', subjectId, 'hub'],
    ]);
    expect(community.signals[0]?.evidence.devicesBehind).toBe(3);
  });

  test(`a hub ${whose} is back: its devices get their time again, then a dead one is told by itself`, () => {
    const community = halfHours(new Community(townWith(hub)), at('08:00'), at('12:00')).waitUntil(at('20:00'));
    for (let time = at('20:00'); time < at('02:00', 1); time += 5 * minuteMs)
      community.says('pir-b', time, { motion: true });
    const said = community.signals.map(({ effect, deviceId }) => `${effect} ${deviceId}`);
    expect(said.slice(0, 2)).toEqual(['raise hub', 'clear hub']);
    expect(said.slice(2).sort()).toEqual(['raise pir-a', 'raise pir-c']);
    expect(community.signals[2]?.receivedAtMs).toBeGreaterThanOrEqual(at('20:00') + 4 * hourMs);
  });
}

test('killed and restored after every message, the same is said', () => {
  const live = (restarting: boolean) => {
    const community = new Community(townWith(hubs[1][1]));
    for (let time = at('08:00'); time < at('10:00'); time += 5 * minuteMs) {
      community.says('pir-b', time, { motion: true });
      if (restarting) community.restart();
    }
    return community.waitUntil(at('10:00', 1)).signals;
  };
  expect(live(true)).toEqual(live(false));
});
