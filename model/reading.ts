import { z } from 'zod';
import type { DeviceKind } from './device.ts';
import type { Fix } from './geo.ts';

/** What a device can shout. `ok` is the resident answering "I am fine". */
export const EventName = z.enum(['sos', 'fall', 'smoke', 'smokeCleared', 'gas', 'tamper', 'ok']);
export type EventName = z.infer<typeof EventName>;

/** Numbers a device can measure; each is a metric of its own in the history. Units end the names. */
export const metrics = [
  'batteryPct',
  'signalDbm',
  'steps',
  'heartRateBpm',
  'spo2Pct',
  'systolicMmHg',
  'diastolicMmHg',
  'temperatureC',
  'respirationPerMin',
] as const;
/** Claims a device can make; stored as 0 and 1 when asked for as a metric. */
export const claims = ['motion', 'contactOpen', 'smoke', 'gas', 'worn', 'charging', 'homeAnchor', 'online'] as const;

export const Metric = z.enum([...metrics, ...claims]);
export type Metric = z.infer<typeof Metric>;

/** A window of acceleration round something sudden, evenly spaced; `takenAtMs` of its reading is that of the first sample. */
export type Burst = {
  readonly rateHz: number;
  readonly site: 'wrist' | 'waist';
  /** In g, gravity included; 1 to 4,096 of them. */
  readonly samples: readonly (readonly [x: number, y: number, z: number])[];
};

/** Everything one message may say. All of it counts: an SOS on an empty battery is an SOS and a low battery. */
export type Facts = {
  readonly events?: readonly EventName[];
  readonly position?: Fix;
  /** For the rules only: it is gone before anything is stored or shown. */
  readonly burst?: Burst;
} & { readonly [K in (typeof metrics)[number]]?: number } & { readonly [K in (typeof claims)[number]]?: boolean };

/** Which door a message came through; `event` is the life-safety lane. */
export type Lane = 'telemetry' | 'event' | 'burst' | 'status' | 'reply';

/** One message's facts about one device, true and normalised: nobody checks again past the codecs. */
export type Reading = {
  /** From the facts alone: the same message sent again has the same id. */
  readonly id: string;
  readonly deviceId: string;
  readonly kind: DeviceKind;
  /** Whose history it belongs to: the resident, or `~{deviceId}` for a device that belongs to nobody yet. */
  readonly subjectId: string;
  readonly lane: Lane;
  /** When the device took it, not when we got it: a tracker may empty an hour of buffer at once. */
  readonly takenAtMs: number;
  readonly receivedAtMs: number;
  /** Present when the device's clock was not believed (1970, 2099, ahead of ours): what it said. */
  readonly deviceClockMs?: number;
  /** Taken more than ten minutes before it arrived. */
  readonly late: boolean;
  /** Over a day old, and the device's clock was seen to be right before and after: it did happen then. */
  readonly clockProven?: true;
  readonly seq?: number;
  readonly facts: Facts;
};

/** The history key of a device: its resident, or itself when it has none. */
export function subjectOf(deviceId: string, residentId: string | undefined): string {
  return residentId ?? `~${deviceId}`;
}
