import { deviceOf, type Scenario, truth } from './scenario.ts';

const name = 'fallUnanswered';
const lyingForMs = 120_000;

/** Nobody moves in the home and nobody says "I am fine". */
export const fallUnanswered: Scenario = {
  name,
  story: { zh: '跌倒后无人应答', en: 'falls and does not answer' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'wristband');
    const lying = [20_000, 40_000, 60_000].map((laterMs) => ({
      atMs: atMs + laterMs,
      deviceId,
      lane: 'telemetry' as const,
      payload: { worn: true, heartRateBpm: 96, steps: 0, batteryPct: 70 },
    }));
    return {
      emergencies: [truth(name, home, 'fall', atMs, 5)],
      events: [{ atMs, deviceId, lane: 'event', payload: { event: 'fall', worn: true, batteryPct: 70 } }, ...lying],
      takeOvers: home.devices.map(({ id }) => ({ deviceId: id, fromMs: atMs, toMs: atMs + lyingForMs })),
    };
  },
};
