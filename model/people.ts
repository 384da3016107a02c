import { z } from 'zod';
import { Datum } from './geo.ts';
import { Id } from './ids.ts';

export const AreaKind = z.enum(['city', 'district', 'street', 'community', 'grid']);

/** A node of the tree city > district > street > community > grid. */
export const Area = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  kind: AreaKind,
  parentId: Id.optional(),
});
export type Area = Readonly<z.infer<typeof Area>>;

export const ChannelKind = z.enum([
  'webhook',
  'email',
  'webPush',
  'dingtalk',
  'feishu',
  'wecom',
  'sms',
  'voice',
  'ntfy',
  'mqtt',
  'sse',
  'log',
]);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** `whsec_` and base64; several, separated by a space, while a key is being changed. */
const webhookSecretAtLeast = 24;

/**
 * Where a contact can be reached; docs/CHANNELS.md says what `address` is for each kind. `secret` signs webhooks
 * (the service's own when absent) and robots' messages, logs in at ntfy, and encrypts for Web Push (`{p256dh}.{auth}`).
 */
export const ContactChannel = z
  .strictObject({
    kind: ChannelKind,
    address: z.string().min(1).max(2000),
    secret: z.string().min(8).max(500).optional(),
  })
  .refine(({ kind, secret }) => kind !== 'webhook' || secret === undefined || secret.length >= webhookSecretAtLeast, {
    path: ['secret'],
    error: `of a webhook must have at least ${webhookSecretAtLeast} characters`,
  });
export type ContactChannel = Readonly<z.infer<typeof ContactChannel>>;

export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/** What can wait (P3 and lesser) reaches them when these hours are over, in the community's time zone; P1 and P2 at once. */
export const QuietHours = z
  .strictObject({ from: LocalTime, to: LocalTime })
  .refine(({ from, to }) => from !== to, { message: 'must not be the same as from', path: ['to'] });
export type QuietHours = Readonly<z.infer<typeof QuietHours>>;

/** Family or friend; told in ascending `order`. */
export const Contact = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  phone: z.string().max(40).optional(),
  channels: z.array(ContactChannel).max(20).default([]),
  /** Of the messages they get. Absent: Chinese where there is room for one language only, else both. */
  language: Language.optional(),
  order: z.int().min(0).max(1000).default(0),
  quietHours: QuietHours.optional(),
  /** The user of the service they are, when they are one: then they keep this entry themselves. */
  userId: Id.optional(),
});
export type Contact = Readonly<z.infer<typeof Contact>>;

/** At or below `low`, at or above `high`: red for this person, in place of the limits for everybody. */
const Limits = z
  .strictObject({ low: z.number().min(0).max(400).optional(), high: z.number().min(0).max(400).optional() })
  .refine(
    ({ low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY }) => low < high,
    'low must be below high',
  );

/** What a clinician has set for one resident. Units as in telemetry. */
export const VitalsPlan = z.strictObject({
  /** NEWS2 SpO2 scale; 2 only on a clinician's word (target 88-92 %, as in COPD). */
  spo2Scale: z.union([z.literal(1), z.literal(2)]).optional(),
  limits: z
    .strictObject({
      heartRateBpm: Limits.optional(),
      spo2Pct: Limits.optional(),
      systolicMmHg: Limits.optional(),
      diastolicMmHg: Limits.optional(),
      temperatureC: Limits.optional(),
      respirationPerMin: Limits.optional(),
    })
    .optional(),
});
export type VitalsPlan = Readonly<z.infer<typeof VitalsPlan>>;

/** How often somebody sees to her: daily, weekly, monthly, quarterly, half-yearly. */
export const VisitTier = z.enum(['red', 'orange', 'yellow', 'blue', 'green']);
export type VisitTier = z.infer<typeof VisitTier>;

export const Resident = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  areaId: Id,
  birthDate: z.iso.date().optional(),
  home: z.strictObject({
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
    datum: Datum,
  }),
  /** Name of the building within the area: homes with the same one are neighbours. */
  building: z.string().min(1).max(100).optional(),
  riskTier: z.enum(['red', 'orange', 'yellow', 'blue', 'green']).optional(),
  cognitiveRisk: z.boolean().optional(),
  livesAlone: z.boolean().optional(),
  hasPet: z.boolean().optional(),
  notes: z.string().max(4000).optional(),
  vitals: VitalsPlan.optional(),
  /** In words, as an ambulance is told it. */
  address: z.string().max(500).optional(),
  /** How whoever comes gets in: key safe, neighbour, door code. */
  entry: z.string().max(1000).optional(),
  /** Illnesses, medicines, what a doctor at the door has to know. */
  conditions: z.string().max(4000).optional(),
  /** The family said that she is away until then: nobody is missed at home meanwhile. */
  awayUntil: z.iso.datetime({ offset: true }).optional(),
  /** How often she is to be contacted; absent: nobody is sent. */
  visitTier: VisitTier.optional(),
  contacts: z.array(Contact).max(50).default([]),
  /** Since when the tier is what it is. Kept by the service: what is sent for somebody it knows is not looked at. */
  visitTierSince: z.iso.datetime({ offset: true }).optional(),
  /** When anybody last spoke to her, as visits recorded it. Kept by the service, likewise. */
  lastContactAt: z.iso.datetime({ offset: true }).optional(),
});
/** The elder. */
export type Resident = Readonly<z.infer<typeof Resident>>;

export const Role = z.enum(['admin', 'operator', 'responder', 'family', 'viewer']);
export type Role = z.infer<typeof Role>;

export const User = z.strictObject({
  id: Id,
  username: z.string().regex(/^[A-Za-z0-9_.@-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . @ -'),
  /** As people call them: 李明. Absent: the user name. */
  name: z.string().min(1).max(200).optional(),
  role: Role,
  /** operator, responder, viewer: this area and below. */
  areaId: Id.optional(),
  /** family: these residents only. */
  residentIds: z.array(Id).max(1000).optional(),
  /** Where they are told when they are on duty, besides the page and the app. */
  channels: z.array(ContactChannel).max(20).optional(),
  /** Of the messages they get. */
  language: Language.optional(),
  quietHours: QuietHours.optional(),
});
export type User = Readonly<z.infer<typeof User>>;

/** What people call them. */
export function nameOfUser({ name, username }: User): string {
  return name ?? username;
}
