import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Names in the last column of the tables whose last column is `heading`. */
function rowsUnder(heading: string, document: string): string[][] {
  const lines = readFileSync(document, 'utf8').split('\n');
  const rows: string[][] = [];
  let isTable = false;
  for (const line of lines) {
    if (!line.startsWith('|')) isTable = false;
    else if (line.endsWith(`| ${heading} |`)) isTable = true;
    else if (isTable && !line.startsWith('| ---')) rows.push(namesIn(line.split('|').at(-2) ?? ''));
  }
  return rows;
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([\w/-]+)`/g)].map(([, name = '']) => name);
}

/** `security/fuzz`, `test/app/crash`, or `clock` of the document's own folder. */
function fileOf(name: string, folder: string): string | undefined {
  const places = [name, `test/${name}`, `${folder}/${name}`];
  return places.flatMap((place) => [`${place}.test.ts`, `${place}.long.ts`]).find((file) => existsSync(file));
}

const documents = [
  { document: 'docs/SECURITY.md', heading: 'test', folder: 'test/security', atLeast: 25 },
  { document: 'docs/FAULTS.md', heading: 'tried in', folder: 'test/faults', atLeast: 18 },
];

for (const { document, heading, folder, atLeast } of documents) {
  test(`${document}: each row names the tests that try it, and they are there`, () => {
    const rows = rowsUnder(heading, document);
    expect(rows.length).toBeGreaterThanOrEqual(atLeast);
    expect(rows.filter((names) => names.length === 0)).toEqual([]);
    expect(rows.flat().filter((name) => fileOf(name, folder) === undefined)).toEqual([]);
  });

  test(`${document}: no test of its folder is without a word in it`, () => {
    const text = readFileSync(document, 'utf8');
    const named = new Set(
      [...text.matchAll(/`([\w/-]+)(?:\.test\.ts)?`/g)].map(([, name = '']) => fileOf(name, folder)),
    );
    const files = globSync(`${folder}/*.{test,long}.ts`).filter((file) => !file.endsWith('/threats.test.ts'));
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });
}
