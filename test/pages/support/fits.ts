import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Visit } from './visit.ts';

const fitting = readFileSync(new URL('fitting.js', import.meta.url), 'utf8');

/** A desk of 1440 × 900 and one of 1280 × 1024 at 200 %, and 320 CSS pixels, to which WCAG 1.4.10 wants pages to flow: a telephone's, and a desk of 1280 × 1024 at 400 %. */
export const enlarged = [
  { name: '200-percent', width: 720, height: 450 },
  { name: '200-percent-square', width: 640, height: 512 },
  { name: '320', width: 320, height: 568 },
  { name: '400-percent', width: 320, height: 256 },
] as const;

/** Fails (and is false) when anything is cut off, broken within a word, covered while it has the focus, or has to be scrolled both ways; maps and tables excepted. */
export async function expectFits({ page }: Visit, where: string): Promise<boolean> {
  const found = await page.evaluate<string[]>(`${fitting}; whatDoesNotFit()`);
  expect.soft({ where, found: [...new Set(found)] }).toEqual({ where, found: [] });
  return found.length === 0;
}

/** Pictures take longer than looking whether it fits: one of the narrowest, and of what does not fit. */
const pictured = '320';

/** The same at each of `enlarged`, with a picture `{language}-{screen}-{what}-{size}.png`. */
export async function expectFitsEnlarged(visit: Visit, what: string): Promise<void> {
  for (const { name, width, height } of enlarged) {
    await visit.page.setViewportSize({ width, height });
    const fits = await expectFits(visit, `${what} at ${width} × ${height}`);
    if (!fits || name === pictured) await visit.screenshot(`${what}-${name}`);
  }
}
