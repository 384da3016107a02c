import type { Alert } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import { type ChannelKind, type Contact, type ContactChannel, nameOfUser, type User } from '../../model/people.ts';
import type { Policy, PolicyStep, PolicyTarget } from '../../model/policy.ts';
import { maySeeResident } from '../../model/scope.ts';
import { handlingOf } from '../decision.ts';
import { nearestFirst } from '../duty/nearby.ts';
import { namesOf, onDuty } from '../duty/on-duty.ts';
import type { Whereabouts } from '../duty/whereabouts.ts';

/** Somebody who can be told: a contact of the resident, or a user of the service. */
export type Recipient = {
  readonly id: string;
  readonly name: string;
  readonly language?: Contact['language'];
  readonly channels: readonly ContactChannel[];
  readonly quietHours?: Contact['quietHours'];
};

/** Where an alert meets people: the community, and what time it is there. */
export type Surroundings = {
  readonly directory: Directory;
  /** IANA name of the community's time zone. */
  readonly timeZone: string;
  readonly nowMs: number;
  /** A policy that is only being tried. */
  readonly draft?: Policy | undefined;
  /** Where the people on duty are; absent: nobody knows. */
  readonly whereabouts?: Pick<Whereabouts, 'of'>;
};

/** Whom a step tells now, each with the channels to use; empty when it finds nobody. */
export function recipientsOf(alert: Alert, step: PolicyStep, around: Surroundings): readonly Recipient[] {
  const people = targets[step.target](alert, around, step);
  const isReminder = step.target === 'sameContacts';
  return people
    .map((person) => ({ ...person, channels: chosen(person.channels, step.channels, isReminder) }))
    .filter(({ channels }) => channels.length > 0);
}

/** Those with these ids among everybody who can be told of the alert. */
export function recipientsById(alert: Alert, ids: readonly string[], { directory }: Surroundings): Recipient[] {
  const contacts = contactsOf(alert, directory);
  return ids.flatMap((id) => {
    const contact = contacts.find((one) => one.id === id);
    const user = directory.users.get(id);
    return contact ?? (user && asRecipient(user)) ?? [];
  });
}

type Find = (alert: Alert, around: Surroundings, step: PolicyStep) => readonly Recipient[];

const targets: Readonly<Record<PolicyTarget, Find>> = {
  contacts: (alert, { directory }) => nextContacts(contactsOf(alert, directory), handlingOf(alert).steps.flat()),
  sameContacts: (alert, around) => recipientsById(alert, handlingOf(alert).steps.at(-1) ?? [], around),
  allContacts: (alert, { directory }) => contactsOf(alert, directory),
  responders: (alert, around) => nearest(respondersAround(alert, around), alert, around).map(asRecipient),
  centre: (alert, around) => nearestOnDuty(alert, around, 'operator').map(asRecipient),
  users: (_alert, { directory }, { userIds = [] }) => usersOf(directory, userIds).map(asRecipient),
  roster: (_alert, { directory, timeZone, nowMs }, { rosterId = '' }) => {
    const roster = directory.rosters.get(rosterId);
    return roster ? usersOf(directory, onDuty(roster, timeZone, nowMs)).map(asRecipient) : [];
  },
};

function nearest(people: readonly User[], alert: Alert, around: Surroundings): readonly User[] {
  const { directory, nowMs, whereabouts } = around;
  return whereabouts ? nearestFirst(people, alert, { residents: directory.residents, whereabouts, nowMs }) : people;
}

/** Responders on duty in the smallest area around the home that has any. */
export function respondersAround(alert: Alert, around: Surroundings): readonly User[] {
  return nearestOnDuty(alert, around, 'responder');
}

/**
 * People of a role, from the smallest area around the home outwards: those a roster has on duty now; in an area
 * without a roster for that role (a roster of grid workers says nothing of the operators), everybody of it who belongs there.
 */
function nearestOnDuty(alert: Alert, around: Surroundings, role: User['role']): readonly User[] {
  const { directory, timeZone, nowMs } = around;
  for (const areaId of directory.areaPath(alert.areaId).reverse()) {
    const ofRole = (user: User | undefined): boolean => user?.role === role;
    const rosters = [...directory.rosters.values()].filter(
      (roster) => roster.areaId === areaId && namesOf(roster).some((id) => ofRole(directory.users.get(id))),
    );
    const scheduled = rosters.flatMap((roster) => onDuty(roster, timeZone, nowMs));
    const present =
      rosters.length > 0 ? usersOf(directory, scheduled) : [...directory.users.values()].filter(belongsTo(areaId));
    const found = present.filter(ofRole);
    if (found.length > 0) return found;
  }
  return [];
}

function belongsTo(areaId: string): (user: User) => boolean {
  return (user) => user.areaId === areaId;
}

function usersOf(directory: Directory, ids: readonly string[]): User[] {
  return [...new Set(ids)].flatMap((id) => directory.users.get(id) ?? []);
}

/** Whoever works with the service has its page and its app open; what else reaches them is in their record. */
function asRecipient(user: User): Recipient {
  const { id, username, channels = [], language, quietHours } = user;
  const apps = (['sse', 'mqtt'] as const).map((kind) => ({ kind, address: username }));
  return {
    ...{ id, name: nameOfUser(user), channels: [...apps, ...channels] },
    ...(language !== undefined && { language }),
    ...(quietHours !== undefined && { quietHours }),
  };
}

function contactsOf({ residentId }: Alert, directory: Directory): readonly Contact[] {
  const contacts = directory.residents.get(residentId)?.contacts ?? [];
  return contacts.map((contact) => withoutStrangersBrowsers(contact, residentId, directory));
}

/** Whoever lost the right to look is not shown alerts in a browser either; who is called is for the list of contacts. */
function withoutStrangersBrowsers(contact: Contact, residentId: string, directory: Directory): Contact {
  if (contact.userId === undefined) return contact;
  const user = directory.users.get(contact.userId);
  if (user !== undefined && maySeeResident(directory, user, residentId)) return contact;
  return { ...contact, channels: contact.channels.filter(({ kind }) => kind !== 'webPush') };
}

/** The contacts with the lowest order among those who can be reached and were not told yet. */
function nextContacts(contacts: readonly Contact[], told: readonly string[]): readonly Contact[] {
  const left = contacts.filter((contact) => contact.channels.length > 0 && !told.includes(contact.id));
  const order = Math.min(...left.map((contact) => contact.order));
  return left.filter((contact) => contact.order === order);
}

/** The first word reaches everybody somehow; a reminder by telephone is for those who have one. */
function chosen(
  channels: readonly ContactChannel[],
  kinds: readonly ChannelKind[] | undefined,
  isReminder: boolean,
): readonly ContactChannel[] {
  if (kinds === undefined) return channels;
  const wanted = channels.filter(({ kind }) => kinds.includes(kind));
  return wanted.length > 0 || isReminder ? wanted : channels;
}
