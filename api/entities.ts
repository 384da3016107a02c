import { z } from 'zod';
import { CommunityDocument, type EntityKind, type EntityOf, Policy, Roster, Silence } from '../model/community.ts';
import { Device } from '../model/device.ts';
import type { Directory } from '../model/directory.ts';
import { Area, Resident, type Role, type User } from '../model/people.ts';
import { maySeeResident, mayUseArea } from '../model/scope.ts';
import { Zone } from '../model/zone.ts';
import { administrators, carers, centre, everybody } from './access.ts';
import type { ApiParts } from './parts.ts';
import type { Searchable } from './search.ts';
import { Stretch, stretchOf } from './stretches.ts';
import { ResidentView, UserView, viewOfResident, viewOfUser } from './views.ts';

const weekMs = 7 * 86_400_000;

/** What is particular to one kind of thing a community is made of. Everything else about them is the same. */
export type EntityRules<K extends EntityKind = EntityKind> = {
  readonly kind: K;
  /** What may be sent to make one. */
  readonly body: z.ZodType;
  /** The same with nothing required. */
  readonly partial: z.ZodType;
  readonly response: z.ZodType;
  /** What whoever wrote it is told besides: its schema, and it. */
  readonly afterwards?: { readonly response: z.ZodType; of(entity: EntityOf[K], parts: ApiParts): object };
  readonly readers: readonly Role[];
  readonly writers: readonly Role[];
  maySee(directory: Directory, user: User, entity: EntityOf[K]): boolean;
  /** May this user make it be like this? Only asked of writers. */
  mayWrite(directory: Directory, user: User, entity: EntityOf[K]): boolean;
  view(entity: EntityOf[K], user: User): object;
  /** With the name of whoever wrote it. */
  signed?(entity: EntityOf[K], user: User): EntityOf[K];
  /** The resident it belongs to, for `?resident=`. */
  residentOf?(entity: EntityOf[K]): string | undefined;
  /** By what it is found, for `?q=`. */
  searchable(entity: EntityOf[K]): Searchable;
};

/** Every field optional, and none filled in: what is not sent is not changed. `null` takes an optional field away. */
function partialOf(schema: z.ZodObject): z.ZodType {
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, changeOf(field as z.ZodType)]);
  return z.strictObject(Object.fromEntries(fields));
}

function changeOf(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodDefault) return (field.unwrap() as z.ZodType).optional();
  return field instanceof z.ZodOptional ? field.nullable() : field.optional();
}

/** Secrets only travel inwards: a user may be given a password, a device a token. */
const UserBody = CommunityDocument.shape.users.unwrap().element;
const DeviceBody = CommunityDocument.shape.devices.unwrap().element;
const onlyAdmin = (_directory: Directory, user: User): boolean => user.role === 'admin';
const asIs = <T>(entity: T): T => entity;

const areas: EntityRules<'areas'> = {
  kind: 'areas',
  body: Area,
  partial: partialOf(Area),
  response: Area,
  readers: everybody,
  writers: administrators,
  maySee: (directory, user, { id }) =>
    user.role === 'family' ? isAbove(directory, user, id) : mayUseArea(directory, user, id),
  mayWrite: onlyAdmin,
  view: asIs,
  searchable: ({ id, name }) => ({ names: [name], texts: [id] }),
};

/** Families see the areas their residents live in, up to the root. */
function isAbove(directory: Directory, user: User, areaId: string): boolean {
  const homes = (user.residentIds ?? []).map((id) => directory.residents.get(id)?.areaId);
  return homes.some((home) => home !== undefined && directory.areaPath(home).includes(areaId));
}

const residents: EntityRules<'residents'> = {
  kind: 'residents',
  body: Resident,
  partial: partialOf(Resident),
  response: ResidentView,
  readers: everybody,
  writers: centre,
  maySee: (directory, user, { id }) => maySeeResident(directory, user, id),
  mayWrite: (directory, user, { areaId }) => mayUseArea(directory, user, areaId),
  view: viewOfResident,
  residentOf: ({ id }) => id,
  searchable: ({ id, name, address, building, contacts }) => ({
    names: [name],
    numbers: contacts.map(({ phone }) => phone),
    texts: [id, address, building],
  }),
};

const devices: EntityRules<'devices'> = {
  kind: 'devices',
  body: DeviceBody,
  partial: partialOf(DeviceBody),
  response: Device,
  readers: everybody,
  writers: centre,
  maySee: seesDevice,
  mayWrite: (directory, user, device) => seesDevice(directory, user, device) && seesHub(directory, user, device.hubId),
  view: asIs,
  residentOf: ({ residentId }) => residentId,
  searchable: ({ id, address, model, room }) => ({ texts: [id, address, model, room] }),
};

/** A device that belongs to nobody is the administrator's business. */
function seesDevice(directory: Directory, user: User, { residentId }: Device): boolean {
  return residentId === undefined ? user.role === 'admin' : maySeeResident(directory, user, residentId);
}

