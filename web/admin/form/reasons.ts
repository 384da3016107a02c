import { t, type WordKey } from '../../words/index.ts';
import { saidInWords } from '../../words/troubles.ts';

/** What the service says most often about a field, for people. Anything else is told as in the rest of the pages. */
const known: readonly { readonly said: RegExp; readonly key: WordKey }[] = [
  {
    said: /received undefined|>=1 (characters|items)|^Invalid option: .*received undefined/,
    key: 'admin.reason.missing',
  },
  { said: /^names "(.*)", which is not among/, key: 'admin.reason.unknown' },
  { said: /"(.*)" is the id of/, key: 'admin.reason.twice' },
  { said: /^is taken$/, key: 'admin.reason.taken' },
  { said: /1 to 64 of A-Z a-z 0-9 _ -$/, key: 'admin.reason.id' },
  { said: /1 to 64 of A-Z a-z 0-9 _ \. @ -$/, key: 'admin.reason.username' },
  { said: /must be HH:MM/, key: 'admin.reason.time' },
  { said: /at least 10 characters/, key: 'admin.reason.password' },
  { said: /^Invalid ISO date/, key: 'admin.reason.date' },
  { said: /expected number|^Invalid input: expected number/, key: 'admin.reason.number' },
  { said: /^Too big|^Too small/, key: 'admin.reason.range' },
  { said: /low must be below high/, key: 'admin.reason.lowHigh' },
  { said: /in order of afterS/, key: 'admin.reason.order' },
  { said: /^Invalid option/, key: 'admin.reason.choose' },
];

/** The reason in the chosen language. */
export function reasonInWords(reason: string): string {
  const found = known.find(({ said }) => said.test(reason));
  if (found === undefined) return saidInWords(reason);
  return t(found.key, { reason: saidInWords(reason), id: found.said.exec(reason)?.[1] ?? '' });
}
