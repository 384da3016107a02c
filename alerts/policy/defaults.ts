import type { Alert, AlertType, Severity } from '../../model/alert.ts';
import { ChannelKind } from '../../model/people.ts';
import type { Policy, PolicyStep } from '../../model/policy.ts';

/** What the escalation needs of a policy. */
export type Steps = Pick<Policy, 'steps' | 'again' | 'quietHours'>;

const ringing: readonly ChannelKind[] = ['voice'];
const messaging: readonly ChannelKind[] = ['sms'];
/** Shown on a screen that is looked at: neither rings nor costs. */
const silent = without(ringing);
const pushed = without([...ringing, ...messaging]);

/**
 * Who is told when, where nothing else was written down; seconds after the alert opened. Family first, the grid worker
 * after a minute, the centre after three (TSA and TEC Quality ask for answers within 60 s and 180 s).
 */
const bySeverity: Readonly<Record<Severity, Steps | undefined>> = {
  P1: {
    steps: [
      step(0, 'contacts', silent),
      step(30, 'sameContacts', ringing),
      step(60, 'contacts'),
      step(60, 'responders'),
      step(120, 'contacts'),
      step(180, 'centre'),
    ],
    again: { afterS: 300, times: 12 },
  },
  P2: {
    steps: [
      step(0, 'contacts', pushed),
      step(60, 'sameContacts', messaging),
      step(120, 'sameContacts', ringing),
      step(180, 'contacts', silent),
      step(300, 'responders'),
      step(900, 'centre'),
    ],
    again: { afterS: 900, times: 4 },
  },
  P3: {
    steps: [
      step(0, 'contacts', pushed),
      step(900, 'responders', silent),
      step(3600, 'sameContacts', ringing),
      step(7200, 'centre', silent),
    ],
  },
  P4: undefined,
  P5: undefined,
};

/** What is nobody's home but the centre's own business goes to the centre alone: nobody is on duty is for who can fill it. */
const byType: Readonly<Partial<Record<AlertType, Steps>>> = {
  dutyGap: { steps: [step(0, 'centre')], again: { afterS: 4 * 3600, times: 6 } },
};

/** Only a policy that names such a type is for it: one for everything was not written with it in mind. */
export function hasOwnWay(type: AlertType): boolean {
  return byType[type] !== undefined;
}

/** The built-in policy of an alert; undefined when nobody is to be disturbed. */
export function defaultPolicyOf({ type, severity }: Pick<Alert, 'type' | 'severity'>): Steps | undefined {
  return byType[type] ?? bySeverity[severity];
}

function step(afterS: number, target: PolicyStep['target'], channels?: readonly ChannelKind[]): PolicyStep {
  return channels === undefined ? { afterS, target } : { afterS, target, channels: [...channels] };
}

function without(kinds: readonly ChannelKind[]): readonly ChannelKind[] {
  return ChannelKind.options.filter((kind) => !kinds.includes(kind));
}
