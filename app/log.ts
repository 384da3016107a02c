import pino from 'pino';

export type Log = pino.Logger;

/** JSON lines on stderr: stdout belongs to the ready line and to what commands print. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}
