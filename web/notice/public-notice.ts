import type { Answer } from '../service/types.ts';

/** What the public is told. */
export type PublicNotice = Omit<Answer<'getNoticesId'>, 'now'>;
