import { expect, test } from 'vitest';
import { GroupSync } from '../../store/records/group-sync.ts';
import { eventually } from '../support/service.ts';

/** A disk whose every sync ends when the test says so. */
function slowDisk() {
  const syncs: { readonly kind: 'sync' | 'mend'; readonly settle: PromiseWithResolvers<void> }[] = [];
  const said: string[] = [];
  const begin = (kind: 'sync' | 'mend') => () => {
    const settle = Promise.withResolvers<void>();
    syncs.push({ kind, settle });
    return settle.promise;
  };
  const note = (_facts: object, message: string) => void said.push(message);
  const group = new GroupSync({ sync: begin('sync'), mend: begin('mend'), log: { warn: note, error: note } });
  const settled: string[] = [];
  const wait = (name: string): void => {
    group.noted();
    group.durable().then(
      () => settled.push(name),
      (error: Error) => settled.push(`${name}: ${error.message}`),
    );
  };
  const begun = (count: number) => eventually(() => (syncs.length === count ? syncs.at(-1) : undefined));
  return { group, syncs, said, settled, wait, begun };
}

test('many who wait share one sync, and who comes while it runs waits for the next, with all the others who came', async () => {
  const { wait, begun, settled, syncs } = slowDisk();
  wait('first');
  const first = await begun(1);
  for (const name of ['second', 'third', 'fourth']) wait(name);
  first?.settle.resolve();
  const second = await begun(2);
  expect(settled).toEqual(['first']);
  second?.settle.resolve();
  await eventually(() => settled.length === 4 || undefined);
  expect(settled).toEqual(['first', 'second', 'third', 'fourth']);
  expect(syncs).toHaveLength(2);
});

test('who promises something although nothing was written since the last sync waits for nothing', async () => {
  const { group, wait, begun, settled, syncs } = slowDisk();
  await group.durable();
  wait('a write');
  (await begun(1))?.settle.resolve();
  await eventually(() => settled.length === 1 || undefined);
  await group.durable();
  expect(syncs).toHaveLength(1);
});

test('the disk refuses: nobody is told that it did not, it is tried again by mending, and the log says both once', async () => {
  const { group, wait, begun, settled, syncs, said } = slowDisk();
  wait('first');
  (await begun(1))?.settle.reject(new Error('EIO'));
  wait('second');
  (await begun(2))?.settle.reject(new Error('EIO'));
  const third = await begun(3);
  expect(group.state.isFailing).toBe(true);
  expect(settled).toEqual([]);
  third?.settle.resolve();
  await eventually(() => settled.length === 2 || undefined);
  expect(settled).toEqual(['first', 'second']);
  expect(syncs.map(({ kind }) => kind)).toEqual(['sync', 'mend', 'mend']);
  expect(group.state.isFailing).toBe(false);
  expect(said).toEqual(['the disk does not take the records; it is tried again', 'the disk takes the records again']);
});

test('a write that nobody waits for is on disk within two seconds all the same', async () => {
  const { group, begun } = slowDisk();
  group.noted();
  expect(await begun(1)).toMatchObject({ kind: 'sync' });
});

for (const [outcome, close, expected] of [
  ['on disk', async () => undefined, 'first'],
  ['not on disk', () => Promise.reject(new Error('full')), 'first: full'],
] as const) {
  test(`closed while the disk refuses: who waits learns that it is ${outcome}`, async () => {
    const { group, wait, begun, settled } = slowDisk();
    wait('first');
    (await begun(1))?.settle.reject(new Error('EIO'));
    await eventually(() => group.state.isFailing || undefined);
    await group.close(close).catch(() => undefined);
    await eventually(() => settled.length === 1 || undefined);
    expect(settled).toEqual([expected]);
  });
}
