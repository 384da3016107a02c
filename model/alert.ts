import { z } from 'zod';
import type { Fix } from './geo.ts';
import { Id } from './ids.ts';

export const AlertType = z.enum([
  'sos',
  'smoke',
  'gas',
  'fall',
  'zoneExit',
  'zoneEnterForbidden',
  'wandering',
  'inactivity',
  'awayTooLong',
  'vitals',
  'contactLost',
  'deviceOffline',
  'batteryLow',
  'tamper',
  'notWorn',
  'areaOutage',
  'visitOverdue',
  'missing',
  'dutyGap',
  'shiftHandOver',
]);
export type AlertType = z.infer<typeof AlertType>;

/** P1 critical, P2 urgent, P3 attention, P4 maintenance, P5 information. */
export const Severity = z.enum(['P1', 'P2', 'P3', 'P4', 'P5']);
export type Severity = z.infer<typeof Severity>;

export const AlertState = z.enum(['open', 'acknowledged', 'enRoute', 'arrived', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

/** What people can do to an alert; `assign` and `reopen` over HTTP only. */
export const ActionName = z.enum(['claim', 'acknowledge', 'enRoute', 'arrive', 'resolve', 'pass', 'assign', 'reopen']);
export type ActionName = z.infer<typeof ActionName>;

export const ActionRequest = z.strictObject({
  action: ActionName,
  note: z.string().max(4000).optional(),
  outcome: z.string().max(200).optional(),
  assignee: Id.optional(),
});
export type ActionRequest = Readonly<z.infer<typeof ActionRequest>>;

/** What an alert family is open for: one open alert per resident and family. Device faults are each their own. */
export const familyOfType: Readonly<Record<AlertType, string>> = {
  sos: 'help',
  fall: 'help',
  smoke: 'fire',
  gas: 'fire',
  zoneExit: 'location',
  zoneEnterForbidden: 'location',
  wandering: 'location',
  missing: 'location',
  contactLost: 'location',
  awayTooLong: 'wellbeing',
  inactivity: 'wellbeing',
  vitals: 'vitals',
  deviceOffline: 'deviceOffline',
  batteryLow: 'batteryLow',
  tamper: 'tamper',
  notWorn: 'notWorn',
  areaOutage: 'areaOutage',
  visitOverdue: 'visitOverdue',
  dutyGap: 'dutyGap',
  shiftHandOver: 'shiftHandOver',
};

export type Bilingual = { readonly zh: string; readonly en: string };
export type Evidence = Readonly<Record<string, unknown>>;

/**
 * What a rule says: a condition holds (`raise`) or no longer holds (`clear`). Committed with the readings that caused it,
 * applied to the alerts exactly once under its `id`, which comes from facts alone.
 */
export type Signal = {
  readonly id: string;
  readonly effect: 'raise' | 'clear';
  readonly type: AlertType;
  readonly severity: Severity;
  /** The resident, `~{deviceId}` for a device of nobody, or `@{areaId}` (`@{areaId}/{what}`) for an area. */
  readonly subjectId: string;
  /** Empty when it is about no device in particular. */
  readonly deviceId: string;
  /** When it happened (device time) and when we knew. */
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly late: boolean;
  /** True for what a machine concluded; false for what a person or a detector said. */
  readonly suspected: boolean;
  readonly summary: Bilingual;
  readonly evidence: Evidence;
  readonly position?: Fix;
  /** It says no more than that nobody answered an earlier raise: no news once a person has closed what that opened. */
  readonly unanswered?: Unanswered;
  /** User id of the person who said it; absent for what a device or a rule says. */
  readonly by?: string;
};

/** The raise nobody answered, and when we were last told the same again. */
export type Unanswered = { readonly signalId: string; readonly saidAtMs: number };

/** What the desk has to remember of an alert across a restart; never shown to anybody. */
export type AlertHandling = {
  /** Conditions that still hold, so that a clear knows when the last one is gone. */
  readonly active: readonly string[];
  /** Ids of contacts and users told at each step so far, first step first. */
  readonly steps: readonly (readonly string[])[];
  /** From when the steps of the policy count. Absent when somebody answered or nobody is left to tell. */
  readonly waitingSinceMs?: number;
  /** Which step of the policy is next, and how often it was gone through before. */
  readonly stage?: number;
  readonly round?: number;
  /** The steps `stage` counts in, and the last one of them that was taken (its `afterS`): they may be written anew meanwhile. */
  readonly run?: { readonly of: string; readonly doneS: number };
  /** When whoever has it in hand last did something about it: a claim without progress is taken back. */
  readonly progressAtMs?: number;
  /** Offered to these responders, nearest first; the first to claim has it, and after `untilMs` the first is sent. */
  readonly offer?: { readonly userIds: readonly string[]; readonly untilMs: number };
  /** The last acknowledgement or repeated telling: a new press well after it tells everybody again. */
  readonly quietSinceMs?: number;
  readonly arrivedAtMs?: number;
  /** Who passed it on last, in this round: a second press on the same button is none. */
  readonly passedBy?: string;
  /** When alerts of the same cause ended within the hour before this one opened, oldest first. */
  readonly closedBeforeMs?: readonly number[];
  /** It flaps: what is over is taken to be over only then. */
  readonly heldOpenUntilMs?: number;
  /** The last daily summary it was named in. */
  readonly digestAtMs?: number;
  /** What of it people have said themselves: the same from the next one is no news. */
  readonly saidByPeople?: readonly AlertType[];
};

/** An alert as an entity: what is wrong with whom, and who is doing what about it. */
export type Alert = {
  readonly id: string;
  readonly family: string;
  /** The gravest fact so far; `types` holds every one seen. */
  readonly type: AlertType;
  readonly types: readonly AlertType[];
  readonly severity: Severity;
  readonly state: AlertState;
  /** Whom it is about, as in `Signal.subjectId`: an alert of an area has `@{areaId}` here, and the area in `areaId`. */
  readonly residentId: string;
  readonly areaId: string;
  readonly deviceIds: readonly string[];
  readonly openedAtMs: number;
  readonly updatedAtMs: number;
  readonly acknowledgedAtMs?: number;
  readonly resolvedAtMs?: number;
  /** User id of who has it in hand. */
  readonly assignee?: string;
  readonly late: boolean;
  readonly suspected: boolean;
  /** How many facts it is made of. */
  readonly count: number;
  readonly summary: Bilingual;
  readonly evidence: Evidence;
  readonly position?: Fix;
  readonly outcome?: string;
  /** 1 to 5, by the resident or the family, when asked afterwards. */
  readonly rating?: number;
  /** There is a photo beside it. */
  readonly photo?: boolean;
  /** A drill or a test: told as one, and left out of the figures. */
  readonly exercise?: boolean;
  /** Id of the silence that covers it: nobody is told while it lasts. */
  readonly silenced?: string;
  /** Grows by one with each change, so that a late copy can be recognised. */
  readonly revision: number;
  readonly handling?: AlertHandling;
};

/** One line of an alert's time line. */
export type TimelineEntry = {
  readonly alertId: string;
  readonly atMs: number;
  /** `raised`, `repeated`, `cleared`, an action, `notified`, `escalated`. */
  readonly what: string;
  /** User id, contact id or `service`. */
  readonly who: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** Another alert in the same message. */
export const AlsoView = z.object({
  id: z.string(),
  type: AlertType,
  severity: Severity,
  suspected: z.boolean(),
  residentId: z.string(),
  openedAt: z.iso.datetime(),
  summary: z.object({ zh: z.string(), en: z.string() }),
});
export type AlsoView = z.infer<typeof AlsoView>;

/** An alert as the outside sees it (HTTP, MQTT, event stream, webhook). */
export const AlertView = z.object({
  id: z.string(),
  type: AlertType,
  types: z.array(AlertType),
  severity: Severity,
  state: AlertState,
  residentId: z
    .string()
    .describe(
      'Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area',
    ),
  areaId: z.string(),
  deviceIds: z.array(z.string()),
  openedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().optional(),
  resolvedAt: z.iso.datetime().optional(),
  assignee: z.string().optional(),
  assigneeName: z.string().optional().describe('What people call the assignee; for pages and apps, not in messages'),
  late: z.boolean(),
  suspected: z.boolean(),
  count: z.int(),
  summary: z.object({ zh: z.string(), en: z.string() }),
  evidence: z.record(z.string(), z.unknown()),
  position: z.object({ lat: z.number(), lon: z.number(), accuracyM: z.number().optional() }).optional(),
  outcome: z.string().optional(),
  rating: z.int().optional(),
  photo: z.boolean().optional().describe('There is one: `GET /alerts/{id}/photo`'),
  exercise: z.boolean().optional().describe('A drill or a test'),
  silenced: z.string().optional().describe('Id of the silence that covers it: nobody is told while it lasts'),
  revision: z.int(),
  also: z.array(AlsoView).optional().describe('In a message that names several alerts: the others, gravest first'),
  alsoTotal: z.int().optional().describe('How many others: `also` may be cut'),
});
export type AlertView = z.infer<typeof AlertView>;

const instant = (atMs: number): string => new Date(atMs).toISOString();

/** So many are written out in one message; all of them are counted. */
const alsoListed = 20;

/** One view that names several alerts. */
export function viewOfSeveral(alert: Alert, others: readonly Alert[]): AlertView {
  if (others.length === 0) return viewOfAlert(alert);
  const also = others
    .slice(0, alsoListed)
    .map(({ id, type, severity, suspected, residentId, openedAtMs, summary }) => ({
      ...{ id, type, severity, suspected, residentId, summary },
      openedAt: instant(openedAtMs),
    }));
  return { ...viewOfAlert(alert), also, alsoTotal: others.length };
}

/** Times become RFC 3339; what is only for us stays inside. */
export function viewOfAlert(alert: Alert): AlertView {
  const {
    family: _family,
    handling: _handling,
    openedAtMs,
    updatedAtMs,
    acknowledgedAtMs,
    resolvedAtMs,
    position,
    types,
    deviceIds,
    ...rest
  } = alert;
  return {
    ...rest,
    types: [...types],
    deviceIds: [...deviceIds],
    openedAt: instant(openedAtMs),
    updatedAt: instant(updatedAtMs),
    ...(acknowledgedAtMs !== undefined && { acknowledgedAt: instant(acknowledgedAtMs) }),
    ...(resolvedAtMs !== undefined && { resolvedAt: instant(resolvedAtMs) }),
    ...(position && {
      position: {
        lat: position.lat,
        lon: position.lon,
        ...(position.accuracyM !== undefined && { accuracyM: position.accuracyM }),
      },
    }),
  };
}
