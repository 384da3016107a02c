import type { Reading } from '../model/reading.ts';
import type { Effects } from './effects.ts';
import { HomeZones } from './home-zones.ts';
import type { Household, Notice, NoticeInput, ReadingInput, Rule } from './rule.ts';
import { Stage } from './stage.ts';
import type { RuleTrouble, StageRule } from './stage-parts.ts';

export type { Effects } from './effects.ts';
export type { RuleTrouble } from './stage-parts.ts';

type Said = ReadingInput | NoticeInput;

/** The stage of homes: readings and deadlines of each home through every rule. */
export class Engine extends Stage<Household, Said> {
  constructor(
    rules: readonly Rule<unknown>[],
    householdOf: (subjectId: string) => Household,
    listeningSinceMs: number,
    onTrouble?: (trouble: RuleTrouble) => void,
  ) {
    super(rules.map(asStageRule), { of: householdOf, fallback: unknownHome }, listeningSinceMs, onTrouble);
  }

  /** One reading through every rule. */
  step(reading: Reading, nowMs: number): Effects {
    return this.run(reading.subjectId, { kind: 'reading', reading, nowMs });
  }

  /** Something happened elsewhere that this home's rules should know. */
  notify(subjectId: string, notice: Notice, nowMs: number): Effects {
    return this.run(subjectId, { kind: 'notice', notice, nowMs });
  }
}

/** Most rules have no ear for what happens elsewhere. */
function asStageRule(rule: Rule<unknown>): StageRule<Household, Said> {
  const { kind, initial } = rule;
  return {
    kind,
    initial,
    step(home, state, input) {
      if (input.kind !== 'notice') return rule.step(home, state, input);
      return rule.heed?.(home, state, input.notice, input.nowMs) ?? { state };
    },
    ...(rule.isByTheWall && { isByTheWall: rule.isByTheWall }),
    ...(rule.deadlineAtMs && { deadlineAtMs: (home, state) => rule.deadlineAtMs?.(home, state) }),
  };
}

function unknownHome(subjectId: string): Household {
  return {
    subjectId,
    resident: undefined,
    devices: new Map(),
    zones: HomeZones.none,
    home: undefined,
    timeZone: 'UTC',
  };
}
