import { z } from 'zod';
import type { Command } from './device.ts';

const DurationS = z.int().min(1).max(120);

/** What a person may have a device do. Intervals and check-ins are for the rules alone: two masters would undo each other. */
export const OrderRequest = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('locate') }),
  z.strictObject({ name: z.literal('ring'), durationS: DurationS.default(30) }),
  z.strictObject({ name: z.literal('siren'), durationS: DurationS.default(30) }),
  z.strictObject({
    name: z.literal('callBack'),
    /** Whom the device calls; its own first number when absent. */
    number: z
      .string()
      .regex(/^\+?[0-9][0-9 -]{1,19}$/, 'must be a telephone number')
      .optional(),
  }),
]);
export type OrderRequest = Readonly<z.infer<typeof OrderRequest>>;

/** A command somebody gave, and what became of it. */
export type Order = {
  readonly command: Command;
  /** User id. */
  readonly by: string;
  readonly atMs: number;
  /** How often it was sent to a device that was connected. */
  readonly reached: number;
  readonly answer?: { readonly atMs: number; readonly ok: boolean; readonly detail?: string };
  /** When it was given up. */
  readonly givenUpAtMs?: number;
};

/** `waiting`: the device is not connected; `sent`: it has it and has not answered; then how that ended. */
export type OrderState = 'waiting' | 'sent' | 'done' | 'refused' | 'unanswered';

/** Pure. */
export function stateOfOrder({ answer, givenUpAtMs, reached }: Order): OrderState {
  if (answer !== undefined) return answer.ok ? 'done' : 'refused';
  if (givenUpAtMs !== undefined) return 'unanswered';
  return reached > 0 ? 'sent' : 'waiting';
}

/** The command of a request. Pure. */
export function commandOf({ name, ...args }: OrderRequest, id: string, deviceId: string): Command {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return { id, deviceId, name, args: Object.fromEntries(given) };
}
