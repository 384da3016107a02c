import type { Signal } from '../model/alert.ts';
import { stamp } from '../model/local-time.ts';
import type { Reading } from '../model/reading.ts';
import { isRecord } from './age.ts';
import type { Household, Rule } from './rule.ts';
import { fromReading, raise } from './signals.ts';
import { deviceWords } from './words/devices.ts';
import { nameOf, whoOf } from './words.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

/**
 * Every press is a call for help: nothing is remembered, so that nothing can hold one back. Which presses belong to one
 * alert is the alerts' business. P1 however old its time stamp, marked late: nobody has answered it yet, and a clock that was set wrongly
 * looks the same as a press out of a buffer. Only a press that is certain to be over a day old is a record (P4).
 */
export const sos: Rule<null> = {
  kind: 'sos',
  initial: null,
  step(home, state, input) {
    if (input.kind !== 'reading' || !input.reading.facts.events?.includes('sos')) return { state };
    const { reading } = input;
    return { state, signals: [isRecord(reading) ? record(home, reading) : press(home, reading)] };
  },
};

function press(home: Household, reading: Reading): Signal {
  const { id: key, deviceId, takenAtMs, receivedAtMs, late } = reading;
  const who = whoOf(home, deviceId);
  const minutes = Math.round((receivedAtMs - takenAtMs) / minuteMs);
  const delay = late ? [deviceWords.delayed(minutes)] : [];
  return raise(home, fromReading(reading), {
    type: 'sos',
    key,
    severity: 'P1',
    summary: late ? deviceWords.sosLate(who, stamp(home.timeZone, takenAtMs)) : deviceWords.sos(who),
    evidence: { record: false, pressedAtMs: takenAtMs, ...(late && { delayMin: minutes }) },
    because: [
      deviceWords.pressed(nameOf(home, deviceId)),
      ...(minutes >= dayMinutes ? [deviceWords.clockUnproven] : delay),
    ],
    unless: [deviceWords.unlessNeverSos],
  });
}

function record(home: Household, reading: Reading): Signal {
  const { id: key, deviceId, takenAtMs, receivedAtMs } = reading;
  return raise(home, fromReading(reading), {
    type: 'sos',
    key,
    severity: 'P4',
    summary: deviceWords.sosRecord(whoOf(home, deviceId), stamp(home.timeZone, takenAtMs)),
    evidence: { record: true, pressedAtMs: takenAtMs, delayMin: Math.round((receivedAtMs - takenAtMs) / minuteMs) },
    because: [deviceWords.pressed(nameOf(home, deviceId)), deviceWords.clockProven],
    unless: [deviceWords.unlessYoung],
  });
}
