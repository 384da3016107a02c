import { readFileSync } from 'node:fs';
import { eventually } from '../../support/service.ts';

/** A call to the operating system: the lines of the record on which it began and ended. */
export type SystemCall = {
  readonly name: string;
  readonly args: string;
  /** What it returned; below zero it failed. */
  readonly result: number;
  readonly began: number;
  readonly ended: number;
};

const recorded = [
  ...['openat', 'close', 'ftruncate', 'write', 'pwrite64', 'writev', 'pwritev', 'fsync', 'fdatasync'],
  // Not every processor's Linux has all of these.
  ...['?rename', '?renameat', '?renameat2', '?unlink', '?unlinkat'],
];

/** Starts a program so that strace writes to `file` what it asks of the disk, with every byte. It stays our direct child. */
export function recordedTo(file: string): readonly string[] {
  // Texts of two megabytes: more than any one write of ours.
  return ['strace', '-D', '-f', '--seccomp-bpf', '-xx', '-s', '2000000', '-o', file, '-e', `trace=${recorded.join()}`];
}

/** Reads the record of a program that has ended. */
export async function readTrace(file: string): Promise<SystemCall[]> {
  const lines = await eventually(() => {
    const text = readFileSync(file, 'latin1');
    return /\+\+\+ (exited|killed)[^\n]*\n$/.test(text) ? text.split('\n') : undefined;
  });
  if (lines === undefined) throw new Error(`the record ${file} has no end`);
  const calls: SystemCall[] = [];
  const halves = new Map<string, { readonly text: string; readonly began: number }>();
  for (const [at, line] of lines.entries()) readLine(line, at, halves, calls);
  return calls.sort((one, other) => one.began - other.began);
}

function readLine(
  line: string,
  at: number,
  halves: Map<string, { readonly text: string; readonly began: number }>,
  calls: SystemCall[],
): void {
  const [, thread = '', said = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
  const isHalf = said.endsWith(' <unfinished ...>');
  const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(said)?.[1];
  const half = rest === undefined ? undefined : halves.get(thread);
  if (isHalf) halves.set(thread, { text: said.slice(0, -' <unfinished ...>'.length), began: at });
  const call = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec((half?.text ?? '') + (rest ?? said));
  if (call === null || isHalf) return;
  const [, name = '', args = '', result = ''] = call;
  calls.push({ name, args, result: Number(result), began: half?.began ?? at, ended: at });
}

/** Every text among the arguments, as the bytes it was. */
export function textsOf({ args }: SystemCall): Buffer[] {
  return [...args.matchAll(/"([^"]*)"/g)].map(([, hex = '']) => Buffer.from(hex.replaceAll('\\x', ''), 'hex'));
}

/** The first argument, where it is a descriptor. */
export function descriptorOf({ args }: SystemCall): number {
  return Number.parseInt(args, 10);
}

/** The last argument, where it is a number. */
export function lastNumberOf({ args }: SystemCall): number {
  return Number(args.slice(args.lastIndexOf(',') + 1));
}
