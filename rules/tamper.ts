import { type PerDevice, withDevice } from './per-device.ts';
import type { Rule } from './rule.ts';
import { fromReading, raise } from './signals.ts';
import { deviceWords } from './words/devices.ts';
import { aboutDevice, nameOf } from './words.ts';

/** When each device last said so and was heard. */
type State = PerDevice<number>;

/** An open case says so in every heartbeat until somebody closes it. */
const onceInMs = 3_600_000;

/** Somebody is at the device: maintenance (P4), told once an hour however often it says so. */
export const tamper: Rule<State> = {
  kind: 'tamper',
  initial: {},
  step(home, state, input) {
    if (input.kind !== 'reading' || !input.reading.facts.events?.includes('tamper')) return { state };
    const { id, deviceId, takenAtMs } = input.reading;
    const toldAtMs = state[deviceId];
    if (toldAtMs !== undefined && Math.abs(takenAtMs - toldAtMs) < onceInMs) return { state };

    const summary = aboutDevice(home, deviceId, deviceWords.tamper);
    const signal = raise(home, fromReading(input.reading), {
      type: 'tamper',
      key: id,
      severity: 'P4',
      summary,
      evidence: { openedAtMs: takenAtMs },
      because: [deviceWords.opened(nameOf(home, deviceId))],
      unless: [deviceWords.unlessToldThisHour],
    });
    return { state: withDevice(home, state, deviceId, Math.max(takenAtMs, toldAtMs ?? 0)), signals: [signal] };
  },
};
