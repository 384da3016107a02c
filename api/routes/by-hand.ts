import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Alert, AlertView } from '../../model/alert.ts';
import { type LastFix, type SaidType, SayRequest, saidByFamilies } from '../../model/by-hand.ts';
import { AppError } from '../../model/errors.ts';
import { namedViewOf } from '../../model/named-alert.ts';
import { commandOf, type Order } from '../../model/order.ts';
import type { User } from '../../model/people.ts';
import type { AuditEntry } from '../../store/contracts.ts';
import { type Context, carers, type Http, userOf } from '../access.ts';
import { confirmedWithinMs } from '../confirmed.ts';
import type { Live } from '../live-board.ts';
import { requireResident } from '../residents.ts';

/** A family that looks for her presses more than once; a page gone wrong presses for ever. */
const familySaysAtMost = 20;
const familySaysWithinMs = 10 * 60_000;
/** An alert does not wait longer for where her band was. */
const positionWithinMs = 500;
const IdParams = z.object({ id: z.string() });

/** What no device said: she cannot be found, somebody calls for her, she has fallen. */
export function byHandRoutes(http: Http, context: Context): void {
  const { desk, directory, clock } = context.parts;
  const requireSlowly = familyLimit(http);
  http.post('/residents/:id/alerts', {
    config: { access: carers },
    schema: {
      tags: ['alerts'],
      summary: 'Raises an alert by hand: she cannot be found, needs help, has fallen',
      description:
        'P1, and told like any other. The same `ref` again, or the same type while one that a person raised is open, makes no second alert: 200 with the first one, and what is new stands in its time line. Joins what is open of the same kind (`missing` a left zone). Families raise `missing` and `sos`.',
      params: IdParams,
      body: SayRequest,
      response: { 200: AlertView, 201: AlertView },
    },
    handler: async (request, reply) => {
      const [user, { id: residentId }] = [userOf(request), request.params];
      requireResident(directory, user, residentId);
      requireMaySay(user, request.body);
      await requireSlowly(request, user);
      const lastFix = await lastFixOf(context, residentId);
      const { alert, isNews } = await desk.say({ residentId, request: request.body, lastFix }, user, clock());
      await noteDown(context, user, alert, request.body.type);
      return reply.code(isNews ? 201 : 200).send(namedViewOf(alert, directory));
    },
  });
}

function requireMaySay({ role }: User, { type }: SayRequest): void {
  if (role !== 'family' || saidByFamilies.includes(type)) return;
  throw new AppError('forbidden', 'A family says that she cannot be found, or calls for help.');
}

/** For families alone: the centre takes one call after the other, and nothing it says is refused. */
function familyLimit(http: Http): (request: FastifyRequest, user: User) => Promise<void> {
  const limit = http.createRateLimit({
    max: familySaysAtMost,
    timeWindow: familySaysWithinMs,
    keyGenerator: (request) => userOf(request).id,
  });
  return async (request, { role }) => {
    if (role !== 'family') return;
    const verdict = await limit(request);
    if (!verdict.isAllowed && verdict.isExceeded)
      throw new AppError('tooMany', 'This was said many times in ten minutes. Please telephone: 12349, or 110 or 120.');
  };
}

/** As far as memory has it when the store is slow: people are told first. */
async function lastFixOf({ board, parts }: Context, residentId: string): Promise<LastFix | undefined> {
  const asked = board.live(residentId, parts.clock()).catch(() => undefined);
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, positionWithinMs, undefined);
  const live = (await Promise.race([asked, late])) ?? board.known(residentId);
  clearTimeout(timer);
  return live && fixIn(live);
}

function fixIn({ goodPosition, worn }: Live): LastFix | undefined {
  if (goodPosition === undefined) return undefined;
  const isOff = worn?.value === false && worn.deviceId === goodPosition.deviceId;
  return { fix: goodPosition.value, atMs: goodPosition.atMs, isWorn: !isOff };
}

/** Her bands that nobody has asked since she was reported: an answer that was lost may have been that of the first report. */
function bandsToAsk({ parts: { directory, orders } }: Context, alert: Alert, type: SaidType): string[] {
  const { residentId, state, evidence } = alert;
  if (type !== 'missing' || state === 'resolved') return [];
  const bands = directory.devicesOf(residentId).filter(({ kind }) => kind === 'wristband');
  const isAsked = ({ command: { name }, atMs }: Order) => name === 'locate' && atMs >= Number(evidence.reportedAtMs);
  return bands.map(({ id }) => id).filter((id) => !orders.of(id).some(isAsked));
}

/** Afterwards: nobody waits for the audit log to be told. Her bands say at once where they are. */
async function noteDown(context: Context, user: User, alert: Alert, type: SaidType) {
  const { records, orders, clock } = context.parts;
  const entry = { atMs: clock(), who: user.id, about: alert.residentId };
  const commands = bandsToAsk(context, alert, type).map(
    (deviceId): AuditEntry => ({ ...entry, what: 'command', detail: { deviceId, name: 'locate' } }),
  );
  await records.audit([{ ...entry, what: 'raisedByHand', detail: { alertId: alert.id, type } }, ...commands]);
  if (commands.length === 0) return;
  await records.durable(confirmedWithinMs); // a band does nothing that nobody can be asked about
  // Of two reports at once the other may have been first.
  for (const id of bandsToAsk(context, alert, type))
    orders.order(commandOf({ name: 'locate' }, `order-${randomUUID()}`, id), user.id);
}
