import type { Contact, ContactChannel, Resident, User } from '../../model/people.ts';

/** A resident as it may leave the house: the secrets that sign webhooks stay. */
export function withoutSecrets(resident: Resident): Resident {
  return changeChannels(resident, open);
}

/** A user likewise: the keys of their browsers stay. */
export function userWithoutSecrets(user: User): User {
  return user.channels === undefined ? user : { ...user, channels: user.channels.map(open) };
}

function open({ secret: _secret, ...channel }: ContactChannel): ContactChannel {
  return channel;
}

/** What was read without its secrets and is written back keeps them, where contact, kind and address are the same. */
export function keepingSecrets(resident: Resident, stored: Resident | undefined): Resident {
  if (stored === undefined) return resident;
  return changeChannels(resident, (channel, contact) => {
    return keepingSecret(channel, stored.contacts.find(({ id }) => id === contact.id)?.channels);
  });
}

export function keepingUserSecrets(user: User, stored: User | undefined): User {
  if (user.channels === undefined) return user;
  return { ...user, channels: user.channels.map((channel) => keepingSecret(channel, stored?.channels)) };
}

function keepingSecret(channel: ContactChannel, stored: readonly ContactChannel[] = []): ContactChannel {
  const secret = stored.find(({ kind, address }) => kind === channel.kind && address === channel.address)?.secret;
  return channel.secret === undefined && secret !== undefined ? { ...channel, secret } : channel;
}

function changeChannels(
  resident: Resident,
  change: (channel: ContactChannel, contact: Contact) => ContactChannel,
): Resident {
  const contacts = resident.contacts.map((contact) => ({
    ...contact,
    channels: contact.channels.map((channel) => change(channel, contact)),
  }));
  return { ...resident, contacts };
}
