import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place that can be full. */
export type SmallDisk = {
  readonly folder: string;
  /** How a process has to be started to feel it. */
  readonly through: readonly string[];
  /** Leaves almost nothing. */
  fill(): void;
  /** There is room again, for that process too. */
  makeRoom(pid: number): void;
  remove(): void;
};

const megabyte = 1024 * 1024;

/** A small file system where that may be mounted; elsewhere a limit on the size of files, which fails writes just as well. */
export function smallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'anju-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' });
    return mounted(folder);
  } catch {
    return limited(folder);
  }
}

function mounted(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(10 * megabyte));
  return {
    folder,
    through: [],
    fill: () => fillUp(join(folder, 'filler')),
    makeRoom() {
      rmSync(ballast);
      rmSync(join(folder, 'filler'), { force: true });
    },
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until not even a small commit fits. */
function fillUp(file: string): void {
  for (let bytes = megabyte; bytes >= 1024; bytes /= 2) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch {
      // full for pieces of this size
    }
  }
}

function limited(folder: string): SmallDisk {
  const blocksOf1024 = 2_048;
  const limit = `trap '' XFSZ; ulimit -S -f ${blocksOf1024}; exec "$0" "$@"`;
  return {
    folder,
    through: ['bash', '-c', limit],
    fill: () => undefined,
    makeRoom: (pid) => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:']),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
