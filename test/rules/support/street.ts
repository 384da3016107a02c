import type { Signal } from '../../../model/alert.ts';
import type { Device } from '../../../model/device.ts';
import { Directory } from '../../../model/directory.ts';
import type { Area, Resident } from '../../../model/people.ts';
import type { Facts, Reading } from '../../../model/reading.ts';
import { subjectOf } from '../../../model/reading.ts';
import { areaRules } from '../../../rules/areas/index.ts';
import { deviceOffline } from '../../../rules/device-offline.ts';
import { allOf, type Effects } from '../../../rules/effects.ts';
import { gas } from '../../../rules/gas.ts';
import type { Rule } from '../../../rules/rule.ts';
import { smoke } from '../../../rules/smoke.ts';
import { Watch } from '../../../rules/watch.ts';
import { home, timeZone } from './home.ts';

/** Those that have something to say across homes; the engine hands each only its own state. */
const rules = [smoke, gas, deviceOffline] as readonly Rule<unknown>[];

export type Town = {
  readonly areas: readonly Area[];
  readonly residents: readonly Resident[];
  readonly devices: readonly Device[];
};

export function resident(id: string, areaId: string, more: Partial<Resident> = {}): Resident {
  return { id, name: `住户${id}`, areaId, home: { ...home, datum: 'WGS84' }, contacts: [], ...more };
}

/**
 * A city with a street of two communities of two grids each, five homes in every grid, each home with a hub, a motion and a
 * door sensor behind it (60 devices); and, elsewhere in the city, another community with 40 such homes.
 */
export function city(): Town {
  const areas: Area[] = [
    { id: 'city', name: '厦门', kind: 'city' },
    { id: 'street', name: '莲前街道', kind: 'street', parentId: 'city' },
    ...['c1', 'c2'].map((id) => ({ id, name: `社区${id}`, kind: 'community' as const, parentId: 'street' })),
    ...['g1', 'g2', 'g3', 'g4'].map((id, i) => ({
      id,
      name: `网格${id}`,
      kind: 'grid' as const,
      parentId: i < 2 ? 'c1' : 'c2',
    })),
    { id: 'far', name: '远社区', kind: 'community', parentId: 'city' },
  ];
  const near = Array.from({ length: 20 }, (_, i) =>
    resident(`n${i}`, `g${1 + Math.floor(i / 5)}`, {
      ...(i % 10 === 3 && { riskTier: 'red' as const }),
      ...(i % 10 === 5 && { riskTier: 'orange' as const }),
      ...(i % 10 === 7 && { livesAlone: true }),
    }),
  );
  const residents = [...near, ...Array.from({ length: 40 }, (_, i) => resident(`f${i}`, 'far'))];
  return { areas, residents, devices: residents.flatMap(({ id }) => devicesOf(id)) };
}

export function devicesOf(residentId: string): Device[] {
  const hubId = `hub-${residentId}`;
  return [
    { id: hubId, kind: 'hub', residentId },
    { id: `pir-${residentId}`, kind: 'motionSensor', residentId, hubId },
    { id: `door-${residentId}`, kind: 'doorSensor', residentId, hubId },
  ];
}

/** A community that lives through messages and deadlines in order of time, with both stages. */
export class Community {
  readonly signals: Signal[] = [];
  readonly directory = new Directory();
  /** What the disk would have, by subject. */
  readonly states = new Map<string, string>();
  watch: Watch;
  #listeningSinceMs = 0;

  constructor({ areas, residents, devices }: Town) {
    for (const entity of areas) this.directory.apply({ kind: 'areas', id: entity.id, entity });
    for (const entity of residents) this.directory.apply({ kind: 'residents', id: entity.id, entity });
    for (const entity of devices) this.directory.apply({ kind: 'devices', id: entity.id, entity });
    this.watch = this.#newWatch();
  }

  says(deviceId: string, atMs: number, facts: Facts): this {
    this.waitUntil(atMs);
    this.#commit(this.watch.step(this.#reading(deviceId, atMs, facts), atMs));
    return this;
  }

  waitUntil(nowMs: number): this {
    for (let due = this.watch.nextDeadlineAtMs(); due !== undefined && due <= nowMs; ) {
      for (const effects of this.watch.due(due)) this.#commit(effects);
      const next = this.watch.nextDeadlineAtMs();
      due = next === due ? undefined : next;
    }
    return this;
  }

  /** The service is killed and reads what was committed. */
  restart(listeningSinceMs = this.#listeningSinceMs): this {
    this.#listeningSinceMs = listeningSinceMs;
    this.watch = this.#newWatch();
    for (const [subjectId, json] of this.states) this.watch.restore(subjectId, json);
    return this;
  }

  /** `areaOutage`, `deviceOffline`, … of one kind of effect, as `subject type`. */
  said(effect: Signal['effect'], type: string): Signal[] {
    return this.signals.filter((signal) => signal.effect === effect && signal.type === type);
  }

  #commit(effects: Effects): void {
    for (const { subjectId, signals, changed } of allOf(effects)) {
      if (changed) this.states.set(subjectId, this.watch.stateOf(subjectId));
      this.signals.push(...signals);
    }
  }

  #newWatch(): Watch {
    const { directory } = this;
    return new Watch({ rules, areaRules, directory, timeZone, listeningSinceMs: this.#listeningSinceMs });
  }

  #reading(deviceId: string, atMs: number, facts: Facts): Reading {
    const device = this.directory.devices.get(deviceId);
    if (device === undefined) throw new Error(`no device ${deviceId}`);
    return {
      id: `${deviceId}:${atMs}:${Object.keys(facts).join('+')}`,
      deviceId,
      kind: device.kind,
      subjectId: subjectOf(deviceId, device.residentId),
      lane: 'telemetry',
      takenAtMs: atMs,
      receivedAtMs: atMs,
      late: false,
      facts,
    };
  }
}
