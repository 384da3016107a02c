import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import { neighboursTogether } from '../../store/telemetry/neighbours.ts';

const of = (subjectId: string, seq: number): Reading => ({
  id: `${subjectId}:s${seq}`,
  deviceId: subjectId,
  kind: 'wristband',
  subjectId,
  lane: 'telemetry',
  takenAtMs: seq,
  receivedAtMs: seq,
  late: false,
  facts: { steps: seq },
});
const whose = (readings: readonly Reading[]) => readings.map(({ subjectId }) => subjectId);

test('neighbours come together in the order of their keys', () => {
  const bands = ['home-00210', 'home-00007', 'home-00211', 'home-00007', 'home-00001'].map(of);
  const sorted = ['home-00001', 'home-00007', 'home-00007', 'home-00210', 'home-00211'];
  expect(whose(neighboursTogether(bands))).toEqual(sorted);
  expect(neighboursTogether([])).toEqual([]);
});

test('whatever the subjects are called, each reading is there once, and those of one subject keep their order', () => {
  const subjects = fc.oneof(fc.string(), fc.constantFrom('王秀英', 'a', 'ab', '~a', 'home-1', 'home-10', 'home-2'));
  fc.assert(
    fc.property(fc.array(subjects, { maxLength: 60 }), (ids) => {
      const before = ids.map(of);
      const after = neighboursTogether(before);
      expect(new Set(after)).toEqual(new Set(before));
      expect(after).toHaveLength(before.length);
      for (const id of new Set(ids)) {
        const mine = (all: readonly Reading[]) => all.filter(({ subjectId }) => subjectId === id);
        expect(mine(after)).toEqual(mine(before));
      }
    }),
  );
});
