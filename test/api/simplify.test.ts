import { lineString, point } from '@turf/helpers';
import distance from '@turf/point-to-line-distance';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simplified } from '../../api/simplify.ts';
import type { TrackPoint } from '../../store/contracts.ts';

async function* streamOf(points: readonly TrackPoint[]) {
  yield* points;
}

const walks = fc
  .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((steps) => {
    let at = { lat: 24.4451, lon: 118.0823 };
    return steps.map(([northM, eastM], i): TrackPoint => {
      at = { lat: at.lat + northM / 111_195, lon: at.lon + eastM / 101_200 };
      return { ...at, atMs: i, deviceId: 'band-0' };
    });
  });

test('however somebody walks, what is left passes within the tolerance of every point that is dropped', async () => {
  await fc.assert(
    fc.asyncProperty(walks, fc.integer({ min: 1, max: 100 }), async (walk, toleranceM) => {
      const kept: TrackPoint[] = [];
      for await (const left of simplified(streamOf(walk), toleranceM)) kept.push(left);
      expect(kept[0]).toEqual(walk[0]);
      expect(kept.at(-1)).toEqual(walk.at(-1));
      for (const dropped of walk.filter((each) => !kept.includes(each))) {
        const from = kept.findLast(({ atMs }) => atMs < dropped.atMs)!;
        const to = kept.find(({ atMs }) => atMs > dropped.atMs)!;
        expect(awayM(dropped, from, to)).toBeLessThanOrEqual(toleranceM * 1.01 + 0.01);
      }
    }),
    { numRuns: 200 },
  );
});

function awayM(dropped: TrackPoint, from: TrackPoint, to: TrackPoint): number {
  const line = lineString([
    [from.lon, from.lat],
    [to.lon, to.lat],
  ]);
  return distance(point([dropped.lon, dropped.lat]), line, { units: 'meters', method: 'planar' });
}
