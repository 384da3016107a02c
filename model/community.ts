import { z } from 'zod';
import { Device } from './device.ts';
import { Area, Contact, Resident, User } from './people.ts';
import { Policy } from './policy.ts';
import { Roster } from './roster.ts';
import { Silence } from './silence.ts';
import { Zone } from './zone.ts';

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
  silences: z.array(Silence).default([]),
});
export type CommunityDocument = z.infer<typeof CommunityDocument>;

/** The kinds of thing a community is made of, each a table and a path under `/api/v1`. */
export type EntityKind = 'areas' | 'residents' | 'devices' | 'zones' | 'users' | 'policies' | 'rosters' | 'silences';

export type EntityOf = {
  areas: Area;
  residents: Resident;
  devices: Device;
  zones: Zone;
  users: User;
  policies: Policy;
  rosters: Roster;
  silences: Silence;
};

export { Contact, Policy, Roster, Silence };
