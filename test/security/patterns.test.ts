import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import safeRegex from 'safe-regex2';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';

const folders = 'alerts,api,app,broker,ingest,model,rules,simulators,store,web';

type Pattern = { readonly file: string; readonly source: string };

/** Every regular expression in a file, and `new RegExp(…)` as it is written. */
function patternsIn(file: string): Pattern[] {
  const text = readFileSync(file, 'utf8');
  const code = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  const found: Pattern[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const source = sourceOf(node, code);
    if (source !== undefined) found.push({ file, source });
    Object.values(node).forEach(walk);
  };
  walk(parseAst(code));
  return found;
}

function sourceOf(node: object, code: string): string | undefined {
  if ('regex' in node && typeof node.regex === 'object' && node.regex && 'pattern' in node.regex)
    return String(node.regex.pattern);
  const isMade = 'type' in node && (node.type === 'NewExpression' || node.type === 'CallExpression');
  if (!isMade || !('callee' in node) || !('start' in node && 'end' in node)) return undefined;
  const { callee } = node as { callee: { name?: string } };
  return callee.name === 'RegExp' ? code.slice(Number(node.start), Number(node.end)) : undefined;
}

const patterns = globSync(`{${folders}}/**/*.{ts,js}`)
  .filter((file) => !file.startsWith('web/dist/'))
  .flatMap(patternsIn);

/** Repeats what repeats, and yet takes one step for each character. */
const harmless = new Map([
  [';\\s*q=0(\\.0*)?\\s*$', 'the part that may be missing is there once'],
  ['^\\d{1,3}(\\.\\d{1,4})?$', 'seven digits at most'],
  [
    '^(?=.*[a-z])[a-z0-9_-]+(\\.[a-z0-9_-]+)*$',
    'the dot between the parts is in none of them, so there is one way to read it',
  ],
]);

test('no text of others can make a regular expression run for ever: none repeats what repeats', () => {
  expect(patterns.length).toBeGreaterThan(50);
  expect(patterns.filter(({ source }) => !safeRegex(source, { limit: 60 }) && !harmless.has(source))).toEqual([]);
});

test('no regular expression is made of somebody else’s text', () => {
  expect(patterns.filter(({ source }) => source.includes('RegExp('))).toEqual([]);
});
