import type { Device } from '../../../model/device.ts';
import type { Resident } from '../../../model/people.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import { inactivity } from '../../../rules/inactivity.ts';
import type { Household } from '../../../rules/rule.ts';
import { at, homeOf, hourMs, minuteMs, says } from './home.ts';
import { Life, type Story } from './replay.ts';

const sensors: readonly Device[] = [
  { id: 'bedroom', kind: 'motionSensor', room: '卧室', residentId: 'wang', hubId: 'hub-1' },
  { id: 'kitchen', kind: 'motionSensor', room: '厨房', residentId: 'wang', hubId: 'hub-1' },
  { id: 'lounge', kind: 'motionSensor', room: '客厅', residentId: 'wang', hubId: 'hub-1' },
  { id: 'door', kind: 'doorSensor', room: '大门', residentId: 'wang', hubId: 'hub-1' },
  { id: 'fridge', kind: 'doorSensor', room: '冰箱', residentId: 'wang', hubId: 'hub-1' },
];
const button: Device = { id: 'button', kind: 'callButton', residentId: 'wang' };
const band: Device = { id: 'band', kind: 'wristband', residentId: 'wang' };
const hub: Device = { id: 'hub-1', kind: 'hub', residentId: 'wang' };

/** A flat with a sensor in each room, one on the door and one on the fridge, a call button and a band. */
export function flat(resident: Partial<Resident> = {}, leaveOut: readonly string[] = []): Household {
  const devices = [...sensors, button, band, hub].filter(({ id }) => !leaveOut.includes(id));
  return homeOf({ devices, resident });
}

/** What a device of the flat says. */
export function flatSays(deviceId: string, atMs: number, facts: Facts, receivedAtMs = atMs): Reading {
  const kind = [...sensors, button, band, hub].find(({ id }) => id === deviceId)?.kind ?? 'motionSensor';
  return { ...says(deviceId, atMs, facts, receivedAtMs), kind };
}

export const moves = (room: string, atMs: number): Reading => flatSays(room, atMs, { motion: true });

/** The door is opened and closed again. */
export function door(atMs: number): Reading[] {
  return [flatSays('door', atMs, { contactOpen: true }), flatSays('door', atMs + 8_000, { contactOpen: false })];
}

/** Every sensor (or only these) says each hour that it works. */
export function beats(fromMs: number, toMs: number, ids = sensors.map(({ id }) => id)): Reading[] {
  const readings: Reading[] = [];
  for (let atMs = Math.ceil(fromMs / hourMs) * hourMs; atMs <= toMs; atMs += hourMs) {
    for (const id of ids) readings.push(flatSays(id, atMs, {}));
  }
  return readings;
}

/** She goes from room to room, something every 25 minutes. */
export function potters(fromMs: number, toMs: number): Reading[] {
  const readings: Reading[] = [];
  for (let atMs = fromMs, i = 0; atMs <= toMs; atMs += 25 * minuteMs, i++) {
    readings.push(moves(['bedroom', 'kitchen', 'lounge'][i % 3] ?? 'lounge', atMs));
  }
  return readings;
}

/** Up at 6:30, to the market at 8, a nap after lunch, in bed at 21:30, once up at 2:30. */
export function ordinaryDay(day: number): Reading[] {
  return inOrder([
    moves('bedroom', at('02:30', day)),
    ...potters(at('06:30', day), at('08:00', day)),
    ...door(at('08:05', day)),
    ...door(at('09:10', day)),
    ...potters(at('09:12', day), at('12:40', day)),
    ...potters(at('14:10', day), at('21:30', day)),
    ...beats(at('00:00', day), at('23:00', day)),
  ]);
}

export function inOrder(readings: readonly Reading[]): Reading[] {
  return readings.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}

/** Goes on from three ordinary weeks that end at the midnight before day 0. */
export function wellKnown(home: Household, story: Story = {}): Life<typeof inactivity.initial> {
  const life = new Life(inactivity, home, story);
  let state = inactivity.initial;
  for (let day = -21; day < 0; day++) {
    for (const reading of ordinaryDay(day)) {
      const outcome = inactivity.step(home, state, { kind: 'reading', reading, nowMs: reading.receivedAtMs });
      if (outcome.signals?.length) throw new Error(`an ordinary day raised ${outcome.signals[0]?.id}`);
      state = outcome.state;
    }
  }
  life.state = state;
  return life;
}

/** Hears them all in order of arrival. */
export function hears<State>(life: Life<State>, ...readings: readonly (Reading | readonly Reading[])[]): Life<State> {
  for (const reading of inOrder(readings.flat())) life.hear(reading);
  return life;
}
