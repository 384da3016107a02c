import { towards } from '../ground.ts';
import { randomOf } from '../random.ts';
import { deviceOf, type Scenario, truth } from './scenario.ts';
import { reportsOn } from './way.ts';

const name = 'safeZoneExit';
/** Just past the edge of a zone of 300 m, going on at a walk. */
const startsAtM = 345;
const paceMps = 1.2;
const forMs = 170_000;
const everyMs = 10_000;
const northEast = Math.PI / 4;

/** On foot, with a fix each 10 s: the service may want fixes over a minute before it believes it. */
export const safeZoneExit: Scenario = {
  name,
  story: { zh: '步行离开安全区', en: 'walks out of the safe zone' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'wristband');
    const placeAt = (seconds: number) => towards(home.resident.home, northEast, startsAtM + paceMps * seconds);
    const random = randomOf(`${name}:${home.resident.id}`);
    return {
      emergencies: [truth(name, home, 'zoneExit', atMs, 120)],
      events: reportsOn({ deviceId, fromMs: atMs, forMs, everyMs, placeAt }, random),
      // From the start: a fix at home a moment before would be somebody else's position.
      takeOvers: [{ deviceId, fromMs: 0, toMs: atMs + forMs }],
    };
  },
};
