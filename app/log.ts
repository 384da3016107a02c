import pino from 'pino';

export type Log = pino.Logger;

/** Characters of log that may wait for a slow reader. */
const waitingAtMost = 8 * 1_048_576;

/** JSON lines on stderr: stdout belongs to the ready line and to what commands print. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    // Whoever reads it may have stopped: then lines are lost, not memory.
    pino.destination({ fd: 2, sync: false, maxLength: waitingAtMost }),
  );
}
