import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../../model/reading.ts';

/** Whoever can be asked. Answers are counted, so that all are seen to say the same. */
export interface Asked {
  readonly name: string;
  track(subjectId: string, fromMs: number, toMs: number): Promise<number>;
  /** Means of the heart rate. */
  means(subjectId: string, fromMs: number, toMs: number, everyMs: number): Promise<number>;
  stop(): Promise<void>;
}

/** A store under test. */
export interface Contestant extends Asked {
  /** Makes of readings what `write` takes; not timed. */
  prepare(readings: readonly Reading[]): unknown;
  /** Resolves when what was prepared is durable; timed. */
  write(prepared: unknown): Promise<void>;
  /** Lets everything that goes on behind a load come to its end. */
  settle(): Promise<void>;
  readonly dir: string;
  latest(subjectIds: readonly string[], atMs: number, withinMs: number): Promise<number>;
}

/** What is taken from the disk: files may be longer than what has been written of them. */
export async function bytesIn(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // Either store may drop a file between the two looks.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
