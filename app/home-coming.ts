import { z } from 'zod';
import type { Directory } from '../model/directory.ts';
import type { Watch } from '../rules/watch.ts';

/** What of the rules' memory of a home is about coming back (`rules/inactivity/return.ts`). */
const Remembered = z.object({
  inactivity: z.object({ back: z.object({ atMs: z.number(), untilMs: z.number() }).optional() }).optional(),
});

/**
 * When a resident came home although the family said that she is away until later; epoch ms. Undefined when she did not,
 * or has left again.
 *
 * @param engine what its rules remember of a subject
 */
export function homeComing(
  engine: Pick<Watch, 'statesOf'>,
  directory: Pick<Directory, 'residents'>,
  residentId: string,
): number | undefined {
  const awayUntil = directory.residents.get(residentId)?.awayUntil;
  if (awayUntil === undefined) return undefined;
  const back = Remembered.safeParse(engine.statesOf(residentId)).data?.inactivity?.back;
  return back?.untilMs === Date.parse(awayUntil) ? back.atMs : undefined;
}
