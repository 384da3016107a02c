import { z } from 'zod';

/** Names that JavaScript objects inherit: as ids they would be found in every plain object, so nobody may have them. */
const inheritedNames = new Set(['__proto__', 'constructor', 'prototype']);

/** An id of anything: it appears in topics and URLs, so only characters that mean nothing there. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ -')
  .refine((id) => !inheritedNames.has(id), 'is a reserved name');

/** True when `text` may be an id; the cheap form of `Id` for the path of a reading. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text) && !inheritedNames.has(text);
}
