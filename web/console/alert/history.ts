import { outcomeName } from '../../alerts/outcomes.ts';
import type { AlertStory } from '../../service/types.ts';
import { t } from '../../words/index.ts';
import { exactly } from '../../words/measures.ts';
import { refusalInWords } from '../../words/refusals.ts';
import { whoOf } from './hand.ts';

type Deed = AlertStory['timeline'][number];
export type Message = AlertStory['notifications'][number];
/** Something that happened to an alert, or a message about it. */
export type Line = { readonly key: string; readonly at: string } & (
  | { readonly kind: 'deed'; readonly text: string; readonly more: string }
  | { readonly kind: 'message'; readonly message: Message }
);

const byPeople = ['claim', 'acknowledge', 'enRoute', 'arrive', 'resolve', 'pass', 'assign', 'reopen'] as const;
const notes = ['called', 'photo', 'callBackPromised', 'calledBack', 'saidAgain'] as const;
const byItself = [
  'raised',
  'repeated',
  'cleared',
  'escalated',
  'sent',
  'takenBack',
  'heldOpen',
  'deviceGone',
  'silenced',
  'silenceOver',
] as const;
const deeds = [...byPeople, ...notes, ...byItself] as const;

/** Everything that happened and everybody who was told, the latest first. Who was told stands with the message alone. */
export function historyOf({ timeline, notifications }: AlertStory): readonly Line[] {
  const done = timeline.flatMap((deed, i): Line[] => {
    const text = textOf(deed);
    return text === undefined ? [] : [{ key: `deed-${i}`, at: deed.at, kind: 'deed', text, more: moreOf(deed) }];
  });
  const told = notifications.map(
    (message): Line => ({ key: message.id, at: message.queuedAt, kind: 'message', message }),
  );
  return [...done, ...told].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function textOf({ what, who, whoName }: Deed): string | undefined {
  const name = deeds.find((one) => one === what);
  if (name === undefined) return undefined;
  const isDone = who !== 'service' && !byItself.some((one) => one === what);
  const person = isDone ? whoOf({ assignee: who, ...(whoName !== undefined && { assigneeName: whoName }) }) : undefined;
  return [person, t(`console.deed.${name}`)].filter((word) => word !== undefined).join(' ');
}

/** What was written down with it. */
function moreOf({ detail = {} }: Deed): string {
  const { note, outcome, number, result, forMs, rating } = detail;
  const words = [
    typeof outcome === 'string' ? outcomeName(outcome) : undefined,
    number,
    typeof forMs === 'number' ? exactly(forMs) : undefined,
    typeof rating === 'number' ? t('console.rating', { n: rating }) : undefined,
    result,
    typeof note === 'string' ? (refusalInWords(note) ?? note) : undefined, // people's own, and how an answer came
  ];
  return words.filter((word) => typeof word === 'string' && word !== '').join(' · ');
}
