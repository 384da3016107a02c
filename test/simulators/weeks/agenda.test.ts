import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from '../../../simulators/weeks/agenda.ts';

test('whatever is put in comes out earliest first, and of the same time in the order it came', () => {
  const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant('take' as const)), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const agenda = new Agenda<number>();
      let plain: { atMs: number; item: number }[] = [];
      for (const [item, step] of all.entries()) {
        if (step !== 'take') {
          agenda.put(step, item);
          // A stable sort keeps the order of equals.
          plain = [...plain, { atMs: step, item }].sort((a, b) => a.atMs - b.atMs);
          continue;
        }
        expect(agenda.nextAtMs).toBe(plain[0]?.atMs ?? Number.POSITIVE_INFINITY);
        expect(agenda.take()).toBe(plain.shift()?.item);
      }
    }),
  );
});
