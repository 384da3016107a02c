import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CommandName, type Device } from '../../model/device.ts';
import { AppError } from '../../model/errors.ts';
import { commandOf, type Order, OrderRequest, stateOfOrder } from '../../model/order.ts';
import type { User } from '../../model/people.ts';
import type { Reading } from '../../model/reading.ts';
import { subjectOf } from '../../model/reading.ts';
import { type Context, carers, centre, type Http, userOf } from '../access.ts';
import { confirmedWithinMs } from '../confirmed.ts';
import { requireDevice } from '../devices.ts';
import { instant } from '../range.ts';
import { QuarantinedView } from '../views.ts';

const hourMs = 3_600_000;
/** The last messages are looked for in longer and longer stretches. */
const lookBacksMs = [hourMs, 24 * hourMs, 7 * 24 * hourMs];
/** The same again so soon is a double click. */
const sameAgainMs = 10_000;
/** A band that rings all day is taken off. */
const ordersPerTenMinutes = 12;
const IdParams = z.object({ id: z.string() });
const LimitQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) });

const OrderView = z.object({
  id: z.string(),
  name: CommandName,
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  by: z.string(),
  at: z.iso.datetime(),
  state: z.enum(['waiting', 'sent', 'done', 'refused', 'unanswered']),
  reached: z.int(),
  answeredAt: z.iso.datetime().optional(),
  detail: z.string().optional(),
});
const MessageView = z.object({
  t: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  lane: z.string(),
  late: z.boolean(),
  seq: z.int().optional(),
  /** What the device's clock said, where it was not believed. */
  deviceClock: z.iso.datetime().optional(),
  facts: z.record(z.string(), z.unknown()),
});

/** A device as somebody looks after it: have it do something, see what it said last and what could not be understood. */
export function deviceRoutes(http: Http, context: Context): void {
  commandRoutes(http, context);
  messagesRoute(http, context);
  quarantineRoute(http, context);
}

