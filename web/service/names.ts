import { shallowRef } from 'vue';
import { ByNeed } from './by-need.ts';
import { answerOf, everyPage, Refused, service } from './client.ts';
import { session } from './session.ts';
import type { Answer, User } from './types.ts';

export type Resident = Answer<'getResidents'>['items'][number];
export type Area = Answer<'getAreas'>['items'][number];
type UserRecord = Answer<'getUsers'>['items'][number];
type PageQuery = { readonly limit: number; readonly cursor?: string; readonly ids?: string };

const residentTable = new ByNeed<Resident>(async (ids) => (await answerOf(pageOfResidents(only(ids)))).items);
const userTable = new ByNeed<UserRecord>(async (ids) => (await answerOf(pageOfUsers(only(ids)))).items);
const areaTable = shallowRef<ReadonlyMap<string, Area>>(new Map());
/** Somebody here needs everybody at hand, not only those whose names are shown. */
let isEverybodyNeeded = false;

/** Residents of the scope by id, as last read: all of them for a family and in the console, elsewhere those who were shown. */
export const residents: { readonly value: ReadonlyMap<string, Resident> } = residentTable;
/** Areas of the scope and those above, by id. */
export const areas: { readonly value: ReadonlyMap<string, Area> } = areaTable;

/**
 * Reads who is who; call again when something was changed. A family has its few at once; of a city those are read whose
 * names are to be shown. Throws nothing: without names the ids are shown.
 */
export async function readNames(): Promise<void> {
  residentTable.askAnew();
  userTable.askAnew();
  const isAll = isEverybodyNeeded || session.user.value?.role === 'family';
  const everybody = isAll ? [readResidents(), readUsers()] : [];
  await Promise.all([...everybody, readAreas()].map(letRefusalsBe));
}

/** From now on everybody is at hand: an alarm names whoever it is about without asking first. Throws nothing. */
export async function readEverybody(): Promise<void> {
  if (isEverybodyNeeded) return;
  isEverybodyNeeded = true;
  await Promise.all([readResidents(), readUsers()].map(letRefusalsBe));
}

/** The name of a resident; of an area for `@{areaId}`; of a device for `~{deviceId}`. What is not known is the id itself. */
export function nameOfSubject(id: string): string {
  if (id.startsWith('@')) {
    const areaId = id.slice(1).split('/', 1)[0] ?? '';
    return areaTable.value.get(areaId)?.name ?? areaId;
  }
  return id.startsWith('~') ? id.slice(1) : (residentTable.find(id)?.name ?? id);
}

/** Where an area lies, in words: itself behind the one above it. */
export function nameOfPlace(areaId: string): string {
  const area = areaTable.value.get(areaId);
  const above = area?.parentId === undefined ? undefined : areaTable.value.get(area.parentId);
  return [above?.name, area?.name ?? areaId].filter((name) => name !== undefined).join(' ');
}

export function nameOfUser(id: string): string {
  if (id === session.user.value?.id) return nameOf(session.user.value);
  const user = userTable.find(id);
  return user === undefined ? id : nameOf(user);
}

/** What people call a user: the name, else the user name. */
export function nameOf({ name, username }: Pick<User, 'name' | 'username'>): string {
  return name ?? username;
}

export function forgetNames(): void {
  isEverybodyNeeded = false;
  residentTable.forget();
  userTable.forget();
  areaTable.value = new Map();
}

const pageOfResidents = (query: PageQuery) => service.GET('/api/v1/residents', { params: { query } });
const pageOfUsers = (query: PageQuery) => service.GET('/api/v1/users', { params: { query } });

async function readResidents(): Promise<void> {
  residentTable.keepAll(await everyPage((cursor) => answerOf(pageOfResidents(pageAfter(cursor)))));
}

async function readUsers(): Promise<void> {
  userTable.keepAll(await everyPage((cursor) => answerOf(pageOfUsers(pageAfter(cursor)))));
}

async function readAreas(): Promise<void> {
  const ask = (cursor?: string) => service.GET('/api/v1/areas', { params: { query: pageAfter(cursor) } });
  const all = await everyPage((cursor) => answerOf(ask(cursor)));
  areaTable.value = new Map(all.map((area) => [area.id, area]));
}

const only = (ids: readonly string[]): PageQuery => ({ ids: ids.join(','), limit: ids.length });
const pageAfter = (cursor: string | undefined) => ({ limit: 1000, ...(cursor !== undefined && { cursor }) });

/** A role that may not know, or a connection that is gone: the ids are shown meanwhile. */
function letRefusalsBe(read: Promise<void>): Promise<void> {
  return read.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}
