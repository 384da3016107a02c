import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { always } from '../store/support/facts.ts';
import { collect } from '../store/support/places.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';
import { type DiskHistory, randomOf } from './support/disk-image.ts';
import { inForm } from './support/form.ts';
import { confirmationsOf, recordedOf } from './support/recorded.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const readingsPerCommit = 60;

/** A store that commits as fast as it can, small enough to merge its files all the time, and what it asked of the disk. */
async function recordedStore(commits: number): Promise<DiskHistory> {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  const [dir, record] = [join(folder, 'store'), join(folder, 'record')];
  return recordedOf({ dir, record, atLeast: commits }, 'committer.ts', dir, String(readingsPerCommit));
}

/** What is wrong with the store as the power cut at `line` left it. */
async function wrongAfter(history: DiskHistory, line: number, confirmed: number, seed: number): Promise<string[]> {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  const dir = join(folder, 'store');
  mkdirSync(dir);
  history.lay(line, dir, randomOf(seed));
  const at = `seed ${seed}, line ${line}:`;
  const store = await openTelemetry(dir).catch((error: Error) => error);
  // LevelDB makes its first files without syncing them; nothing was ever confirmed then, and the sentence says what to do.
  if (store instanceof Error && confirmed < 0 && store.message.includes('move it away to start empty')) return [];
  if (store instanceof Error) return [`${at} ${store.message}`];
  const readings = new Set((await collect(store.readings('r-1', always))).map(({ id }) => id));
  const signals = new Set((await collect(store.pendingSignals())).map(({ id }) => id));
  const state = Number((await store.state('r-1')) ?? -1);
  const wrong = store.damage.map(({ what, where }) => `${at} ${where}: ${what}`);
  for (let n = 0; n <= confirmed; n += 1) {
    const some = Array.from({ length: readingsPerCommit }, (_, index) => readings.has(`${n}.${index}`));
    if (some.includes(false) || !signals.has(`s${n}`)) wrong.push(`${at} commit ${n} is not whole`);
  }
  if (state < confirmed) wrong.push(`${at} the state is of commit ${state}, ${confirmed} was confirmed`);
  if (readings.size % readingsPerCommit !== 0) wrong.push(`${at} half a commit is there`);
  await store.close();
  return wrong;
}

test('the power goes at any moment while files are merged: every confirmed commit is there whole, none by half, nothing is called damaged', {
  timeout: 600_000,
}, async () => {
  const history = await recordedStore(inForm(150, 500));
  const confirmations = confirmationsOf(history);
  const seeds = Array.from({ length: inForm(25, 200) }, () => Math.floor(Math.random() * 2 ** 31));
  const last = confirmations.at(-1)?.line ?? 0;
  const wrong: string[] = [];
  for (const seed of seeds) {
    const line = 1 + Math.floor(randomOf(seed)() * last);
    const confirmed = confirmations.findLast((one) => one.line < line)?.n ?? -1;
    wrong.push(...(await wrongAfter(history, line, confirmed, seed)));
  }
  expect(wrong).toEqual([]);
});
