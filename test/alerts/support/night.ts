import type { ActionRequest, Alert, Signal } from '../../../model/alert.ts';
import { Directory } from '../../../model/directory.ts';
import type { Contact, Resident, User } from '../../../model/people.ts';

/** `02:10` or `02:10:30` of the night all these stories happen in, epoch ms. */
export function at(clock: string): number {
  const [hours = '0', minutes = '0', seconds = '0'] = clock.split(':');
  return Date.UTC(2026, 2, 14, Number(hours), Number(minutes), Number(seconds));
}

/** What a rule says about Mrs Wang; an SOS of her band unless told otherwise. */
export function raise(clock: string, changes: Partial<Signal> = {}): Signal {
  const atMs = changes.atMs ?? at(clock);
  const type = changes.type ?? 'sos';
  const deviceId = changes.deviceId ?? 'band';
  return {
    id: `${type}:${deviceId}:${atMs}`,
    effect: 'raise',
    type,
    severity: 'P1',
    subjectId: 'wang',
    deviceId,
    atMs,
    receivedAtMs: at(clock),
    late: false,
    suspected: false,
    summary: { zh: `${type}（${deviceId}）`, en: `${type} of ${deviceId}` },
    evidence: {},
    ...changes,
  };
}

export function clear(clock: string, changes: Partial<Signal> = {}): Signal {
  const raised = raise(clock, changes);
  return { ...raised, effect: 'clear', id: `${raised.id}:clear` };
}

export function contact(id: string, order: number, ...channels: Contact['channels']): Contact {
  return { id, name: id, order, channels };
}

export function user(id: string, role: User['role'], scope: Partial<User> = {}): User {
  return { id, username: id, role, ...scope };
}

export const daughter = user('daughter', 'family', { residentIds: ['wang'] });
export const son = user('son', 'family', { residentIds: ['wang'] });
export const stranger = user('stranger', 'family', { residentIds: ['zhao'] });
export const worker = user('worker', 'responder', { areaId: 'street' });
export const operator = user('operator', 'operator', { areaId: 'city' });
export const viewer = user('viewer', 'viewer', { areaId: 'city' });

export function resident(id: string, contacts: readonly Contact[]): Resident {
  const home = { lat: 24.4451, lon: 118.0823, datum: 'WGS84' as const };
  return { id, name: `Resident ${id}`, areaId: 'street', home, contacts: [...contacts] };
}

/** A street in a city, Mrs Wang and Mr Zhao on it, and the people of these stories. */
export function neighbourhood(contactsOfWang: readonly Contact[]): Directory {
  const directory = new Directory();
  directory.apply({ kind: 'areas', id: 'city', entity: { id: 'city', name: 'City', kind: 'city' } });
  const street = { id: 'street', name: 'Street', kind: 'street' as const, parentId: 'city' };
  directory.apply({ kind: 'areas', id: 'street', entity: street });
  directory.apply({ kind: 'residents', id: 'wang', entity: resident('wang', contactsOfWang) });
  directory.apply({ kind: 'residents', id: 'zhao', entity: resident('zhao', []) });
  for (const one of [daughter, son, stranger, worker, operator, viewer]) {
    directory.apply({ kind: 'users', id: one.id, entity: one });
  }
  return directory;
}

export function request(action: ActionRequest['action'], more: Partial<ActionRequest> = {}): ActionRequest {
  return { action, ...more };
}

/** What a reader of the alert would name first. */
export function gist({ type, severity, state, count }: Alert): string {
  return `${type} ${severity} ${state} x${count}`;
}
