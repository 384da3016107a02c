import { shallowRef } from 'vue';
import { answerOf, everyPage, Refused, service } from './client.ts';
import { session } from './session.ts';
import type { Answer, User } from './types.ts';

export type Resident = Answer<'getResidents'>['items'][number];
export type Area = Answer<'getAreas'>['items'][number];

const residentTable = shallowRef<ReadonlyMap<string, Resident>>(new Map());
const userTable = shallowRef<ReadonlyMap<string, string>>(new Map());
const areaTable = shallowRef<ReadonlyMap<string, Area>>(new Map());

/** Residents of the scope by id, as last read. */
export const residents: { readonly value: ReadonlyMap<string, Resident> } = residentTable;
/** Areas of the scope and those above, by id. */
export const areas: { readonly value: ReadonlyMap<string, Area> } = areaTable;

/** Reads who is who; call again when somebody unknown turns up. Throws nothing: without names the ids are shown. */
export async function readNames(): Promise<void> {
  await Promise.all([readResidents(), readUsers(), readAreas()].map(letRefusalsBe));
}

/** The name of a resident; of an area for `@{areaId}`; of a device for `~{deviceId}`. What is not known is the id itself. */
export function nameOfSubject(id: string): string {
  if (id.startsWith('@')) {
    const areaId = id.slice(1).split('/', 1)[0] ?? '';
    return areaTable.value.get(areaId)?.name ?? areaId;
  }
  return id.startsWith('~') ? id.slice(1) : (residentTable.value.get(id)?.name ?? id);
}

/** Where an area lies, in words: itself behind the one above it. */
export function nameOfPlace(areaId: string): string {
  const area = areaTable.value.get(areaId);
  const above = area?.parentId === undefined ? undefined : areaTable.value.get(area.parentId);
  return [above?.name, area?.name ?? areaId].filter((name) => name !== undefined).join(' ');
}

export function nameOfUser(id: string): string {
  return id === session.user.value?.id ? nameOf(session.user.value) : (userTable.value.get(id) ?? id);
}

/** What people call a user: the name, else the user name. */
export function nameOf({ name, username }: Pick<User, 'name' | 'username'>): string {
  return name ?? username;
}

export function forgetNames(): void {
  residentTable.value = new Map();
  userTable.value = new Map();
  areaTable.value = new Map();
}

async function readResidents(): Promise<void> {
  const ask = (cursor?: string) => service.GET('/api/v1/residents', { params: { query: pageAfter(cursor) } });
  const all = await everyPage((cursor) => answerOf(ask(cursor)));
  residentTable.value = new Map(all.map((resident) => [resident.id, resident]));
}

async function readUsers(): Promise<void> {
  const ask = (cursor?: string) => service.GET('/api/v1/users', { params: { query: pageAfter(cursor) } });
  const all = await everyPage((cursor) => answerOf(ask(cursor)));
  userTable.value = new Map(all.map((user) => [user.id, nameOf(user)]));
}

async function readAreas(): Promise<void> {
  const ask = (cursor?: string) => service.GET('/api/v1/areas', { params: { query: pageAfter(cursor) } });
  const all = await everyPage((cursor) => answerOf(ask(cursor)));
  areaTable.value = new Map(all.map((area) => [area.id, area]));
}

const pageAfter = (cursor: string | undefined) => ({ limit: 1000, ...(cursor !== undefined && { cursor }) });

/** A role that may not know, or a connection that is gone: the ids are shown meanwhile. */
function letRefusalsBe(read: Promise<void>): Promise<void> {
  return read.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}
