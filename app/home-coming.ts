import { z } from 'zod';
import type { Directory } from '../model/directory.ts';

/** What of the rules' memory of a home is about coming back (`rules/inactivity/return.ts`). */
const Remembered = z.object({
  inactivity: z.object({ back: z.object({ atMs: z.number(), untilMs: z.number() }).optional() }).optional(),
});

/**
 * When a resident came home although the family said that she is away until later; epoch ms. Undefined when she did not,
 * or has left again.
 *
 * @param engine its state of a subject as JSON
 */
export function homeComing(
  engine: { stateOf(subjectId: string): string },
  directory: Pick<Directory, 'residents'>,
  residentId: string,
): number | undefined {
  const awayUntil = directory.residents.get(residentId)?.awayUntil;
  if (awayUntil === undefined) return undefined;
  const back = Remembered.safeParse(JSON.parse(engine.stateOf(residentId))).data?.inactivity?.back;
  return back?.untilMs === Date.parse(awayUntil) ? back.atMs : undefined;
}
