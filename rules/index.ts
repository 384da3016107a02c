import { batteryLow } from './battery-low.ts';
import { contactLost } from './contact-lost.ts';
import { deviceOffline } from './device-offline.ts';
import { fall } from './fall.ts';
import { gas } from './gas.ts';
import { inactivity } from './inactivity.ts';
import { notWorn } from './not-worn.ts';
import { reportInterval } from './report-interval.ts';
import type { Rule } from './rule.ts';
import { smoke } from './smoke.ts';
import { sos } from './sos.ts';
import { tamper } from './tamper.ts';
import { visitOverdue } from './visit-overdue.ts';
import { vitals } from './vitals.ts';
import { wandering } from './wandering.ts';
import { zoneEnterForbidden } from './zone-enter-forbidden.ts';
import { zoneExit } from './zone-exit.ts';

/** A rule as the engine sees it: it keeps the state, hands back what the rule gave it, and never looks inside. */
export type AnyRule = Rule<unknown>;

/** Every rule there is, life safety first. A new rule is a new file and a line here. */
export const rules: readonly AnyRule[] = [
  sos,
  smoke,
  gas,
  fall,
  zoneExit,
  zoneEnterForbidden,
  vitals,
  contactLost,
  wandering,
  inactivity,
  notWorn,
  deviceOffline,
  batteryLow,
  tamper,
  reportInterval,
  visitOverdue,
];
