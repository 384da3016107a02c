import { centre } from '../community/places.ts';
import { moved } from '../ground.ts';
import { randomOf } from '../random.ts';
import { deviceOf, type Scenario, truth } from './scenario.ts';
import { reportsOn } from './way.ts';

const name = 'forbiddenWater';
const forMs = 170_000;
const everyMs = 10_000;
/** The near shore of the water is 1,100 m west of the centre. */
const startsWestM = 1_130;
const paceMps = 0.8;

/** Far from home and at the water: it is known that the resident left, and where they are. */
export const forbiddenWater: Scenario = {
  name,
  story: { zh: '走入水域禁区', en: 'walks into the forbidden zone at the water' },
  play(home, atMs) {
    const { id: deviceId } = deviceOf(home, 'wristband');
    const placeAt = (seconds: number) => moved(centre, -(startsWestM + paceMps * seconds), 0);
    const random = randomOf(`${name}:${home.resident.id}`);
    return {
      emergencies: [truth(name, home, 'zoneEnterForbidden', atMs, 120), truth(name, home, 'zoneExit', atMs, 120)],
      events: reportsOn({ deviceId, fromMs: atMs, forMs, everyMs, placeAt }, random),
      takeOvers: [{ deviceId, fromMs: 0, toMs: atMs + forMs }],
    };
  },
};