/** Whoever names a hub lets it speak for a home, so the hub must be theirs as well. */
function seesHub(directory: Directory, user: User, hubId: string | undefined): boolean {
  const hub = hubId === undefined ? undefined : directory.devices.get(hubId);
  return hubId === undefined || user.role === 'admin' || (hub !== undefined && seesDevice(directory, user, hub));
}

const zones: EntityRules<'zones'> = {
  kind: 'zones',
  body: Zone,
  partial: partialOf(z.strictObject(Zone.shape)),
  response: z.strictObject(Zone.shape),
  readers: everybody,
  writers: [...centre, 'family'],
  maySee: seesZone,
  mayWrite: drawsZone,
  view: asIs,
  residentOf: ({ residentId }) => residentId,
  searchable: ({ id, name }) => ({ names: [name], texts: [id] }),
};

/** A family draws where its own resident is safe; what is forbidden, and what holds for an area, is for the centre. */
function drawsZone(directory: Directory, user: User, zone: Zone): boolean {
  const isTheirs = zone.residentId !== undefined && zone.kind === 'safe';
  return seesZone(directory, user, zone) && (user.role !== 'family' || isTheirs);
}

function seesZone(directory: Directory, user: User, { residentId, areaId }: Zone): boolean {
  if (residentId !== undefined) return maySeeResident(directory, user, residentId);
  if (areaId === undefined) return user.role === 'admin';
  return user.role === 'family' ? isAbove(directory, user, areaId) : mayUseArea(directory, user, areaId);
}

const users: EntityRules<'users'> = {
  kind: 'users',
  body: UserBody,
  partial: partialOf(UserBody),
  response: UserView,
  readers: everybody,
  writers: administrators,
  maySee: (directory, user, other) => other.id === user.id || worksUnder(directory, user, other),
  mayWrite: onlyAdmin,
  view: viewOfUser,
  searchable: ({ id, username, name }) => ({ names: name === undefined ? [] : [name], texts: [id, username] }),
};

/** A centre knows the people of its area. */
function worksUnder(directory: Directory, user: User, { areaId }: User): boolean {
  if (user.role === 'admin') return true;
  return user.role === 'operator' && areaId !== undefined && mayUseArea(directory, user, areaId);
}

const rosters: EntityRules<'rosters'> = {
  kind: 'rosters',
  body: Roster,
  partial: partialOf(Roster),
  response: Roster,
  afterwards: {
    response: Roster.extend({ gaps: z.array(Stretch).describe('Of the area, within 7 days: nobody is on duty then') }),
    of: ({ areaId }, { duty, clock }) => ({ gaps: duty.gaps(areaId, clock(), clock() + weekMs).map(stretchOf) }),
  },
  readers: ['admin', 'operator', 'responder'],
  writers: administrators,
  maySee: (directory, user, { areaId }) => mayUseArea(directory, user, areaId),
  mayWrite: onlyAdmin,
  view: asIs,
  searchable: ({ id, name }) => ({ names: [name], texts: [id] }),
};

const policies: EntityRules<'policies'> = {
  kind: 'policies',
  body: Policy,
  partial: partialOf(Policy),
  response: Policy,
  readers: carers,
  writers: administrators,
  maySee: seesPolicy,
  mayWrite: onlyAdmin,
  view: asIs,
  residentOf: ({ residentId }) => residentId,
  searchable: ({ id, name }) => ({ names: [name], texts: [id] }),
};

/** One for everybody (no area, no resident) is seen by everybody who works with it. */
function seesPolicy(directory: Directory, user: User, { residentId, areaId }: Policy): boolean {
  if (residentId !== undefined) return maySeeResident(directory, user, residentId);
  return areaId === undefined ? user.role !== 'family' : mayUseArea(directory, user, areaId);
}

const silences: EntityRules<'silences'> = {
  kind: 'silences',
  body: Silence,
  partial: partialOf(Silence),
  response: Silence,
  readers: carers,
  writers: centre,
  maySee: seesSilence,
  mayWrite: seesSilence,
  view: asIs,
  signed: (silence, { id }) => ({ ...silence, by: id }),
  residentOf: ({ residentId }) => residentId,
  searchable: ({ id, reason }) => ({ texts: [id, reason] }),
};

function seesSilence(directory: Directory, user: User, { residentId, deviceId, areaId }: Silence): boolean {
  if (residentId !== undefined) return maySeeResident(directory, user, residentId);
  const device = deviceId === undefined ? undefined : directory.devices.get(deviceId);
  if (device !== undefined) return seesDevice(directory, user, device);
  return areaId === undefined ? user.role === 'admin' : mayUseArea(directory, user, areaId);
}

/** Every kind, in the order of the contract. */
export const entityRules = { areas, residents, devices, zones, users, rosters, policies, silences } as const satisfies {
  [K in EntityKind]: EntityRules<K>;
};
