import type { Signal } from '../model/alert.ts';
import type { Command } from '../model/device.ts';
import type { Letter, Note } from './rule.ts';

/** What one step caused. `changed`: the subject's state is no longer what the disk has. */
export type Effects = {
  readonly subjectId: string;
  readonly signals: readonly Signal[];
  readonly commands: readonly Command[];
  readonly changed: boolean;
  /** For the areas the home lies in; of this moment only. */
  readonly notes?: readonly Note[];
  /** For other homes; of this moment only. */
  readonly letters?: readonly Letter[];
  /** What followed from it elsewhere: in areas, in other homes. Part of the same commit. */
  readonly also?: readonly Effects[];
};

export const none: readonly never[] = [];

/** One list after the other, without a new one when there is nothing to add. */
export function joined<T>(before: readonly T[] | undefined, more: readonly T[] | undefined): readonly T[] | undefined {
  if (more === undefined || more.length === 0) return before;
  return before === undefined ? more : [...before, ...more];
}

/** An effect and everything that followed from it, in order. */
export function* allOf(effect: Effects): Generator<Effects> {
  yield effect;
  for (const one of effect.also ?? none) yield* allOf(one);
}
