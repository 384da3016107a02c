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
  for (const { at, what, who, whoName } of story?.timeline ?? []) {
    if (waitsAgain.has(what)) for (const state of Object.values(stateAfter)) delete notes[state];
    const state = stateAfter[what];
    if (state !== undefined)
      notes[state] = [
        hourAndMinute(at),
        who === 'service'
          ? undefined
          : whoOf({ assignee: who, ...(whoName !== undefined && { assigneeName: whoName }) }),
      ]
        .filter((word) => word !== undefined)
        .join(' ');
  }
  return notes;
}
