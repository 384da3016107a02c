/** Every kind of refusal a user can meet; `api/` has the one table that turns them into statuses. */
export type ErrorCode =
  | 'badRequest'
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'tooMany'
  | 'unavailable';

/** One thing wrong with what was sent: where and why. */
export type Problem = { readonly path: string; readonly reason: string };

/** A refusal with words for the user: what happened, to what, what to do. Anything else thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  constructor(code: ErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.problems = problems;
  }
}
