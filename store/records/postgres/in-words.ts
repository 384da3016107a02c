import { AppError } from '../../../model/errors.ts';
import type { Server } from './server.ts';

/*
 * What PostgreSQL says, by its codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 * What the way to it says has the codes of Node (ECONNREFUSED), or none.
 */
const sqlState = /^[0-9A-Z]{5}$/;
/** The connection is over: shut down, crashed, starting up, broken off. */
const connectionIsOver = /^(08|57P)/;
/** Of the server and its disk, not of what was asked: resources, disk full, locks, timeouts, I/O, read-only. */
const troubleOfTheServer = /^(53|55P03|57014|58|XX|25006|40)/;
const poolIsBusy = 'timeout exceeded when trying to connect';

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return sqlState.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : '';
}

export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; '); // a name with several addresses
  return error instanceof Error ? error.message : String(error);
}

/** Nobody is at the other end of the connection any more. */
export function isConnectionOver(error: unknown): boolean {
  if (error instanceof AppError || reasonOf(error) === poolIsBusy) return false;
  const code = codeOf(error);
  return code === '' || connectionIsOver.test(code);
}

/**
 * Trouble of the server is no mistake of whoever asked: said in words, it may be tried again. Anything else rises with
 * what PostgreSQL calls it and without its details, which quote what is stored.
 */
export function inWords(error: unknown): Error {
  if (error instanceof AppError) return error;
  const [code, reason] = [codeOf(error), reasonOf(error)];
  if (isConnectionOver(error))
    return new AppError('unavailable', 'the records in PostgreSQL cannot be reached; try again');
  if (code !== '' && !troubleOfTheServer.test(code)) return Object.assign(new Error(reason), { code });
  return new AppError('unavailable', `the records cannot be used at the moment (${reason}); try again`);
}

/** Why the records could not be opened: what happened, to what, what to do. */
export function openingRefusal(error: unknown, server: Server): AppError {
  if (error instanceof AppError) return error;
  const words = wordsFor(codeOf(error), server) ?? cannotBeReached(error, server);
  return new AppError('unavailable', `the records in PostgreSQL ${server.name} cannot be opened: ${words}`);
}

function cannotBeReached(error: unknown, { name }: Server): string {
  const what = reasonOf(error);
  if (codeOf(error) !== '') return `${what}; see the log of PostgreSQL`;
  if (/certificate/i.test(what))
    return `its certificate is not believed (${what}); name the authority in ANJU_RECORDS_URL: ?sslmode=verify-full&sslrootcert=FILE`;
  return `it cannot be reached (${what}); is PostgreSQL running at ${name}, and does it let this machine in?`;
}

function wordsFor(code: string, { user, database }: Server): string | undefined {
  switch (code) {
    case '28P01':
      return `the password of the user ${user} is wrong; correct ANJU_RECORDS_URL, or set it with ALTER ROLE`;
    case '28000':
      return `the user ${user} is not let in; it may not exist, or pg_hba.conf does not allow it from here`;
    case '3D000':
      return `there is no database ${database}; make it with CREATE DATABASE ${database} OWNER ${user}`;
    case '42501':
      return `the user ${user} may not make tables there; make it the owner with ALTER DATABASE ${database} OWNER TO ${user}`;
    case '57P03':
      return 'it is just starting up or shutting down; start again in a moment';
    case '53300':
      return 'it has too many connections already; raise max_connections (this service takes up to ten)';
    case '25006':
      return 'it can only be read: it is a standby, or set to read-only; name the primary in ANJU_RECORDS_URL';
    default:
      return undefined;
  }
}
