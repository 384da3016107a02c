import { setImmediate } from 'node:timers/promises';

/**
 * Looks at one area after the other. One that fails keeps no other waiting: throws AggregateError, which names those
 * that failed, when all have had their turn.
 */
export async function eachArea(areaIds: Iterable<string>, lookAt: (areaId: string) => Promise<void>): Promise<void> {
  const failed = new Map<string, unknown>();
  for (const areaId of areaIds) {
    await lookAt(areaId).catch((error: unknown) => failed.set(areaId, error));
    await setImmediate(); // a press of a button has its turn between two areas
  }
  if (failed.size > 0) throw new AggregateError(failed.values(), `not done for ${[...failed.keys()].join(', ')}`);
}
