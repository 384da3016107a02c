import type { Signal } from '../../../model/alert.ts';
import type { Resident } from '../../../model/people.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import { batteryLow } from '../../../rules/battery-low.ts';
import { contactLost } from '../../../rules/contact-lost.ts';
import { deviceOffline } from '../../../rules/device-offline.ts';
import { fall } from '../../../rules/fall.ts';
import { gas } from '../../../rules/gas.ts';
import { notWorn } from '../../../rules/not-worn.ts';
import { smoke } from '../../../rules/smoke.ts';
import { sos } from '../../../rules/sos.ts';
import { tamper } from '../../../rules/tamper.ts';
import { visitOverdue } from '../../../rules/visit-overdue.ts';
import { vitals } from '../../../rules/vitals.ts';
import { wandering } from '../../../rules/wandering.ts';
import { zoneEnterForbidden } from '../../../rules/zone-enter-forbidden.ts';
import { zoneExit } from '../../../rules/zone-exit.ts';
import { doubtfulBurst, fallBurst } from './bursts.ts';
import { beats, door, flat, hears, potters, wellKnown } from './days.ts';
import { at, homeOf, homeZone, lake, minuteMs, says, walks } from './home.ts';
import { replay } from './replay.ts';
import { Community, city, resident } from './street.ts';
import { market, random, way } from './walks.ts';

const home = homeOf({ zones: [homeZone, lake] });
const atRisk = homeOf({ resident: { cognitiveRisk: true } });
const iso = (atMs: number) => new Date(atMs).toISOString();
const planned = (more: Partial<Resident>) =>
  homeOf({ resident: { visitTier: 'red', visitTierSince: iso(at('09:00')), awayUntil: iso(at('10:00')), ...more } });
const fixes = (time: string, ...metres: readonly number[]) =>
  metres.map((m, i) => walks(at(time) + i * 30_000, m, 12, { batteryPct: 8 }));
const every5Min = (day: number, times: number, facts: Facts, kind: Reading['kind'] = 'wristband'): Reading[] =>
  Array.from({ length: times }, (_, i) => ({ ...says('band-1', at('10:00', day) + i * 5 * minuteMs, facts), kind }));
const untilMs = at('23:00', 1);
const liesStill = every5Min(0, 6, { steps: 4000, worn: true });

/** One story of each rule, and of each way in which it speaks that has words of its own. */
const stories: readonly (() => readonly Signal[])[] = [
  () => replay(sos, home, [says('button-1', at('08:00'), { events: ['sos'] })]),
  () => replay(smoke, home, [says('smoke-1', at('08:00'), { smoke: true, temperatureC: 61 })]),
  () => replay(gas, home, [says('gas-1', at('08:00'), { events: ['gas'] })], { untilMs }),
  () => replay(fall, home, [says('band-1', at('08:00'), { events: ['fall'], heartRateBpm: 140 })], { untilMs }),
  () => replay(fall, home, [says('band-1', at('08:00'), { burst: fallBurst() })], { untilMs }),
  () => replay(fall, home, [says('band-1', at('09:55'), { burst: doubtfulBurst() }), ...liesStill], { untilMs }),
  () => replay(zoneExit, home, fixes('08:00', 0, 100, 200, 300, 360, 390, 420, 450)),
  () => replay(zoneExit, home, fixes('08:00', 0, 900, 950)),
  () => replay(zoneExit, home, fixes('08:00', 0, 322, 326, 330), { untilMs }),
  () => replay(zoneExit, home, fixes('23:00', 0, ...Array.from({ length: 20 }, (_, i) => 900 + 30 * i))),
  () => replay(zoneEnterForbidden, home, fixes('08:00', 900, 990, 1000, 1010)),
  () => replay(contactLost, home, fixes('08:00', 400, 460, 520), { untilMs }),
  () => replay(wandering, atRisk, [...market(20), ...way(random, at('10:00', 20))]),
  () => replay(wandering, atRisk, [...market(20), ...way(farAway, at('10:00', 20))]),
  () => replay(vitals, home, every5Min(0, 8, { heartRateBpm: 140, spo2Pct: 84, temperatureC: 38.6 })),
  () => replay(vitals, home, every5Min(1, 1, { systolicMmHg: 230 }, 'vitalsMonitor'), { untilMs: at('12:00', 1) }),
  () => replay(notWorn, home, [says('band-1', at('10:00'), { worn: false })], { untilMs }),
  () => replay(batteryLow, home, [says('band-1', at('10:00'), { batteryPct: 4 })]),
  () => replay(tamper, home, [says('door-1', at('10:00'), { events: ['tamper'] })]),
  () => replay(deviceOffline, home, [says('hub-1', at('10:00'), { online: true, batteryPct: 40 })], { untilMs }),
  () => hears(wellKnown(flat()), beats(at('00:00'), untilMs), potters(at('06:30'), at('08:00'))).signals,
  () => hears(wellKnown(flat()), potters(at('06:30'), at('08:00'))).waitUntil(at('12:00', 2)).signals,
  () =>
    hears(wellKnown(flat()), beats(at('00:00'), untilMs), potters(at('06:30'), at('08:00')), door(at('08:05'))).signals,
  () => replay(visitOverdue, planned({}), [], { untilMs: at('21:00', 2) }),
  () => replay(visitOverdue, planned({ lastContactAt: iso(at('09:00', 1)) }), [], { untilMs: at('21:00', 4) }),
  powerCut,
  buildingOnFire,
];
const farAway = Array.from({ length: 12 }, (_, i) => [2000 + 60 * i, -1500] as const);

function powerCut(): readonly Signal[] {
  const town = city();
  const community = new Community(town);
  const street = town.residents.slice(0, 20);
  for (const { id } of street) community.says(`hub-${id}`, at('08:00'), { online: true });
  for (const [i, { id }] of street.entries()) community.says(`hub-${id}`, at('08:05') + i * 1000, { online: false });
  return community.waitUntil(at('09:00')).signals;
}

function buildingOnFire(): readonly Signal[] {
  const residents = ['a', 'b', 'c'].map((id) => resident(id, 'g1', { building: '8 号楼' }));
  const devices = residents.map(({ id }) => ({ id: `smoke-${id}`, kind: 'smokeDetector' as const, residentId: id }));
  const community = new Community({ areas: city().areas, residents, devices });
  for (const [i, { id }] of residents.entries())
    community.says(`smoke-${id}`, at('08:00') + i * minuteMs, { events: ['smoke'] });
  return community.signals;
}

/** Every alarm of a community in which everything happens that a rule knows of. */
export function oneOfEach(): Signal[] {
  return stories.flatMap((story) => {
    const raised = story().filter(({ effect }) => effect === 'raise');
    if (raised.length === 0) throw new Error(`a story raised nothing: ${story}`);
    return raised;
  });
}
