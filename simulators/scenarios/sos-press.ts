import { deviceOf, type Scenario, truth } from './scenario.ts';

const name = 'sosPress';

export const sosPress: Scenario = {
  name,
  story: { zh: '按下床头呼叫按钮', en: 'presses the call button by the bed' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'callButton');
    return {
      emergencies: [truth(name, home, 'sos', atMs, 5)],
      events: [{ atMs, deviceId, lane: 'event', payload: { event: 'sos', batteryPct: 90 } }],
      takeOvers: [],
    };
  },
};
