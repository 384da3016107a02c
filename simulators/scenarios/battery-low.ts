import { deviceOf, type Scenario, truth } from './scenario.ts';

const name = 'batteryLow';
const drain = [
  { laterMs: 0, batteryPct: 24 },
  { laterMs: 2_000, batteryPct: 18 },
  { laterMs: 4_000, batteryPct: 13 },
];
const staysLowForMs = 600_000;

export const batteryLow: Scenario = {
  name,
  story: { zh: '手环电量过低', en: 'forgot to charge the band' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'wristband');
    return {
      emergencies: [truth(name, home, 'batteryLow', atMs + drain.at(-1)!.laterMs, 5)], // drain is not empty
      events: drain.map(({ laterMs, batteryPct }) => ({
        atMs: atMs + laterMs,
        deviceId,
        lane: 'telemetry',
        payload: { batteryPct, charging: false, worn: true },
      })),
      takeOvers: [{ deviceId, fromMs: 0, toMs: atMs + staysLowForMs }],
    };
  },
};
