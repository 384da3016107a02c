import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a store lives: opened, closed and opened again within one test. */
export type Place<Store> = { open(): Promise<Store>; remove(): Promise<void> };

export function tempFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'anju-store-'));
}

export function remove(dir: string): Promise<void> {
  return rm(dir, { recursive: true, force: true });
}

/** Gives a folder of its own that is gone afterwards. */
export async function inTempFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await tempFolder();
  try {
    return await work(dir);
  } finally {
    await remove(dir);
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
