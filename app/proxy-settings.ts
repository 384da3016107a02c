import { z } from 'zod';
import { isWithin, parseBlocks } from '../alerts/outgoing/reach.ts';

/** A proxy on this machine or beside it is known by its address; what anybody else says about where they come from is not believed. */
export const proxyVariables = {
  ANJU_TRUSTED_PROXIES: z
    .string()
    .transform((text, context): ((address: string) => boolean) => {
      const blocks = parseBlocks(text);
      if (!('wrong' in blocks)) return (address) => isWithin(address, blocks);
      context.addIssue({ code: 'custom', message: blocks.wrong });
      return z.NEVER;
    })
    .optional(),
};
