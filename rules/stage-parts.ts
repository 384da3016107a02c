import type { Deadline, Outcome } from './rule.ts';

/** A rule as a stage drives it. `Place` is what it knows of its subject, `Said` what can happen to it beside deadlines. */
export interface StageRule<Place, Said> {
  readonly kind: string;
  readonly initial: unknown;
  readonly isByTheWall?: true;
  step(place: Place, state: unknown, input: Said | Deadline): Outcome<unknown>;
  deadlineAtMs?(place: Place, state: unknown): number | undefined;
}

/** How a stage gets to know its subjects' places; `fallback` needs no records and never throws. */
export type Places<Place> = {
  readonly of: (subjectId: string) => Place;
  readonly fallback: (subjectId: string) => Place;
};

/** A rule broke over one home: a mistake in the rule, or a stored state of a shape it does not know. */
export type RuleTrouble = { readonly rule: string; readonly subjectId: string; readonly error: unknown };

/** Records that make no sense must not silence a home: an SOS needs none of them. */
export function placeIn<Place>(
  places: Places<Place>,
  subjectId: string,
  onTrouble: (trouble: RuleTrouble) => void,
): Place {
  try {
    return places.of(subjectId);
  } catch (error) {
    onTrouble({ rule: 'household', subjectId, error });
    return places.fallback(subjectId);
  }
}

/**
 * A rule that broke begins afresh: a state it cannot read is as good as none, and fire is reported all the same. Undefined
 * when that breaks too: then it is the input, and the state is kept.
 */
export function afresh<Place, Said>(
  rule: StageRule<Place, Said>,
  place: Place,
  input: Said | Deadline,
): Outcome<unknown> | undefined {
  try {
    return rule.step(place, rule.initial, input);
  } catch {
    return undefined;
  }
}
