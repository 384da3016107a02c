import { z } from 'zod';
import { AlertView, Severity } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { Datum, LatLon, Shape } from '../model/geo.ts';
import { type Notification, NotificationState } from '../model/notification.ts';
import { ChannelKind, Contact, Resident, User } from '../model/people.ts';
import { centre } from './access.ts';
import { placeBetween, placeIn, shapeBetween } from './in-datum.ts';
import type { Known, Live } from './live-board.ts';
import { instant } from './range.ts';
import { type Whereabouts, whereaboutsOf } from './whereabouts.ts';

/** A list of anything, page by page. `total` only where somebody sees a number and no names. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().optional() });
}

export const ChannelView = z.object({ kind: ChannelKind, address: z.string() });

export const ResidentView = Resident.extend({
  contacts: z.array(Contact.extend({ channels: z.array(ChannelView) })),
});

/** Secrets never leave; where a contact is reached is for those who look after the records. */
export function viewOfResident(resident: Resident, user: User): z.infer<typeof ResidentView> {
  const seesAddresses = centre.includes(user.role);
  const contacts = resident.contacts.map((contact) => ({
    ...contact,
    channels: seesAddresses ? contact.channels.map(({ kind, address }) => ({ kind, address })) : [],
  }));
  return { ...resident, contacts };
}

export const UserView = User.extend({ channels: z.array(ChannelView).optional() });

/** The keys of their browsers stay. */
export function viewOfUser({ channels, ...user }: User): z.infer<typeof UserView> {
  return { ...user, ...(channels && { channels: channels.map(({ kind, address }) => ({ kind, address })) }) };
}

/** A message that could not be understood; the head of its payload is base64. */
export const QuarantinedView = z.object({
  deviceId: z.string(),
  topic: z.string(),
  receivedAt: z.iso.datetime(),
  reason: z.string(),
  detail: z.string(),
  payloadHead: z.string(),
  payloadBytes: z.int(),
});

export const NotificationView = z.object({
  id: z.string(),
  alertId: z.string(),
  recipientId: z.string(),
  recipientName: z.string().optional(),
  channel: ChannelKind,
  reason: z.string(),
  queuedAt: z.iso.datetime(),
  severity: Severity,
  state: NotificationState,
  attempts: z.int(),
  readAt: z.iso.datetime().optional(),
  /** While it is queued. */
  nextAttemptAt: z.iso.datetime().optional(),
  /** Why it failed, or has to be tried again. */
  failure: z.string().optional(),
});

/** Without address and secret; names of recipients only for those who work the alert. */
export function viewOfNotification(notification: Notification, seesNames: boolean): z.infer<typeof NotificationView> {
  const { id, alertId, recipientId, recipientName, channel, reason, severity, state, attempts, failure } = notification;
  const { queuedAtMs, nextAttemptAtMs, readAtMs } = notification;
  return {
    id,
    alertId,
    recipientId,
    ...(seesNames && { recipientName }),
    channel,
    reason,
    severity,
    state,
    attempts,
    queuedAt: instant(queuedAtMs),
    ...(readAtMs !== undefined && { readAt: instant(readAtMs) }),
    ...(state === 'queued' && { nextAttemptAt: instant(nextAttemptAtMs) }),
    ...(failure !== undefined && { failure }),
  };
}

const known = { t: z.iso.datetime(), ageS: z.int(), deviceId: z.string() };

export const LiveView = z.object({
  residentId: z.string(),
  /** The server's clock, so that ages can go on counting. */
  now: z.iso.datetime(),
  lastHeardAt: z.iso.datetime().optional(),
  /** Where she is now, made from facts; what is not known is said. */
  sentence: z.object({ zh: z.string(), en: z.string() }),
  place: z.enum(['home', 'zone', 'out', 'unknown']),
  /** The sentence may be wrong, and says why. */
  doubtful: z.boolean(),
  position: z
    .object({
      lat: z.number(),
      lon: z.number(),
      accuracyM: z.number().optional(),
      source: z.string().optional(),
      ...known,
    })
    .optional(),
  /** Movement seen by a sensor at home. */
  presence: z.object({ motion: z.boolean(), room: z.string().optional(), ...known }).optional(),
  contactOpen: z.object({ value: z.boolean(), ...known }).optional(),
  worn: z.object({ value: z.boolean(), ...known }).optional(),
  /** In reach of the beacon at home. */
  homeAnchor: z.object({ value: z.boolean(), ...known }).optional(),
  heartRateBpm: z.object({ value: z.number(), ...known }).optional(),
  spo2Pct: z.object({ value: z.number(), ...known }).optional(),
  steps: z.object({ value: z.number(), ...known }).optional(),
  /** The family said so; `backSince`: she was seen to come home before that, and is watched again. */
  away: z.object({ until: z.iso.datetime({ offset: true }), backSince: z.iso.datetime().optional() }).optional(),
  battery: z.array(z.object({ batteryPct: z.number(), ...known })),
  /** When each device was heard of last, within a week. */
  heard: z.array(z.object(known)),
  /** Of every place in this answer. */
  datum: Datum,
  home: LatLon.optional(),
  zones: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['safe', 'forbidden']), shape: Shape })),
  alerts: z.array(AlertView),
});
export type LiveView = z.infer<typeof LiveView>;

