import { z } from 'zod';
import type { Fix } from './geo.ts';

/** What people may say themselves: she cannot be found, somebody calls for her, she has fallen. */
export const SaidType = z.enum(['missing', 'sos', 'fall']);
export type SaidType = z.infer<typeof SaidType>;

/** What a family may say from its page; a fall is told over the hotline, or as a call for help. */
export const saidByFamilies: readonly SaidType[] = ['missing', 'sos'];

export const SayRequest = z.strictObject({
  type: SaidType,
  note: z.string().trim().min(1).max(1000).optional(),
  lastSeen: z
    .strictObject({
      at: z.iso.datetime({ offset: true }).optional(),
      place: z.string().trim().min(1).max(200).optional(),
    })
    .optional(),
  ref: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -')
    .optional()
    .describe('Made by the caller: the same again, also after a lost answer, is the same report'),
});
export type SayRequest = Readonly<z.infer<typeof SayRequest>>;

/** Where her band was last, as far as that can be relied on. */
export type LastFix = {
  readonly fix: Fix;
  readonly atMs: number;
  /** False: somebody took the band off since. */
  readonly isWorn: boolean;
};

/** What somebody says of a resident, with what her band knows at that moment. */
export type Said = {
  readonly residentId: string;
  readonly request: SayRequest;
  readonly lastFix: LastFix | undefined;
};
