import { killNow, readUntil, startThrough } from '../../store/support/child.ts';
import { DiskHistory } from './disk-image.ts';
import { readTrace, recordedTo, textsOf } from './trace.ts';

/**
 * What a program (of test/store/support) asked of the disk in `dir`, until it had said a number of `atLeast` and was killed.
 * It says each number when what belongs to it was confirmed. `record` is where that is written down.
 */
export async function recordedOf(
  { dir, record, atLeast }: { readonly dir: string; readonly record: string; readonly atLeast: number },
  ...program: readonly [name: string, ...args: string[]]
): Promise<DiskHistory> {
  const { child, lines } = startThrough(recordedTo(record), ...program);
  await readUntil(lines, (line) => Number(line) >= atLeast);
  await killNow(child);
  return new DiskHistory(dir, await readTrace(record));
}

/** The numbers it said on stdout, with the line of the record. */
export function confirmationsOf({ said }: DiskHistory): { readonly n: number; readonly line: number }[] {
  return said.flatMap((call) => {
    const [, n] = /^(\d+)\n$/.exec(Buffer.concat(textsOf(call)).toString()) ?? [];
    return n === undefined ? [] : [{ n: Number(n), line: call.began }];
  });
}
