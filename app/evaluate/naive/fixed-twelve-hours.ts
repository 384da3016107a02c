import type { Rule } from '../../../rules/rule.ts';
import { clear, fromDeadline, fromReading, raise } from '../../../rules/signals.ts';
import { plain } from './words.ts';

type State = { readonly lastMs: number; readonly deviceId: string; readonly isTold: boolean } | null;

const limitMs = 12 * 3_600_000;

/** No motion and no door for twelve hours, whatever the hour, whoever is away, whatever is broken. */
export const fixedTwelveHours: Rule<State> = {
  kind: 'naiveTwelveHours',
  initial: null,
  step(home, state, input) {
    const claim = { type: 'inactivity', severity: 'P3', summary: plain('nothing moved for 12 h') } as const;
    if (input.kind === 'reading') {
      const { facts, takenAtMs: lastMs, deviceId } = input.reading;
      if (facts.motion !== true && facts.contactOpen !== true) return { state };
      const after = { lastMs, deviceId, isTold: false };
      if (!state?.isTold) return { state: after };
      const over = clear(home, fromReading(input.reading), { ...claim, key: `${home.subjectId}:${state.lastMs}` });
      return { state: after, signals: [over] };
    }
    if (input.kind !== 'deadline' || state === null || state.isTold) return { state };
    const source = fromDeadline(state.deviceId, input.nowMs, input.nowMs);
    const signal = raise(home, source, { ...claim, key: `${home.subjectId}:${state.lastMs}` });
    return { state: { ...state, isTold: true }, signals: [signal] };
  },
  deadlineAtMs: (_home, state) => (state === null || state.isTold ? undefined : state.lastMs + limitMs),
};
