import { z } from 'zod';

const dayMs = 86_400_000;
/** A screen that is still wanted then is given another link. */
export const displayLastsDays = 400;

/** What an administrator says when a screen is to hang on a wall without anybody logging in. */
export const DisplayRequest = z.strictObject({
  /** Where it hangs ("Lobby"). */
  name: z.string().trim().min(1).max(100),
});
export type DisplayRequest = Readonly<z.infer<typeof DisplayRequest>>;

/** A link by which one screen shows the wall of one viewer account for months; until it is taken back. */
export type Display = {
  readonly id: string;
  /** Of the viewer whose numbers it shows. */
  readonly userId: string;
  readonly name: string;
  /** User id of who made it. */
  readonly by: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

type New = Pick<Display, 'id' | 'userId' | 'by'> & { readonly nowMs: number };

/** The display as it begins. Pure. */
export function newDisplay({ name }: DisplayRequest, { nowMs, ...facts }: New): Display {
  return { ...facts, name, createdAtMs: nowMs, expiresAtMs: nowMs + displayLastsDays * dayMs };
}
