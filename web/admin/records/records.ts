import { answerOf, type Listed, service } from '../../service/client.ts';
import type { Sent } from '../../service/types.ts';

/** As a form holds it: what may be absent may also have been left empty. */
type Draft<T> = T extends readonly (infer E)[]
  ? Draft<E>[]
  : T extends object
    ? { [K in keyof T]: Draft<T[K]> | (Record<never, never> extends Pick<T, K> ? undefined : never) }
    : T;

export type Area = Draft<Sent<'postAreas'>>;
export type Resident = Draft<Sent<'postResidents'>>;
export type Device = Draft<Sent<'postDevices'>>;
export type Zone = Draft<Sent<'postZones'>>;
export type User = Draft<Sent<'postUsers'>>;
export type Roster = Draft<Sent<'postRosters'>>;
export type Policy = Draft<Sent<'postPolicies'>>;
export type Silence = Draft<Sent<'postSilences'>>;
export type ContactEntry = NonNullable<Resident['contacts']>[number];
export type Channel = NonNullable<ContactEntry['channels']>[number];

/** What is asked for: part of a name, pinyin, digits; a page after a cursor; those of one resident. */
export type PageQuery = {
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
  readonly resident?: string;
};

/** What is left empty is dropped on its way: the casts below say no more than that. One kind of thing a community is made of, as it is read and written. All throw `Refused`. */
export type Records<T> = {
  page(query: PageQuery): Promise<Listed<T>>;
  one(id: string): Promise<T>;
  /** Refused when the id is taken. */
  add(record: T): Promise<T>;
  /** Only the named fields; null takes one away. */
  change(id: string, fields: Partial<Record<keyof T, unknown>>): Promise<T>;
  remove(id: string): Promise<void>;
};

const onlyNew = { 'if-none-match': '*' };
const at = (id: string) => ({ path: { id } });

export const areas: Records<Area> = {
  page: (query) => answerOf(service.GET('/api/v1/areas', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/areas/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/areas', { body: body as Sent<'postAreas'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/areas/{id}', { params: at(id), body: body as Sent<'patchAreasId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/areas/{id}', { params: at(id) }))),
};
export const residents: Records<Resident> = {
  page: (query) => answerOf(service.GET('/api/v1/residents', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/residents/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/residents', { body: body as Sent<'postResidents'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/residents/{id}', { params: at(id), body: body as Sent<'patchResidentsId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/residents/{id}', { params: at(id) }))),
};
export const devices: Records<Device> = {
  page: (query) => answerOf(service.GET('/api/v1/devices', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/devices/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/devices', { body: body as Sent<'postDevices'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/devices/{id}', { params: at(id), body: body as Sent<'patchDevicesId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/devices/{id}', { params: at(id) }))),
};
export const zones: Records<Zone> = {
  page: (query) => answerOf(service.GET('/api/v1/zones', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/zones/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/zones', { body: body as Sent<'postZones'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/zones/{id}', { params: at(id), body: body as Sent<'patchZonesId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/zones/{id}', { params: at(id) }))),
};
export const users: Records<User> = {
  page: (query) => answerOf(service.GET('/api/v1/users', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/users/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/users', { body: body as Sent<'postUsers'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/users/{id}', { params: at(id), body: body as Sent<'patchUsersId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/users/{id}', { params: at(id) }))),
};
export const rosters: Records<Roster> = {
  page: (query) => answerOf(service.GET('/api/v1/rosters', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/rosters/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/rosters', { body: body as Sent<'postRosters'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/rosters/{id}', { params: at(id), body: body as Sent<'patchRostersId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/rosters/{id}', { params: at(id) }))),
};
export const policies: Records<Policy> = {
  page: (query) => answerOf(service.GET('/api/v1/policies', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/policies/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/policies', { body: body as Sent<'postPolicies'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/policies/{id}', { params: at(id), body: body as Sent<'patchPoliciesId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/policies/{id}', { params: at(id) }))),
};
export const silences: Records<Silence> = {
  page: (query) => answerOf(service.GET('/api/v1/silences', { params: { query } })),
  one: (id) => answerOf(service.GET('/api/v1/silences/{id}', { params: at(id) })),
  add: (body) => answerOf(service.POST('/api/v1/silences', { body: body as Sent<'postSilences'>, headers: onlyNew })),
  change: (id, body) =>
    answerOf(service.PATCH('/api/v1/silences/{id}', { params: at(id), body: body as Sent<'patchSilencesId'> })),
  remove: async (id) => void (await answerOf(service.DELETE('/api/v1/silences/{id}', { params: at(id) }))),
};
