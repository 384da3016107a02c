import { z } from 'zod';
import type { Device } from '../../model/device.ts';
import { subjectOf } from '../../model/reading.ts';
import { type Context, centre, type Http, userOf } from '../access.ts';
import { entityRules } from '../entities.ts';
import { instant } from '../range.ts';

/** A page of a list. */
const idsAtMost = 100;
/** How far back the store is searched for a device that has said nothing since the service began. */
const lookBackMs = 7 * 86_400_000;

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

async function connectionOf(context: Context, device: Device): Promise<z.infer<typeof Connection>> {
  const { id } = device;
  const heardAtMs = await heardAtMsOf(context, device);
  const hasToken = context.parts.directory.tokenHashes.has(id);
  return { deviceId: id, hasToken, ...(heardAtMs !== undefined && { heardAt: instant(heardAtMs) }) };
}

/** From memory, else the one reading that is looked for; a connection that broke is no word of the device. */
async function heardAtMsOf({ parts, board }: Context, { id, residentId }: Device): Promise<number | undefined> {
  const subjectId = subjectOf(id, residentId);
  const known = board.known(subjectId)?.heardAtMs.get(id);
  if (known !== undefined) return known;
  const isWord = ({ deviceId, facts }: { deviceId: string; facts: { online?: boolean | undefined } }) =>
    deviceId === id && facts.online !== false;
  return (await parts.telemetry.latest(subjectId, isWord, parts.clock(), lookBackMs))?.takenAtMs;
}
