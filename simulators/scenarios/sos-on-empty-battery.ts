import { deviceOf, type Scenario, truth } from './scenario.ts';

const name = 'sosOnEmptyBattery';
/** The band then dies: a later report of a good battery would contradict it. */
const deadForMs = 600_000;

/** Two facts in one message, and both count. */
export const sosOnEmptyBattery: Scenario = {
  name,
  story: { zh: '手环仅剩3%电量时求救', en: 'calls for help on a band with 3 % battery' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'wristband');
    return {
      emergencies: [truth(name, home, 'sos', atMs, 5), truth(name, home, 'batteryLow', atMs, 5)],
      events: [{ atMs, deviceId, lane: 'event', payload: { event: 'sos', batteryPct: 3, worn: true } }],
      takeOvers: [{ deviceId, fromMs: 0, toMs: atMs + deadForMs }],
    };
  },
};
