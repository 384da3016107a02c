import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A script of this folder in a process of its own, with the lines it says. */
export function start(script: string, ...args: string[]): { child: ChildProcess; lines: AsyncIterator<string> } {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return listen(spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** The same under a program that watches it: `through` is that program and its arguments. */
export function startThrough(through: readonly string[], script: string, ...args: string[]): ReturnType<typeof start> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const [program = process.execPath, ...rest] = [...through, process.execPath, path, ...args];
  return listen(spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** The same, with no file allowed to grow beyond `blocks` kibibytes: what a full disk looks like to a program. */
export function startOnSmallDisk(blocks: number, script: string, ...args: string[]): ReturnType<typeof start> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const command = ['-c', `ulimit -f ${blocks}; exec "$@"`, 'bash', process.execPath, path, ...args];
  return listen(spawn('bash', command, { stdio: ['ignore', 'pipe', 'inherit'] }));
}

function listen(child: ChildProcess): ReturnType<typeof start> {
  if (child.stdout === null) throw new Error('the child has no output');
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

/** Reads until a line satisfies `enough`, or the child says no more. */
export async function readUntil(lines: AsyncIterator<string>, enough: (line: string) => boolean): Promise<string[]> {
  const seen: string[] = [];
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    seen.push(next.value);
    if (enough(next.value)) break;
  }
  return seen;
}

export async function killNow(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
