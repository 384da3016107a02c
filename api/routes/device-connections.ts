import { z } from 'zod';
import type { Device } from '../../model/device.ts';
import { subjectOf } from '../../model/reading.ts';
import { type Context, centre, type Http, userOf } from '../access.ts';
import { entityRules } from '../entities.ts';
import { instant } from '../range.ts';

/** A page of a list. */
const idsAtMost = 100;

const Query = z.strictObject({
  /** With commas between. */
  ids: z
    .string()
    .max(idsAtMost * 65)
    .default(''),
});
const Connection = z.object({
  deviceId: z.string(),
  /** Whether it has a token to log in with; one behind a hub needs none. */
  hasToken: z.boolean(),
  /** When it was heard of last, within a week. */
  heardAt: z.iso.datetime().optional(),
});

/** Whether devices can log in, and when each was heard of: for whoever sets them up. Those out of scope are left out. */
export function deviceConnectionRoutes(http: Http, context: Context): void {
  const { directory } = context.parts;
  http.get('/device-connections', {
    config: { access: centre },
    schema: {
      tags: ['devices'],
      summary: 'Whether devices have a token, and when each was heard of last',
      querystring: Query,
      response: { 200: z.object({ items: z.array(Connection), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const items: z.infer<typeof Connection>[] = [];
      for (const id of request.query.ids.split(',').slice(0, idsAtMost)) {
        const device = directory.devices.get(id);
        // One after the other: others have their turn in between.
        if (device !== undefined && entityRules.devices.maySee(directory, user, device))
          items.push(await connectionOf(context, device));
      }
      return { items, nextCursor: null };
    },
  });
}

async function connectionOf({ parts, board }: Context, device: Device): Promise<z.infer<typeof Connection>> {
  const { id, residentId } = device;
  const heardAtMs = await board.heardAtMs(id, subjectOf(id, residentId), parts.clock());
  const hasToken = parts.directory.tokenHashes.has(id);
  return { deviceId: id, hasToken, ...(heardAtMs !== undefined && { heardAt: instant(heardAtMs) }) };
}
