import type { Alert, AlertState, AlertStory } from '../../service/types.ts';
import { hourAndMinute } from '../../words/measures.ts';
import { whoOf } from './hand.ts';

type Notes = Readonly<Partial<Record<AlertState, string>>>;
const stateAfter: Readonly<Record<string, AlertState>> = {
  claim: 'acknowledged',
  acknowledge: 'acknowledged',
  assign: 'acknowledged',
  enRoute: 'enRoute',
  arrive: 'arrived',
  resolve: 'resolved',
};
const waitsAgain = new Set(['pass', 'reopen', 'takenBack']);

/** Below each step that was taken: when, and by whom. Steps that were taken back are forgotten. */
export function stepNotes(alert: Alert, story: AlertStory | undefined): Notes {
  const notes: Partial<Record<AlertState, string>> = { open: hourAndMinute(alert.openedAt) };
  for (const deed of story?.timeline ?? []) {
    if (waitsAgain.has(deed.what)) for (const state of Object.values(stateAfter)) delete notes[state];
    const state = stateAfter[deed.what];
    if (state !== undefined) notes[state] = noteOf(deed, alert);
  }
  return notes;
}

/** "14:02 李明"; of an assignment whoever is to go. */
function noteOf({ at, what, who, whoName, detail }: AlertStory['timeline'][number], alert: Alert): string {
  const time = hourAndMinute(at);
  if (what === 'assign' && detail?.assignee === alert.assignee) return `${time} ${whoOf(alert) ?? ''}`;
  if (who === 'service') return time;
  return `${time} ${whoOf({ assignee: who, ...(whoName !== undefined && { assigneeName: whoName }) }) ?? ''}`;
}
