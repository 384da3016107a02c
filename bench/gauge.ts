import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a process holds, in bytes, after everything dead has been collected. */
export type Memory = {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
};

/** Flags of Node that make a process answer `memoryOf`; it must be started with an IPC channel. */
export const gaugeFlags = ['--expose-gc', '--import', `${import.meta.dirname}/gauge/answer.ts`] as const;

/** Asks a process started with `gaugeFlags`. */
export function memoryOf(child: ChildProcess): Promise<Memory> {
  const answer = new Promise<Memory>((resolve, reject) => {
    child.once('message', (memory) => resolve(memory as Memory)); // nothing else is ever sent
    child.once('exit', () => reject(new Error('it ended instead of saying what it holds')));
  });
  child.send('memory?');
  return answer;
}

/** Linux counts processor time in hundredths of a second. */
const tickMs = 10;

/** Processor time a process has taken so far, its threads included. Linux only. */
export async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything: field 14 is user, field 15 system time (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return tickMs * (Number(fields[11]) + Number(fields[12]));
}

/**
 * Memory of a process that is its own, bytes: unlike `rss` without the pages of LevelDB's tables, which it maps and which
 * the system takes back when it likes. Linux only.
 */
export async function ownBytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
}
