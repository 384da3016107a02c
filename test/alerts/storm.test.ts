import { afterEach, expect, test } from 'vitest';
import { Lanes } from '../../alerts/lanes.ts';
import { eventually, settled } from './support/eventually.ts';
import { hookServer } from './support/hook-server.ts';
import { house, reachedAt } from './support/house.ts';
import { raise, resident } from './support/night.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('a thousand people press at once: a thousand alerts, and each family is told once', async () => {
  const server = await hookServer();
  const home = await house({ contacts: [] });
  ends.push(
    () => server.close(),
    () => home.close(),
  );
  const ids = Array.from({ length: 1000 }, (_, i) => `r${i}`);
  for (const id of ids) {
    home.directory.apply({ kind: 'residents', id, entity: resident(id, [reachedAt(server, id, 0)]) });
  }
  const startedMs = performance.now();
  await home.desk.apply(ids.map((subjectId) => raise('02:10', { id: subjectId, subjectId })));
  const storedMs = performance.now() - startedMs;
  await eventually(() => server.posted.length === 1000, 18_000);
  console.info(
    `1,000 P1: stored in ${storedMs.toFixed(0)} ms, told in ${(performance.now() - startedMs).toFixed(0)} ms`,
  );
  await home.desk.stop(1000);
  expect(home.logged).toEqual([]);
  expect(server.posted.map(({ path }) => path.slice(1)).sort()).toEqual([...ids].sort());
  expect(home.seen.length).toBe(1000);
});

/** Jobs that last until they are ended by name. */
function lanes() {
  const running = new Map<string, () => void>();
  const started: string[] = [];
  const all = new Lanes<{ name: string; lane: string; rank: number; suspect?: boolean; ahead?: boolean }>(
    (job) => job,
    ({ name }) => {
      started.push(name);
      return new Promise((resolve) => running.set(name, resolve));
    },
  );
  return { started, all, end: (name: string) => running.get(name)?.() };
}

test('an SOS does not wait behind reports to the same endpoint, and goes before them', async () => {
  const { started, all, end } = lanes();
  for (const name of ['report 1', 'report 2', 'report 3']) all.add({ name, lane: 'slow', rank: 2 });
  all.add({ name: 'urgent report', lane: 'slow', rank: 1 });
  all.add({ name: 'sos', lane: 'slow', rank: 0 });
  expect(started).toEqual(['report 1', 'report 2', 'sos']);
  end('report 1');
  await settled();
  expect(started.slice(3)).toEqual(['urgent report']);
});

test('when a storm of SOS takes all its places, reports go on in theirs', async () => {
  const { started, all, end } = lanes();
  const calls = Array.from({ length: 600 }, (_, i) => `call ${i}`);
  const reports = Array.from({ length: 70 }, (_, i) => `report ${i}`);
  for (const name of calls) all.add({ name, lane: name, rank: 0 });
  for (const name of reports) all.add({ name, lane: name, rank: 3 });
  expect(started.length).toBe(512 + 64);
  end('report 0');
  await settled();
  expect(started.slice(512 + 64)).toEqual(['report 64']);
  end('call 0');
  await settled();
  expect(started.slice(512 + 65)).toEqual(['call 512']);
});

test('many slow endpoints together bound what is open, and everything has its turn', async () => {
  const { started, all, end } = lanes();
  const names = Array.from({ length: 200 }, (_, i) => `endpoint ${i}`);
  for (const name of names) all.add({ name, lane: name, rank: 3 });
  all.add({ name: 'sos', lane: 'somewhere', rank: 0 });
  expect(started.length).toBe(65);
  expect(started).toContain('sos');
  for (let ended = 0; ended < started.length; ended++) {
    end(started[ended]!); // within bounds
    await settled();
  }
  expect([...started].sort()).toEqual(['sos', ...names].sort());
  expect(all.running).toBe(0);
});

test('hundreds of calls to endpoints that hang leave the places of the living alone', async () => {
  const { started, all } = lanes();
  for (let nth = 0; nth < 600; nth++) {
    all.add({ name: `call ${nth}`, lane: `dead ${nth % 12}`, rank: 0, suspect: true, ahead: true });
  }
  expect(started.length).toBe(256);
  for (let nth = 0; nth < 512; nth++) all.add({ name: `sos ${nth}`, lane: `alive ${nth}`, rank: 0 });
  expect(started.length).toBe(256 + 512);
});

test('where an endpoint hangs, what was tried before goes first, and few are tried anew', async () => {
  const { started, all, end } = lanes();
  for (let nth = 0; nth < 40; nth++) all.add({ name: `first ${nth}`, lane: 'dead', rank: 0, suspect: true });
  expect(started.length).toBe(4);
  for (let nth = 0; nth < 40; nth++) {
    all.add({ name: `again ${nth}`, lane: 'dead', rank: 0, suspect: true, ahead: true });
  }
  expect(started.slice(4)).toEqual(Array.from({ length: 32 }, (_, nth) => `again ${nth}`));
  end('again 0');
  await settled();
  expect(started.at(-1)).toMatch(/^again/);
});