export type Surroundings = {
  readonly alerts: readonly AlertView[];
  readonly directory: Directory;
  readonly nowMs: number;
  readonly datum: Datum;
  readonly timeZone: string;
  readonly backSinceMs: number | undefined;
};

/** What is known last of a resident, and where home and zones are, on a map of the datum. */
export function viewOfLive(residentId: string, live: Live, around: Surroundings): LiveView {
  const { alerts, directory, nowMs, datum } = around;
  const when = ({ atMs, deviceId }: Omit<Known<unknown>, 'value'>) => ({
    t: instant(atMs),
    ageS: Math.max(0, Math.round((nowMs - atMs) / 1000)),
    deviceId,
  });
  const claim = <T>(fact: Known<T>) => ({ value: fact.value, ...when(fact) });
  const { position, motion, contactOpen, worn, homeAnchor, heartRateBpm, spo2Pct, steps } = live;
  return {
    residentId,
    now: instant(nowMs),
    ...(live.lastHeardAtMs !== undefined && { lastHeardAt: instant(live.lastHeardAtMs) }),
    ...whereabouts(residentId, live, around),
    ...(position && { position: { ...place(position, datum), ...when(position) } }),
    ...(motion && { presence: { motion: motion.value, ...room(directory, motion.deviceId), ...when(motion) } }),
    ...(contactOpen && { contactOpen: claim(contactOpen) }),
    ...(worn && { worn: claim(worn) }),
    ...(homeAnchor && { homeAnchor: claim(homeAnchor) }),
    ...(heartRateBpm && { heartRateBpm: claim(heartRateBpm) }),
    ...(spo2Pct && { spo2Pct: claim(spo2Pct) }),
    ...(steps && { steps: claim(steps) }),
    ...awayOf(residentId, around),
    battery: [...live.battery.values()].map((fact) => ({ batteryPct: fact.value, ...when(fact) })),
    heard: [...live.heardAtMs].map(([deviceId, atMs]) => when({ deviceId, atMs })),
    datum,
    ...surroundings(residentId, directory, datum),
    alerts: alerts.map((alert) => alertIn(alert, datum)),
  };
}

function whereabouts(residentId: string, live: Live, around: Surroundings): Whereabouts {
  const { directory, nowMs, timeZone, backSinceMs } = around;
  const { home, awayUntil } = directory.residents.get(residentId) ?? {};
  const safe = directory.zonesOf(residentId).filter(({ kind }) => kind === 'safe');
  return whereaboutsOf({
    live,
    home: home && placeBetween(home, home.datum, 'WGS84'),
    zones: safe.map(({ name, shape, datum }) => ({ name, shape: shapeBetween(shape, datum, 'WGS84') })),
    roomOf: (deviceId) => directory.devices.get(deviceId)?.room,
    awayUntilMs: awayUntil === undefined || backSinceMs !== undefined ? undefined : Date.parse(awayUntil),
    nowMs,
    timeZone,
  });
}

function awayOf(residentId: string, { directory, nowMs, backSinceMs }: Surroundings): Pick<LiveView, 'away'> {
  const until = directory.residents.get(residentId)?.awayUntil;
  if (until === undefined || Date.parse(until) <= nowMs) return {};
  return { away: { until, ...(backSinceMs !== undefined && { backSince: instant(backSinceMs) }) } };
}

function place({ value: { lat, lon, accuracyM, source } }: NonNullable<Live['position']>, datum: Datum) {
  return { ...placeIn({ lat, lon }, datum), ...(accuracyM !== undefined && { accuracyM }), ...(source && { source }) };
}

function room(directory: Directory, deviceId: string): { room?: string } {
  const name = directory.devices.get(deviceId)?.room;
  return name === undefined ? {} : { room: name };
}

function alertIn(alert: AlertView, datum: Datum): AlertView {
  const { position } = alert;
  return position === undefined ? alert : { ...alert, position: { ...position, ...placeIn(position, datum) } };
}

function surroundings(residentId: string, directory: Directory, to: Datum): Pick<LiveView, 'home' | 'zones'> {
  const home = directory.residents.get(residentId)?.home;
  const zones = directory.zonesOf(residentId).map(({ id, name, kind, shape, datum }) => ({
    id,
    name,
    kind,
    shape: shapeBetween(shape, datum, to),
  }));
  return { ...(home && { home: placeBetween({ lat: home.lat, lon: home.lon }, home.datum, to) }), zones };
}
