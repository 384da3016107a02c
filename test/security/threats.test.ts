import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('each attack in the threat model names the tests that play it, and they are there', () => {
  const rows = readFileSync('docs/SECURITY.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| .*` \|$/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  const named = rows.flatMap((row) =>
    [
      ...row
        .split('|')
        .at(-2)!
        .matchAll(/`([\w/-]+)`/g),
    ].map(([, name]) => `test/${name}.test.ts`),
  ); // a row has cells
  expect(named.length).toBeGreaterThanOrEqual(rows.length);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
