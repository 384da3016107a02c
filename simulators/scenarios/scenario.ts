import type { AlertType, Bilingual } from '../../model/alert.ts';
import type { Device, DeviceKind } from '../../model/device.ts';
import type { LifeEvent } from '../life/event.ts';
import type { SimulatedHome } from '../life.ts';

/** Ground truth: what really happened to whom, and how soon it must be known. */
export type Emergency = {
  readonly id: string;
  readonly residentId: string;
  readonly kind: AlertType;
  readonly atMs: number;
  readonly expectWithinS: number;
};

/** A device whose ordinary life stops for a while: what it says then, the scenario says. */
export type TakeOver = { readonly deviceId: string; readonly fromMs: number; readonly toMs: number };

export type Play = {
  readonly emergencies: readonly Emergency[];
  /** In order of time, at real speed. */
  readonly events: readonly LifeEvent[];
  readonly takeOvers: readonly TakeOver[];
};

/** One emergency in one file. Pure: the same home and time give the same play. */
export interface Scenario {
  readonly name: string;
  readonly story: Bilingual;
  play(home: SimulatedHome, atMs: number): Play;
}

/** The home's device of a kind. Throws when the cast is wrong: a programme names a resident without it. */
export function deviceOf({ resident, devices }: SimulatedHome, kind: DeviceKind): Device {
  const device = devices.find((candidate) => candidate.kind === kind);
  if (device === undefined) throw new Error(`${resident.id} has no ${kind}`);
  return device;
}

/** The truth of `scenario` for a home; the id is unique when a resident plays a scenario once. */
export function truth(
  scenario: string,
  { resident }: SimulatedHome,
  kind: AlertType,
  atMs: number,
  expectWithinS: number,
): Emergency {
  return { id: `${scenario}:${resident.id}:${kind}`, residentId: resident.id, kind, atMs, expectWithinS };
}
