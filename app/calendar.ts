import { type ScheduledTask, schedule } from 'node-cron';
import type { Log } from './log.ts';

/** Work that belongs to a time of day, in the community's time zone. Never for watching silence: that is the rules'. */
export type CalendarEntry = {
  readonly name: string;
  /** As in a crontab: minute, hour, day of month, month, day of week. */
  readonly at: string;
  run(nowMs: number, signal: AbortSignal): Promise<unknown>;
};

export type Calendar = {
  /** Lets what is running end at its next step. */
  close(): Promise<void>;
};

/** Runs each entry when its time comes, never two of the same at once; one that fails is logged and comes again. */
export function openCalendar(
  entries: readonly CalendarEntry[],
  { timeZone, clock, log }: { readonly timeZone: string; readonly clock: () => number; readonly log: Log },
): Calendar {
  const ending = new AbortController();
  const running = new Set<Promise<unknown>>();
  const begin = ({ name, run }: CalendarEntry): Promise<unknown> => {
    const work = run(clock(), ending.signal).catch((error: unknown) =>
      log.error({ err: error, name }, 'work of the calendar failed; it is tried again at its next time'),
    );
    running.add(work);
    return work.finally(() => running.delete(work));
  };
  const options = { timezone: timeZone, noOverlap: true, unref: true, logger: quietly(log) };
  const tasks: ScheduledTask[] = entries.map((entry) =>
    schedule(entry.at, () => begin(entry), { ...options, name: entry.name }),
  );
  return {
    async close() {
      ending.abort();
      for (const task of tasks) await task.destroy();
      await Promise.all(running);
    },
  };
}

/** node-cron speaks on stdout by itself, and stdout belongs to the ready line. */
function quietly(log: Log) {
  return {
    info: (message: string) => log.debug(message),
    debug: (message: string | Error) => log.debug(String(message)),
    warn: (message: string) => log.warn(message),
    error: (message: string | Error) => log.error(String(message)),
  };
}
