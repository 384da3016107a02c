import { once } from 'node:events';
import { open, readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CommitFailed } from '../../store/contracts.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { killNow, readUntil, start, startOnSmallDisk } from './support/child.ts';
import { always, batch, noon, reading, signal } from './support/facts.ts';
import { collect, inTempFolder } from './support/places.ts';

const smallBuffer = { writeBufferBytes: 64 * 1024 };

/** Forty commits of some readings each, closed in order; some are in tables, the newest in the log. */
async function written(dir: string, perCommit = 20): Promise<void> {
  const store = await openTelemetry(dir, smallBuffer);
  for (let n = 0; n < 40; n += 1) {
    const readings = Array.from({ length: perCommit }, (_, index) =>
      reading({
        id: `${n}.${index}`,
        takenAtMs: noon + n,
        facts: { steps: Math.floor(Math.sin(n * 20 + index) * 1e9) },
      }),
    );
    await store.commit(batch({ readings, signals: [signal({ id: `s${n}` })] }));
  }
  await store.close();
}

/**
 * The same, with tables that count: a table that is still being written when the store is closed is left behind, its rows
 * in the log, and missed by nobody. Opening puts what the logs hold into tables.
 */
async function writtenToTables(dir: string, perCommit = 20): Promise<void> {
  await written(dir, perCommit);
  const store = await openTelemetry(dir, smallBuffer);
  await store.close();
}

async function fileOf(dir: string, ending: string): Promise<string> {
  const name = (await readdir(join(dir, 'rows'))).find((file) => file.endsWith(ending));
  return join(dir, 'rows', name ?? `no file ends with ${ending}`);
}

async function scratch(path: string, at: number, length: number): Promise<void> {
  const file = await open(path, 'r+');
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, at);
  await file.write(
    bytes.map((byte) => byte ^ 0xff),
    0,
    length,
    at,
  );
  await file.close();
}

test('every commit confirmed before kill -9 is there afterwards, each with all it brought', async () => {
  await inTempFolder(async (dir) => {
    for (const rounds of [5, 60, 25]) {
      const { child, lines } = start('committer.ts', dir, '10');
      const seen = await readUntil(lines, (line) => Number(line) >= rounds);
      await killNow(child);
      const confirmed = Number(seen.at(-1));
      const store = await openTelemetry(dir);
      const ids = new Set((await collect(store.readings('r-1', always))).map(({ id }) => id));
      const pending = new Set((await collect(store.pendingSignals())).map(({ id }) => id));
      for (let n = 0; n <= confirmed; n += 1) {
        expect(pending).toContain(`s${n}`);
        for (let index = 0; index < 10; index += 1) expect(ids).toContain(`${n}.${index}`);
      }
      expect(Number(await store.state('r-1'))).toBeGreaterThanOrEqual(confirmed);
      expect(store.damage).toEqual([]);
      await store.close();
    }
  });
});

test('a full disk fails the commit, and nothing more is taken until the store is opened again', async () => {
  await inTempFolder(async (dir) => {
    const { child, lines } = startOnSmallDisk(96, 'committer.ts', dir, '10');
    const ended = once(child, 'exit');
    const seen = await readUntil(lines, (line) => line.startsWith('again'));
    await ended;
    expect(seen.slice(-2)).toEqual(['refused', 'again CommitFailed']);
    const confirmed = Number(seen.at(-3));
    const store = await openTelemetry(dir);
    const ids = new Set((await collect(store.readings('r-1', always))).map(({ id }) => id));
    for (let n = 0; n <= confirmed; n += 1) expect(ids).toContain(`${n}.9`);
    expect(store.damage).toEqual([]);
    await store.close();
  });
});

test('a store that is closed takes nothing and serves again when reopened', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.close();
    await expect(store.commit(batch({ readings: [reading()] }))).rejects.toThrow(CommitFailed);
    await expect(collect(store.readings('r-1', always))).rejects.toThrow('try again');
    await store.reopen();
    await store.commit(batch({ readings: [reading()] }));
    expect(await collect(store.readings('r-1', always))).toHaveLength(1);
    await store.close();
  });
});

test('a hole in the middle of the log is said, with what it cost; the rest is there', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    const one = (n: number) => batch({ readings: [reading({ takenAtMs: noon + n, facts: { steps: n } })] });
    for (let n = 0; n < 400; n += 1) await store.commit(one(n));
    await store.close();
    await scratch(await fileOf(dir, '.log'), 40_000, 10);
    const again = await openTelemetry(dir);
    const left = (await collect(again.readings('r-1', always))).length;
    expect(left).toBeGreaterThan(100);
    expect(left).toBeLessThan(400);
    const said = again.damage.map(({ what, where }) => `${what}: ${where}`).join('\n');
    expect(said).toMatch(new RegExp(`commit\\(s\\) missing, with ${400 - left} reading`));
    expect(said).toMatch(/between 2025-06-01T12:00:00\.\d+Z and 2025-06-01T12:00:00\.\d+Z/);
    await again.close();
  });
});

