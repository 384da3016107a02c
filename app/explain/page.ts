import { z } from 'zod';
import { headline, stateNames, typeNames } from '../../alerts/wording.ts';
import type { Bilingual } from '../../model/alert.ts';
import { figuresOf, type Language, type Wall, wallTime } from './figures.ts';
import type { Story } from './story.ts';
import { channelNames, deeds, headings, messageNames, reasonNames, targetNames } from './words.ts';

type Entry = Story['timeline'][number];
type Evidence = Story['evidence'];

/** An alert in plain words: what happened, when we knew, why, what would have kept it quiet, what people did. */
export function explanationOf(story: Story, wall: Wall): string {
  const { language } = wall;
  const section = (name: keyof typeof headings, lines: readonly string[]) => [
    '',
    headings[name][language],
    ...(lines.length > 0 ? lines : [headings.nothing[language]]).map((line) => `  ${line}`),
  ];
  return [
    ...headOf(story, wall),
    ...reasonsOf(story, language),
    ...section('figures', figuresOf(story.evidence, wall)),
    ...section(
      'timeline',
      story.timeline.map((entry) => lineOf(entry, story, wall)),
    ),
    ...section('told', toldIn(story, language)),
  ].join('\n');
}

function headOf(story: Story, { language, timeZone }: Wall): string[] {
  const happenedAtMs = happenedAt(story);
  const knownAtMs = Date.parse(story.openedAt);
  const waited = knownAtMs > happenedAtMs ? ` (+${span(knownAtMs - happenedAtMs)})` : '';
  const late = story.late ? headings.late[language] : '';
  const row = (name: keyof typeof headings, value: string) => `  ${headings[name][language]}: ${value}`;
  const place = story.position && `${story.position.lat.toFixed(5)}, ${story.position.lon.toFixed(5)} (WGS-84)`;
  return [
    headline(story)[language],
    story.summary[language],
    '',
    row('about', story.deviceIds.length > 0 ? `${story.residentId} (${story.deviceIds.join(', ')})` : story.residentId),
    row('happened', wallTime(happenedAtMs, timeZone)),
    row('known', `${wallTime(knownAtMs, timeZone)}${waited}${late}`),
    row('state', stateNames[story.state][language]),
    ...(place ? [row('position', place)] : []),
  ];
}

/** The opening fact says when it happened; an alert without one is as old as we know it. */
function happenedAt({ timeline, openedAt }: Story): number {
  const raised = timeline.find(({ what }) => what === 'raised')?.detail?.happenedAtMs;
  return typeof raised === 'number' ? raised : Date.parse(openedAt);
}

function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

/** Of each type of fact the newest reasons; an alert of several types says which are whose. */
function reasonsOf(story: Story, language: Language): string[] {
  const facts = factsOf(story);
  const said = [...facts].flatMap(([type, evidence]) => {
    const of = facts.size > 1 ? ` (${nameIn(typeNames, type, language)})` : '';
    const part = (name: 'why' | 'unless', lines: readonly string[]) =>
      lines.length > 0 ? ['', headings[name][language] + of, ...lines.map((line) => `  - ${line}`)] : [];
    const { because, unless } = evidence;
    return [...part('why', sentencesIn(because, language)), ...part('unless', sentencesIn(unless, language))];
  });
  return said.length > 0 ? said : ['', headings.noReasons[language]];
}

/** Evidence by type of fact. What the alert itself holds counts when the time line has none: it may be older than that. */
function factsOf({ timeline, type, evidence }: Story): Map<string, Evidence> {
  const facts = new Map<string, Evidence>();
  for (const { what, detail } of timeline) {
    const said = Fact.safeParse(detail);
    if (said.success && (what === 'raised' || what === 'repeated')) facts.set(said.data.type, said.data.evidence);
  }
  return facts.size > 0 ? facts : new Map([[type, evidence]]);
}

const Fact = z.object({ type: z.string(), evidence: z.record(z.string(), z.unknown()) });
const Sentence = z.object({ zh: z.string(), en: z.string() });

function sentencesIn(value: unknown, language: Language): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const sentence = Sentence.safeParse(one);
    return sentence.success ? [sentence.data[language]] : [];
  });
}

function lineOf({ at, what, who, detail = {} }: Entry, story: Story, { language, timeZone }: Wall): string {
  const deed = deeds[what]?.[language] ?? what;
  const actor = who === 'service' ? '' : ` ${nameOf(who, story)}`;
  return `${wallTime(Date.parse(at), timeZone)}  ${deed}${actor}${more(detail, language)}`;
}

/** Of what else a line knows, what people wrote or the rule named. */
function more(detail: NonNullable<Entry['detail']>, language: Language): string {
  const { severity, type, raisedFrom, reason, to, assignee, outcome, note, cause } = detail;
  const grave = raisedFrom === undefined ? severity : `${String(raisedFrom)} > ${String(severity)}`;
  const named = [
    nameIn(typeNames, type, language),
    nameIn(reasonNames, reason, language),
    nameIn(reasonNames, cause, language),
    nameIn(targetNames, to, language),
  ];
  const words = [grave, ...named, assignee, outcome, note].filter((word) => typeof word === 'string');
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/** What is in no list somebody wrote, or a later version knows: it stays as it is. */
function nameIn(names: Readonly<Record<string, Bilingual>>, code: unknown, language: Language): unknown {
  return typeof code === 'string' && Object.hasOwn(names, code) ? names[code]?.[language] : code;
}

function nameOf(id: string, { notifications }: Story): string {
  return notifications.find(({ recipientId }) => recipientId === id)?.recipientName ?? id;
}

function toldIn({ notifications }: Story, language: Language): string[] {
  return notifications.map(({ recipientName, channel, state }) =>
    [recipientName, nameIn(channelNames, channel, language), nameIn(messageNames, state, language)].join('  '),
  );
}
