import type { Signal } from '../model/alert.ts';
import type { Device, DeviceKind } from '../model/device.ts';
import type { Reading } from '../model/reading.ts';
import { earliest, type PerDevice, withDevice } from './per-device.ts';
import type { Household, Input, Outcome, Rule } from './rule.ts';
import { clear, fromDeadline, fromReading, raise } from './signals.ts';
import { aboutDevice, words } from './words.ts';

/**
 * One device that has been heard from. States: *alive*, *lost* (`lostAtMs`: its connection broke, which alone means
 * nothing), *offline* (`toldAtMs` set).
 */
type Hearing = {
  readonly heardMs: number;
  /** Silence counts from here: `heardMs`, or later when the silence was its hub's or our own. */
  readonly fromMs: number;
  readonly lostAtMs?: number;
  readonly toldAtMs?: number;
};
type State = PerDevice<Hearing>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long each kind may be silent. A vitals monitor is used once a day or so. */
const silenceMs: Readonly<Record<DeviceKind, number>> = {
  hub: 10 * minuteMs,
  wristband: 25 * minuteMs,
  motionSensor: 4 * hourMs,
  doorSensor: 4 * hourMs,
  bedSensor: 4 * hourMs,
  smokeDetector: 50 * hourMs,
  gasDetector: 50 * hourMs,
  callButton: 50 * hourMs,
  vitalsMonitor: 50 * hourMs,
};
/** A mains device that does not come back after its connection broke. */
const lostMs = 10 * minuteMs;
const mains: ReadonlySet<DeviceKind> = new Set(['hub', 'bedSensor']);
const carriesLifeSafety: ReadonlySet<DeviceKind> = new Set([
  'hub',
  'wristband',
  'callButton',
  'smokeDetector',
  'gasDetector',
]);
/** Being heard is written down once in a tenth of the limit, so the alarm comes between 0.9 and 1 of it after the last word. */
const grain = 0.1;

/**
 * A device has been silent for longer than its kind may be: P4, or P3 when the life of a resident at high risk hangs on
 * it. From deadlines, never from a lost connection alone. Behind a hub that is itself offline nothing is known of its
 * devices, so none of them is told. A device never heard from is not installed yet.
 */
export const deviceOffline: Rule<State> = {
  kind: 'deviceOffline',
  initial: {},
  step(home, state, input) {
    return input.kind === 'deadline' ? silent(home, state, input) : spoke(home, state, input.reading);
  },
  deadlineAtMs(home, state) {
    return earliest(Object.entries(state).map(([id, hearing]) => dueAtMs(home, state, id, hearing)));
  },
};

function spoke(home: Household, state: State, reading: Reading): Outcome<State> {
  const device = home.devices.get(reading.deviceId);
  if (device === undefined) return { state };
  if (reading.facts.online === false) return { state: lost(home, state, device, reading.receivedAtMs) };

  const own = heard(home, state, device, reading);
  const hub = device.hubId === undefined ? undefined : home.devices.get(device.hubId);
  if (hub === undefined) return own;
  // Whoever speaks for a device is there. A hub heard only through its devices is watched through them.
  const both = heard(home, own.state, hub, reading);
  return { state: both.state, signals: [...(own.signals ?? []), ...(both.signals ?? [])] };
}

/** The time of receipt counts: a device that empties its buffer is there, however old what it says. */
function heard(home: Household, state: State, device: Device, reading: Reading): Outcome<State> {
  const { receivedAtMs: atMs } = reading;
  const was = state[device.id];
  const isNews = was === undefined || was.lostAtMs !== undefined || was.toldAtMs !== undefined;
  if (!isNews && atMs - was.fromMs < silenceMs[device.kind] * grain) return { state };
  if (was !== undefined && atMs < was.fromMs) return { state };

  const after = withDevice(home, state, device.id, { heardMs: atMs, fromMs: atMs });
  if (was?.toldAtMs === undefined) return { state: after };
  return { state: excused(home, after, device.id, atMs), signals: [isBack(home, device, was, reading)] };
}

/** A hub is back: what its devices said meanwhile was lost, so they get their full time again. */
function excused(home: Household, state: State, hubId: string, atMs: number): State {
  const children = Object.entries(state).filter(([id]) => home.devices.get(id)?.hubId === hubId);
  return { ...state, ...Object.fromEntries(children.map(([id, hearing]) => [id, { ...hearing, fromMs: atMs }])) };
}

function lost(home: Household, state: State, device: Device, atMs: number): State {
  const was = state[device.id];
  if (was === undefined || was.lostAtMs !== undefined || atMs < was.heardMs || !mains.has(device.kind)) return state;
  return withDevice(home, state, device.id, { ...was, lostAtMs: atMs });
}

/** Undefined when nothing is awaited: told already, gone from the home, or behind a hub that is offline. */
function dueAtMs(home: Household, state: State, deviceId: string, hearing: Hearing): number | undefined {
  const device = home.devices.get(deviceId);
  if (device === undefined || hearing.toldAtMs !== undefined) return undefined;
  if (device.hubId !== undefined && state[device.hubId]?.toldAtMs !== undefined) return undefined;
  const brokenAtMs = hearing.lostAtMs === undefined ? undefined : Math.max(hearing.lostAtMs, hearing.fromMs) + lostMs;
  return earliest([hearing.fromMs + silenceMs[device.kind], brokenAtMs]);
}

function silent(home: Household, state: State, input: Input & { kind: 'deadline' }): Outcome<State> {
  let after = state;
  const signals: Signal[] = [];
  // Hubs first: one that is found offline at this very moment excuses its devices.
  for (const device of hubsFirst(home, Object.keys(state))) {
    const hearing = after[device.id];
    if (hearing === undefined || (dueAtMs(home, after, device.id, hearing) ?? Infinity) > input.nowMs) continue;
    const listening = hearing.fromMs < input.listeningSinceMs;
    const next = listening ? { ...hearing, fromMs: input.listeningSinceMs } : { ...hearing, toldAtMs: input.nowMs };
    after = withDevice(home, after, device.id, next);
    if (!listening) signals.push(isSilent(home, device, hearing, input.nowMs));
  }
  return { state: after, signals };
}

function hubsFirst(home: Household, deviceIds: readonly string[]): Device[] {
  const devices = deviceIds.flatMap((id) => home.devices.get(id) ?? []);
  return [...devices.filter(({ kind }) => kind === 'hub'), ...devices.filter(({ kind }) => kind !== 'hub')];
}

function isSilent(home: Household, device: Device, { heardMs, lostAtMs }: Hearing, nowMs: number): Signal {
  const isVital = home.resident?.riskTier === 'red' && carriesLifeSafety.has(device.kind);
  const minutes = Math.round((nowMs - heardMs) / minuteMs);
  return raise(home, fromDeadline(device.id, nowMs, nowMs), {
    type: 'deviceOffline',
    key: `${device.id}:${heardMs}`,
    severity: isVital ? 'P3' : 'P4',
    suspected: true,
    summary: aboutDevice(home, device.id, (what) => words.offline(what, minutes)),
    evidence: { lastHeardAtMs: heardMs, ...(lostAtMs !== undefined && { connectionLostAtMs: lostAtMs }) },
  });
}

function isBack(home: Household, device: Device, { heardMs }: Hearing, reading: Reading): Signal {
  const source = { ...fromReading(reading), deviceId: device.id };
  return clear(home, source, {
    type: 'deviceOffline',
    key: `${device.id}:${heardMs}`,
    severity: 'P4',
    suspected: true,
    summary: aboutDevice(home, device.id, words.online),
  });
}
