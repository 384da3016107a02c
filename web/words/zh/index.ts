import { admin } from './admin.ts';
import { alerts } from './alerts.ts';
import { common } from './common.ts';
import { console } from './console.ts';
import { family } from './family.ts';
import { login } from './login.ts';
import { map } from './map.ts';
import { notice } from './notice.ts';
import { share } from './share.ts';
import { visits } from './visits.ts';
import { wall } from './wall.ts';

/** Every word, one file for each room. */
export const zh = { common, alerts, map, login, family, console, wall, admin, notice, share, visits };
