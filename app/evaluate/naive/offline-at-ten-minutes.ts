import type { DeviceKind } from '../../../model/device.ts';
import { earliest } from '../../../rules/per-device.ts';
import type { Household, Rule } from '../../../rules/rule.ts';
import { clear, fromDeadline, fromReading, raise } from '../../../rules/signals.ts';
import { plain } from './words.ts';

type Heard = { readonly atMs: number; readonly isTold: boolean };
type State = Readonly<Record<string, Heard>>;

const minuteMs = 60_000;
/** Ten minutes, or two heartbeats of what speaks more seldom: nobody would set ten minutes for those for long. */
const limitMs: Partial<Readonly<Record<DeviceKind, number>>> = {
  motionSensor: 120 * minuteMs,
  doorSensor: 120 * minuteMs,
  callButton: 60 * minuteMs,
  smokeDetector: 12 * 60 * minuteMs,
};
const claim = { type: 'deviceOffline', severity: 'P4', summary: plain('not heard from') } as const;

/** Silent for ten minutes is offline, and a broken connection is at once. */
export const offlineAtTenMinutes: Rule<State> = {
  kind: 'naiveOffline',
  initial: {},
  step(home, state, input) {
    if (input.kind === 'reading') {
      const { deviceId, receivedAtMs: atMs, facts } = input.reading;
      const was = state[deviceId];
      if (facts.online === false) {
        if (was === undefined || was.isTold) return { state };
        const told = { ...state, [deviceId]: { ...was, isTold: true } };
        return {
          state: told,
          signals: [raise(home, fromReading(input.reading), { ...claim, key: `${deviceId}:${atMs}` })],
        };
      }
      const after = { ...state, [deviceId]: { atMs, isTold: false } };
      if (!was?.isTold) return { state: after };
      return {
        state: after,
        signals: [clear(home, fromReading(input.reading), { ...claim, key: `${deviceId}:${atMs}` })],
      };
    }
    if (input.kind !== 'deadline') return { state };
    const due = Object.entries(state).filter(([id, heard]) => !heard.isTold && dueOf(home, id, heard) <= input.nowMs);
    const told = Object.fromEntries(due.map(([id, heard]) => [id, { ...heard, isTold: true }]));
    const signals = due.map(([id, { atMs }]) =>
      raise(home, fromDeadline(id, input.nowMs, input.nowMs), { ...claim, key: `${id}:${atMs}` }),
    );
    return { state: { ...state, ...told }, signals };
  },
  deadlineAtMs: (home, state) =>
    earliest(Object.entries(state).map(([id, heard]) => (heard.isTold ? undefined : dueOf(home, id, heard)))),
};

function dueOf(home: Household, deviceId: string, { atMs }: Heard): number {
  const kind = home.devices.get(deviceId)?.kind ?? 'hub';
  return atMs + (limitMs[kind] ?? 10 * minuteMs);
}
