import type { ChildProcess } from 'node:child_process';

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
