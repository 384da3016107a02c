import { expect, test } from 'vitest';
import { figuresOf } from '../../app/explain/figures.ts';
import { oneOfEach } from '../rules/support/one-of-each.ts';

const alarms = oneOfEach();
const timeZone = 'Asia/Shanghai';
/** Units, names of devices and places, and what is written so in Chinese as well. */
const international = /\b(NEWS2|ms|mmHg|min|m|s|h|g|C|km)\b|\/min/g;
/** What people call their things, which is the same in either language. */
const given = new Set(['residentId', 'lastSeenBy', 'zoneId', 'areaPath', 'name']);

function withoutGiven(evidence: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(evidence, (name, value) => (given.has(name) ? '〇' : value)));
}

test('whoever reads Chinese meets no figure in English, whatever the alarm', () => {
  const pages = alarms.map(({ evidence }) =>
    figuresOf(withoutGiven(evidence), { language: 'zh', timeZone }).join('\n'),
  );
  const english = pages.flatMap((page) => page.replaceAll(international, '').match(/[A-Za-z][A-Za-z ]+/g) ?? []);
  expect([...new Set(english)]).toEqual([]);
});

test('a moment is shown as a moment, never as a number of milliseconds since 1970', () => {
  const pages = alarms.flatMap(({ evidence }) => figuresOf(evidence, { language: 'en', timeZone }));
  expect(pages.filter((line) => /\d{12,}/.test(line))).toEqual([]);
  expect(pages).toContain('low since: 2025-11-21 10:00:00');
  expect(pages).toContain('weightless for: 344 ms');
  expect(pages).toContain('longitude: 118.08684');
});
