import type { CommunityDocument } from '../model/community.ts';
import type { Device } from '../model/device.ts';
import type { Resident } from '../model/people.ts';
import { bandDay } from './life/band.ts';
import { inTimeOrder, type LifeEvent } from './life/event.ts';
import { planDay, type Stay } from './life/plan.ts';
import { doorDay, heartbeatDay, motionDay } from './life/sensors.ts';
import { randomOf } from './random.ts';

export { inTimeOrder, type LifeEvent } from './life/event.ts';
export { placeAt, planDay, type Stay } from './life/plan.ts';

/** A resident with everything fitted in their home; the home's position in WGS-84. */
export type SimulatedHome = { readonly resident: Resident; readonly devices: readonly Device[] };

export function homesOf(community: CommunityDocument): SimulatedHome[] {
  const devices = Map.groupBy(community.devices, ({ residentId }) => residentId);
  return community.residents.map((resident) => ({
    resident,
    devices: (devices.get(resident.id) ?? []).map(({ token: _token, ...device }) => device),
  }));
}

/** What a resident does on a day: the truth behind `dayOf`. `dayStartMs` is local midnight. */
export function planOf({ resident }: SimulatedHome, dayStartMs: number, seed: string): Stay[] {
  return planDay(dayStartMs, randomOf(`${seed}:plan:${resident.id}:${dayStartMs}`));
}

/**
 * Everything a resident's devices say on one ordinary day, in order of time, the same for the same seed. No emergency
 * happens in it.
 */
export function dayOf(home: SimulatedHome, dayStartMs: number, seed: string): Generator<LifeEvent> {
  const stays = planOf(home, dayStartMs, seed);
  const streams = home.devices.flatMap((device) => {
    const random = (what: string) => randomOf(`${seed}:${what}:${device.id}:${dayStartMs}`);
    const beats = heartbeatDay(device, dayStartMs, random('heartbeat'));
    switch (device.kind) {
      case 'wristband':
        return [bandDay(device.id, home.resident.home, stays, dayStartMs, random('band'))];
      case 'motionSensor':
        return [motionDay(device, stays, random('motion')), beats];
      case 'doorSensor':
        return [doorDay(device, stays), beats];
      default:
        return [beats];
    }
  });
  return inTimeOrder(streams);
}