/** One commit, then a long one whose beginning the disk never got: the log of the second has a hole where it began. */
async function beginningLost(dir: string, isConfirmed: boolean): Promise<void> {
  const write = async (id: string, count: number) => {
    const store = await openTelemetry(dir);
    const facts = (index: number) => ({ steps: Math.floor(Math.abs(Math.sin(index)) * 1e9) });
    const readings = Array.from({ length: count }, (_, n) =>
      reading({ id: `${id}.${n}`, takenAtMs: noon + n, facts: facts(n) }),
    );
    await store.commit(batch({ readings, signals: [signal({ id })] }));
    await store.close();
    return readFile(join(dir, 'confirmed'));
  };
  const mark = await write('first', 1);
  await write('long', 3_000);
  if (!isConfirmed) await writeFile(join(dir, 'confirmed'), mark);
  const log = await open(await fileOf(dir, '.log'), 'r+');
  expect((await log.stat()).size).toBeGreaterThan(2 * logBlockBytes);
  await log.write(Buffer.alloc(logBlockBytes), 0, logBlockBytes, 0);
  await log.close();
}
const logBlockBytes = 32 * 1024;

test('the power goes while a long commit is written, and its end is on disk without its beginning: nothing is called damaged', async () => {
  await inTempFolder(async (dir) => {
    await beginningLost(dir, false);
    const store = await openTelemetry(dir);
    expect(store.damage).toEqual([]);
    expect((await collect(store.pendingSignals())).map(({ id }) => id)).toEqual(['first']);
    expect((await collect(store.readings('r-1', always))).map(({ id }) => id)).toEqual(['first.0']);
    await store.close();
  });
});

test('the same of a commit that was confirmed is damage, and said', async () => {
  await inTempFolder(async (dir) => {
    await beginningLost(dir, true);
    const store = await openTelemetry(dir);
    expect(store.damage).not.toEqual([]);
    await store.close();
  });
});

test('a log cut short is said, now and on the next opening', async () => {
  await inTempFolder(async (dir) => {
    await written(dir);
    const log = await fileOf(dir, '.log');
    await truncate(log, Math.floor((await stat(log)).size / 2));
    for (const opening of ['first', 'second']) {
      const store = await openTelemetry(dir, smallBuffer);
      const left = (await collect(store.readings('r-1', always))).length;
      const lost = opening === 'first' ? 800 - left : 800 - left + 1;
      expect(store.damage.map(({ what }) => what).join()).toContain(`with ${lost} reading(s)`);
      await store.commit(batch({ readings: [reading({ id: opening, takenAtMs: noon - 1 })] }));
      await store.close();
    }
  });
});

test('a damaged table costs the rows that lay there, and they are missed', async () => {
  await inTempFolder(async (dir) => {
    await writtenToTables(dir, 80);
    const table = await fileOf(dir, '.ldb');
    await scratch(table, Math.floor((await stat(table)).size / 2), 64);
    const store = await openTelemetry(dir, smallBuffer);
    const left = await collect(store.readings('r-1', always));
    const signals = await collect(store.pendingSignals());
    expect(left.length + signals.length).toBeLessThan(40 * 80 + 40);
    expect(left.length).toBeGreaterThan(0);
    expect(store.damage.length).toBeGreaterThan(0);
    expect(store.damage[0]?.where).toMatch(/readings? of r-1|outbox|commits/);
    await store.close();
  });
});

const refusals = [
  { name: 'a table is gone', harm: async (dir: string) => unlink(await fileOf(dir, '.ldb')), reason: 'missing files' },
  {
    name: 'the list of tables is gone',
    harm: (dir: string) => unlink(join(dir, 'rows', 'CURRENT')),
    reason: 'does not exist',
  },
  {
    name: 'the list of tables is damaged',
    harm: async (dir: string) => scratch(join(dir, 'rows', (await manifestOf(dir)) ?? ''), 20, 20),
    reason: 'Corruption',
  },
];

async function manifestOf(dir: string): Promise<string | undefined> {
  return (await readdir(join(dir, 'rows'))).find((file) => file.startsWith('MANIFEST'));
}

for (const { name, harm, reason } of refusals) {
  test(`does not start on an empty store when ${name}, but says what to do`, async () => {
    await inTempFolder(async (dir) => {
      await writtenToTables(dir);
      await harm(dir);
      const refusal = await openTelemetry(dir).catch((error: Error) => error.message);
      expect(refusal).toContain(reason);
      expect(refusal).toContain('restore it from a backup');
    });
  });
}

test('a second opening of the same folder is refused in words', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await expect(openTelemetry(dir)).rejects.toThrow('in use by another process');
    await store.close();
  });
});
