import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beforeTheFirst } from '../../store/telemetry/commits.ts';
import { ConfirmedMark, readMark } from '../../store/telemetry/confirmed.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'confirmed');
});
afterEach(() => removeFolder(folder));

/** A rest that only closing ends. */
const untilClosed = async (until: AbortSignal): Promise<void> => {
  if (!until.aborted) await once(until, 'abort');
};
const commit = (sequence: number) => ({ ...beforeTheFirst, sequence });

async function marked(): Promise<number | undefined> {
  const mark = await readMark(path);
  return mark.found === 'mark' ? mark.record.sequence : undefined;
}

test('of commits that follow close on each other the first is noted at once and the newest after a rest', async () => {
  const rests: (() => void)[] = [];
  const mark = await ConfirmedMark.open(path, (until) =>
    Promise.race([new Promise<void>((resolve) => rests.push(resolve)), untilClosed(until)]),
  );
  mark.note(commit(1));
  await eventually(() => rests.length === 1 || undefined);
  for (let sequence = 2; sequence <= 300; sequence += 1) mark.note(commit(sequence));
  expect(await marked()).toBe(1);
  rests[0]?.();
  await eventually(() => rests.length === 2 || undefined);
  expect(await marked()).toBe(300);
  await mark.close();
});

test('closing waits for no rest, and leaves the newest commit noted', async () => {
  const mark = await ConfirmedMark.open(path, untilClosed);
  for (let sequence = 1; sequence <= 3; sequence += 1) mark.note(commit(sequence));
  await mark.close();
  expect(await marked()).toBe(3);
});

test('after a pause a commit is noted at once again', async () => {
  const mark = await ConfirmedMark.open(path, async () => undefined);
  for (const sequence of [1, 2, 3]) {
    mark.note(commit(sequence));
    await eventually(async () => (await marked()) === sequence || undefined);
  }
  await mark.close();
});