function commandRoutes(http: Http, { parts }: Context): void {
  const { directory, orders, records, clock } = parts;
  http.post('/devices/:id/commands', {
    config: { access: carers },
    schema: {
      tags: ['devices'],
      summary: 'Has a device ring, find itself, call back or sound its siren',
      description:
        'Repeated every 10 s for 5 min until the device answers; what became of it is in the list. `siren` is for the centre; family and responders have it call numbers of the contacts only.',
      params: IdParams,
      body: OrderRequest,
      response: { 202: OrderView },
    },
    handler: async (request, reply) => {
      const user = userOf(request);
      const device = requireDevice(directory, user, request.params.id);
      requireMayOrder(parts, user, device, request.body);
      requireSlowly(orders.of(device.id), request.body.name, clock());
      const about = device.residentId ?? `devices/${device.id}`;
      const detail = { deviceId: device.id, name: request.body.name };
      await records.audit([{ atMs: clock(), who: user.id, what: 'command', about, detail }]);
      await records.durable(confirmedWithinMs); // nothing rings in a home that nobody can be asked about
      const order = orders.order(commandOf(request.body, `order-${randomUUID()}`, device.id), user.id);
      return reply.code(202).send(viewOf(order));
    },
  });
  http.get('/devices/:id/commands', {
    config: { access: carers },
    schema: {
      tags: ['devices'],
      summary: 'What people had a device do lately, and what became of it; latest first',
      params: IdParams,
      response: { 200: z.object({ items: z.array(OrderView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      const device = requireDevice(directory, userOf(request), request.params.id);
      return { items: orders.of(device.id).toReversed().map(viewOf), nextCursor: null };
    },
  });
}

/** A siren in a home is for those who answer for it, and a call in secret to a stranger's number is eavesdropping. */
function requireMayOrder({ directory }: Context['parts'], user: User, device: Device, order: OrderRequest): void {
  if (centre.includes(user.role)) return;
  if (order.name === 'siren') throw new AppError('forbidden', `A ${user.role} may not sound the siren.`);
  if (order.name !== 'callBack' || order.number === undefined) return;
  const contacts = device.residentId === undefined ? [] : (directory.residents.get(device.residentId)?.contacts ?? []);
  const wanted = digitsOf(order.number);
  if (contacts.some(({ phone }) => phone !== undefined && digitsOf(phone) === wanted)) return;
  const reason = "must be the number of one of the resident's contacts";
  throw new AppError('badRequest', 'The device does not call that number.', [{ path: 'body.number', reason }]);
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, '');
}

function requireSlowly(orders: readonly Order[], name: OrderRequest['name'], nowMs: number): void {
  const same = orders.findLast(({ command }) => command.name === name);
  if (same !== undefined && nowMs - same.atMs < sameAgainMs)
    throw new AppError('tooMany', 'The device was told to do this a moment ago. Wait 10 seconds for its answer.');
  const lately = orders.filter(({ atMs }) => nowMs - atMs < 600_000);
  if (lately.length >= ordersPerTenMinutes)
    throw new AppError('tooMany', `The device was told ${lately.length} things in ten minutes. Try again later.`);
}

function viewOf(order: Order): z.infer<typeof OrderView> {
  const { command, by, atMs, reached, answer } = order;
  return {
    ...{ id: command.id, name: command.name, args: { ...command.args }, by, reached },
    at: instant(atMs),
    state: stateOfOrder(order),
    ...(answer && { answeredAt: instant(answer.atMs) }),
    ...(answer?.detail !== undefined && { detail: answer.detail }),
  };
}

function messagesRoute(http: Http, { parts }: Context): void {
  const { directory, records, clock } = parts;
  http.get('/devices/:id/messages', {
    config: { access: centre },
    schema: {
      tags: ['devices'],
      summary: 'What a device said last, within a week; latest first',
      params: IdParams,
      querystring: LimitQuery,
      response: { 200: z.object({ items: z.array(MessageView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const device = requireDevice(directory, user, request.params.id);
      const about = device.residentId ?? `devices/${device.id}`;
      const detail = { deviceId: device.id };
      await records.auditLooks([{ atMs: clock(), who: user.id, what: 'messagesRead', about, detail }]);
      const found = await lastMessages(parts, device, request.query.limit);
      return { items: found.toReversed().map(messageOf), nextCursor: null };
    },
  });
}

/** The newest of a device, oldest first: history is read forwards, so a short stretch is tried before a long one. */
async function lastMessages({ telemetry, clock }: Context['parts'], device: Device, limit: number): Promise<Reading[]> {
  const toMs = clock() + hourMs; // a clock that runs ahead
  let found: Reading[] = [];
  for (const lookBackMs of lookBacksMs) {
    found = [];
    const range = { fromMs: clock() - lookBackMs, toMs };
    for await (const reading of telemetry.readings(subjectOf(device.id, device.residentId), range)) {
      if (reading.deviceId !== device.id) continue;
      found.push(reading);
      if (found.length > limit) found.shift();
    }
    if (found.length >= limit) break;
  }
  return found;
}

function messageOf({ takenAtMs, receivedAtMs, lane, late, seq, deviceClockMs, facts }: Reading) {
  return {
    t: instant(takenAtMs),
    receivedAt: instant(receivedAtMs),
    ...{ lane, late, facts: { ...facts } },
    ...(seq !== undefined && { seq }),
    ...(deviceClockMs !== undefined && { deviceClock: instant(deviceClockMs) }),
  };
}

function quarantineRoute(http: Http, { parts }: Context): void {
  const { directory, records, telemetry, clock } = parts;
  http.get('/devices/:id/quarantine', {
    config: { access: centre },
    schema: {
      tags: ['devices'],
      summary: 'Messages of a device that could not be understood',
      params: IdParams,
      querystring: LimitQuery,
      response: { 200: z.object({ items: z.array(QuarantinedView), nextCursor: z.null() }) },
    },
    handler: async (request) => {
      const user = userOf(request);
      const { id } = requireDevice(directory, user, request.params.id);
      await records.auditLooks([{ atMs: clock(), who: user.id, what: 'quarantineRead', about: id }]);
      const found = await telemetry.quarantined({ deviceId: id, limit: request.query.limit });
      const items = found.map(({ receivedAtMs, ...rest }) => ({ receivedAt: instant(receivedAtMs), ...rest }));
      return { items, nextCursor: null };
    },
  });
}
