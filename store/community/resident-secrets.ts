import type { Contact, ContactChannel, Resident } from '../../model/people.ts';

/** A resident as it may leave the house: the secrets that sign webhooks stay. */
export function withoutSecrets(resident: Resident): Resident {
  const open = ({ secret: _secret, ...channel }: ContactChannel): ContactChannel => channel;
  return changeChannels(resident, (channel) => open(channel));
}

/** What was read without its secrets and is written back keeps them, where contact, kind and address are the same. */
export function keepingSecrets(resident: Resident, stored: Resident | undefined): Resident {
  if (stored === undefined) return resident;
  return changeChannels(resident, (channel, contact) => {
    const same = ({ kind, address }: ContactChannel) => kind === channel.kind && address === channel.address;
    const secret = stored.contacts.find(({ id }) => id === contact.id)?.channels.find(same)?.secret;
    return channel.secret === undefined && secret !== undefined ? { ...channel, secret } : channel;
  });
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
