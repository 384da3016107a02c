import { deviceOf, type Scenario, truth } from './scenario.ts';

const name = 'deviceSilent';
const forEverMs = 24 * 3_600_000;
/** A wristband may be silent for 25 minutes. */
const expectWithinS = 27 * 60;

/** Says one last thing and is never heard again. */
export const deviceSilent: Scenario = {
  name,
  story: { zh: '手环失去联系', en: 'the band goes silent' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'wristband');
    return {
      emergencies: [truth(name, home, 'deviceOffline', atMs, expectWithinS)],
      events: [{ atMs, deviceId, lane: 'telemetry', payload: { batteryPct: 55, worn: true, heartRateBpm: 71 } }],
      takeOvers: [{ deviceId, fromMs: atMs, toMs: atMs + forEverMs }],
    };
  },
};
