import { deviceOf, type Scenario, truth } from './scenario.ts';

const name = 'kitchenSmoke';
const repeatsMs = [0, 10_000, 20_000, 30_000];
const burnsForMs = 300_000;

/** The detector repeats itself while it smokes; it stays one alert. */
export const kitchenSmoke: Scenario = {
  name,
  story: { zh: '厨房冒烟', en: 'smoke in the kitchen' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'smokeDetector');
    return {
      emergencies: [truth(name, home, 'smoke', atMs, 5)],
      events: repeatsMs.map((laterMs) => ({
        atMs: atMs + laterMs,
        deviceId,
        lane: 'event',
        payload: { event: 'smoke', smoke: true, batteryPct: 80 },
      })),
      takeOvers: [{ deviceId, fromMs: atMs, toMs: atMs + burnsForMs }],
    };
  },
};
