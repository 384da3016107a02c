import { z } from 'zod';
import { Device } from './device.ts';
import { Id } from './ids.ts';
import { Area, Contact, Resident, User } from './people.ts';
import { Zone } from './zone.ts';

/** Who is told when: ordered steps after the alert opened. Read by the escalation; kept as data. */
export const Policy = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  areaId: Id.optional(),
  residentId: Id.optional(),
  steps: z
    .array(
      z.strictObject({
        afterS: z.int().min(0).max(86_400),
        /** `contacts` tells the next contact in order. */
        target: z.enum(['contacts', 'responders', 'centre']),
      }),
    )
    .min(1)
    .max(50),
});
export type Policy = Readonly<z.infer<typeof Policy>>;

export const Roster = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  areaId: Id,
  shifts: z
    .array(
      z.strictObject({
        userId: Id,
        days: z.array(z.int().min(1).max(7)).min(1).max(7),
        from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'),
        to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'),
      }),
    )
    .max(1000)
    .default([]),
});
export type Roster = Readonly<z.infer<typeof Roster>>;

const Token = z.string().min(16, 'must have at least 16 characters').max(256);
const Password = z.string().min(10, 'must have at least 10 characters').max(256);

/** The document of `anju import`: what a community is made of. Secrets only travel inwards. */
export const CommunityDocument = z.strictObject({
  areas: z.array(Area).default([]),
  residents: z.array(Resident).default([]),
  devices: z.array(Device.extend({ token: Token.optional() })).default([]),
  zones: z.array(Zone).default([]),
  users: z.array(User.extend({ password: Password.optional() })).default([]),
  policies: z.array(Policy).default([]),
  rosters: z.array(Roster).default([]),
});
export type CommunityDocument = z.infer<typeof CommunityDocument>;

/** The kinds of thing a community is made of, each a table and a path under `/api/v1`. */
export type EntityKind = 'areas' | 'residents' | 'devices' | 'zones' | 'users' | 'policies' | 'rosters';

export type EntityOf = {
  areas: Area;
  residents: Resident;
  devices: Device;
  zones: Zone;
  users: User;
  policies: Policy;
  rosters: Roster;
};

export { Contact };
