import { z } from 'zod';
import type { Duty } from '../model/roster.ts';
import { instant } from './range.ts';

/** A stretch of duty as it is answered; nobody in it: a gap. */
export const Stretch = z.object({ from: z.iso.datetime(), to: z.iso.datetime(), userIds: z.array(z.string()) });

export function stretchOf({ fromMs, toMs, userIds }: Duty): z.infer<typeof Stretch> {
  return { from: instant(fromMs), to: instant(toMs), userIds: [...userIds] };
}
