import type { AlertType } from '../service/types.ts';
import { t } from '../words/index.ts';

/** Outcomes in the order in which they are offered; all of them are counted in the figures (`model/outcome.ts`). */
const ofPeople = ['safe', 'helped', 'hospital', 'accidental', 'falseAlarm', 'died'] as const;
const ofFire = ['fire', 'cooking', 'falseAlarm', 'deviceFault', 'helped', 'hospital'] as const;
const ofPlaces = ['found', 'safe', 'helped', 'hospital', 'falseAlarm', 'died'] as const;
const ofHomes = ['safe', 'helped', 'hospital', 'allWell', 'falseAlarm', 'died'] as const;
const ofDevices = ['repaired', 'allWell', 'deviceFault', 'falseAlarm'] as const;

export type Outcome = (typeof ofPeople | typeof ofFire | typeof ofPlaces | typeof ofHomes | typeof ofDevices)[number];

const outcomes: Readonly<Record<AlertType, readonly Outcome[]>> = {
  sos: ofPeople,
  fall: ofPeople,
  vitals: ofPeople,
  smoke: ofFire,
  gas: ofFire,
  zoneExit: ofPlaces,
  zoneEnterForbidden: ofPlaces,
  wandering: ofPlaces,
  missing: ofPlaces,
  contactLost: ofPlaces,
  inactivity: ofHomes,
  awayTooLong: ofHomes,
  visitOverdue: ofHomes,
  deviceOffline: ofDevices,
  batteryLow: ofDevices,
  tamper: ofDevices,
  notWorn: ofDevices,
  areaOutage: ofDevices,
  dutyGap: ofDevices,
  shiftHandOver: ofDevices,
};

export function outcomesOf(type: AlertType): readonly Outcome[] {
  return outcomes[type];
}

const byItself = ['recovered', 'deviceGone', 'exercise'] as const;
const named = [...ofPeople, ...ofFire, ...ofPlaces, ...ofHomes, ...ofDevices, ...byItself] as const;

/** As people say it; what somebody wrote by hand is left as it is. */
export function outcomeName(outcome: string): string {
  const known = named.find((one) => one === outcome);
  return known === undefined ? outcome : t(`alerts.outcome.${known}`);
}
