import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRecords } from '../../store/records/records.ts';
import { withBadSyncs } from '../faults/support/bad-syncs.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';
import { killNow, readUntil, startThrough } from './support/child.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function place(): string {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  return folder;
}

/** Who synced, and what the main thread said between: the lines of strace's record of a recorder that wrote so often. */
async function recorded(writes: number): Promise<{ readonly pid: string; readonly lines: string[]; said: string[] }> {
  const folder = place();
  const record = join(folder, 'record');
  const strace = ['strace', '-D', '-f', '--seccomp-bpf', '-o', record, '-e', 'trace=fsync,fdatasync,write'];
  const { child, lines } = startThrough(strace, 'recorder.ts', join(folder, 'records.sqlite'), String(writes));
  const said = await readUntil(lines, (line) => line === 'closed');
  if (child.exitCode === null) await once(child, 'exit');
  const whole = await eventually(() => {
    const text = readFileSync(record, 'utf8');
    return /\+\+\+ exited[^\n]*\n$/.test(text) ? text.split('\n') : undefined;
  });
  return { pid: String(child.pid), lines: whole ?? [], said };
}

test('an evening of writes: no sync runs where an SOS would wait for it, also when the log of SQLite is emptied, and it stays short', {
  timeout: 120_000,
}, async () => {
  const { pid, lines, said } = await recorded(500);
  const between = (from: string, to: string) => {
    const at = (word: string) => lines.findIndex((line) => line.includes(`"${word}`));
    return lines.slice(at(from), at(to)).filter((line) => /\bf(data)?sync\(/.test(line));
  };
  const syncs = between('open\\n', 'longest');
  const ofMainThread = syncs.filter((line) => line.startsWith(`${pid} `));
  expect(ofMainThread).toEqual([]);
  expect(syncs.length).toBeGreaterThan(500);
  const [, longest] = /^longest (\d+)$/.exec(said.at(-2) ?? '') ?? [];
  const written = 100 * 840_000;
  expect(Number(longest)).toBeLessThan(written / 2);
});

test('killed in the midst: every write that was confirmed is there', async () => {
  const file = join(place(), 'records.sqlite');
  const { child, lines } = startThrough(['env'], 'recorder.ts', file, '1000000');
  const said = await readUntil(lines, (line) => Number(line) >= 100);
  await killNow(child);
  const records = await openRecords(file);
  ends.push(() => records.close());
  expect(Number(await records.setting('count'))).toBeGreaterThanOrEqual(Number(said.at(-1)));
  expect(records.damage).toEqual([]);
});

test('the records file takes no sync: what is written is confirmed all the same, kept in the log, and there at the next start', async () => {
  const folder = place();
  const file = join(folder, 'records.sqlite');
  await readUntil(startThrough(['env'], 'recorder.ts', file, '1').lines, (line) => line === 'closed');
  const through = withBadSyncs({ files: [file], fails: 'EIO', which: '1+' });
  const { child, lines } = startThrough(through, 'recorder.ts', file, '60');
  const said = await readUntil(lines, (line) => line === 'closed');
  await killNow(child);
  expect(said.at(-1)).toBe('closed');
  expect(statSync(`${file}-wal`).size, 'the log, which a file that takes everything leaves empty').toBeGreaterThan(1e7);
  const records = await openRecords(file);
  ends.push(() => records.close());
  expect(await records.setting('count')).toBe('60');
  expect(records.damage).toEqual([]);
});
