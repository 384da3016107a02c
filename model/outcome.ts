/**
 * How an alert ended, in codes that can be counted. Anything else may be written down too and is counted as not known.
 * `real`: somebody needed what was done; `false`: nobody did; `none`: says nothing about the alarm.
 */
export const outcomeKinds: Readonly<Record<string, 'real' | 'false' | 'none'>> = {
  helped: 'real',
  hospital: 'real',
  fire: 'real',
  found: 'real',
  repaired: 'real',
  died: 'real',
  falseAlarm: 'false',
  accidental: 'false',
  cooking: 'false',
  deviceFault: 'false',
  allWell: 'false',
  safe: 'none',
  recovered: 'none',
  deviceGone: 'none',
  exercise: 'none',
};
