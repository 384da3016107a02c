import { AppError } from '../model/errors.ts';
import type { Contact, ContactChannel, Language, QuietHours, Resident, User } from '../model/people.ts';

/** Browsers of one person; the one that subscribed longest ago makes room. */
const browsersAtMost = 5;

/** What people may say of themselves; null takes it away. */
export type OwnSettings = {
  readonly name?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly language?: Language | null | undefined;
  readonly quietHours?: QuietHours | null | undefined;
};

/** A browser that subscribed to push messages. */
export type Browser = { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } };

/** The entry of a user among the contacts of a resident, if there is one. */
export function ownContact({ contacts }: Resident, user: User): Contact | undefined {
  return contacts.find(({ userId }) => userId === user.id);
}

/** The contacts with the user's own changed; one who is not among them yet is told first, with those who are. Pure. */
export function withOwnContact(
  resident: Resident,
  user: User,
  change: (own: Contact) => Contact,
): Pick<Resident, 'contacts'> {
  const own = ownContact(resident, user);
  const contacts = own === undefined ? [...resident.contacts, newContact(resident, user)] : resident.contacts;
  return { contacts: contacts.map((contact) => (contact.userId === user.id ? change(contact) : contact)) };
}

function newContact({ contacts, name }: Resident, { id, username }: User): Contact {
  const contactId = `user-${id}`.slice(0, 64);
  if (contacts.some((other) => other.id === contactId))
    throw new AppError(
      'conflict',
      `A contact of ${name} has the id ${contactId} and is somebody else. Ask the centre.`,
    );
  const order = Math.min(...contacts.map((contact) => contact.order), 1000);
  return { id: contactId, name: username, userId: id, channels: [], order: contacts.length === 0 ? 0 : order };
}

/** Settings as they are afterwards. Whoever gives a number is called and sent text messages there. Pure. */
export function withSettings(contact: Contact, { name, phone, language, quietHours }: OwnSettings): Contact {
  const { phone: oldPhone, language: oldLanguage, quietHours: oldHours, ...rest } = contact;
  const newPhone = phone === undefined ? oldPhone : (phone ?? undefined);
  const newLanguage = language === undefined ? oldLanguage : (language ?? undefined);
  const newHours = quietHours === undefined ? oldHours : (quietHours ?? undefined);
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(newPhone !== undefined && { phone: newPhone }),
    ...(newLanguage !== undefined && { language: newLanguage }),
    ...(newHours !== undefined && { quietHours: newHours }),
    channels: phone === undefined ? contact.channels : calledAt(contact.channels, oldPhone, newPhone),
  };
}

const telephone = ['sms', 'voice'] as const;

function calledAt(channels: readonly ContactChannel[], before: string | undefined, now: string | undefined) {
  const others = channels.filter(({ kind, address }) => !(isTelephone(kind) && address === before));
  if (now === undefined || others.some(({ kind }) => isTelephone(kind))) return others;
  return [...others, ...telephone.map((kind) => ({ kind, address: now }))];
}

function isTelephone(kind: ContactChannel['kind']): boolean {
  return kind === 'sms' || kind === 'voice';
}

/** The channels with a browser among them, which is then the newest. Pure. */
export function withBrowser(channels: readonly ContactChannel[], { endpoint, keys }: Browser): ContactChannel[] {
  const others = withoutBrowser(channels, endpoint);
  const browsers = others.filter(({ kind }) => kind === 'webPush');
  const kept = new Set(browsers.slice(-(browsersAtMost - 1)));
  const room = others.filter((channel) => channel.kind !== 'webPush' || kept.has(channel));
  return [...room, { kind: 'webPush', address: endpoint, secret: `${keys.p256dh}.${keys.auth}` }];
}

export function withoutBrowser(channels: readonly ContactChannel[], endpoint: string): ContactChannel[] {
  return channels.filter(({ kind, address }) => kind !== 'webPush' || address !== endpoint);
}
