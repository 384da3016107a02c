import { t, type WordKey } from '../../words/index.ts';

/** What the service writes into its log, in the order people look for it. */
export const auditWords = [
  'login',
  'livePositionRead',
  'positionsRead',
  'trackRead',
  'readingsRead',
  'alertRead',
  'cardRead',
  'handOverRead',
  'photoRead',
  'portraitRead',
  'messagesRead',
  'quarantineRead',
  'noticeRead',
  'streamOpened',
  'mqttOpened',
  'put',
  'patch',
  'portraitPut',
  'portraitRemoved',
  'remove',
  'contactsOrder',
  'ownSettings',
  'pushOn',
  'pushOff',
  'away',
  'visit',
  'visitTakenBack',
  'testMode',
  'testModeOver',
  'command',
  'raisedByHand',
  'deviceToken',
  'deviceTokenRevoked',
  'shareCreated',
  'shareOpened',
  'shareRevoked',
  'displayCreated',
  'displayRevoked',
  'noticePublished',
  'noticeEnded',
  'import',
  'export',
  'backup',
  'retention',
  'personExported',
  'personErased',
] as const;
type Known = (typeof auditWords)[number];

/** In the chosen language where there is a word for it. */
export function whatInWords(what: string): string {
  const known: readonly string[] = auditWords;
  return known.includes(what) ? t(`admin.audit.words.${what as Known}`) : what;
}

const kindWords: Readonly<Record<string, WordKey>> = {
  areas: 'admin.section.areas',
  residents: 'admin.section.residents',
  devices: 'admin.section.devices',
  zones: 'admin.section.zones',
  users: 'admin.section.users',
  rosters: 'admin.section.duty',
  policies: 'admin.section.policies',
  silences: 'admin.section.silences',
};

/** `residents/r0` and `r0` by name; anything else as it stands there. */
export function aboutInWords(about: string, subject: (id: string) => string, user: (id: string) => string): string {
  if (about === 'everybody' || about === 'community') return t(`admin.audit.${about}`);
  const [kind = '', id] = about.split('/', 2);
  const word = kindWords[kind];
  if (word === undefined || id === undefined) return subject(about) === about ? user(about) : subject(about);
  const name = kind === 'users' ? user(id) : kind === 'areas' ? subject(`@${id}`) : subject(id);
  return `${t(word)} · ${name}`;
}
