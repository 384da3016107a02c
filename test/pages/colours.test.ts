import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const tokens = readFileSync(new URL('../../web/look/tokens.css', import.meta.url), 'utf8');
/** WCAG 2.2, 1.4.3: for text of any size. */
const contrastAtLeast = 4.5;

/** The colours of one theme by name; the dark one stands after the light one. */
function themeOf(selector: string): ReadonlyMap<string, string> {
  const [, body = ''] = tokens.split(`${selector} {`);
  const declared = body.slice(0, body.indexOf('}')).matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g);
  return new Map([...declared].map(([, name = '', colour = '']) => [name, colour]));
}

function luminance(colour: string): number {
  const hex = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const channels = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) =>
    c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = '', other = ''): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const onPaper = ['ink', 'soft', 'accent', 'well', 'P1', 'P2', 'P3', 'P4', 'P5'];
describe.each([':root', '.dark'])('every colour of %s can be read', (selector) => {
  const theme = themeOf(selector);
  for (const ground of ['paper', 'ground']) {
    test.each(onPaper)(`%s on ${ground}`, (name) => {
      expect(contrast(theme.get(name), theme.get(ground))).toBeGreaterThanOrEqual(contrastAtLeast);
    });
  }
  test.each(['P1', 'P2', 'P3', 'P4', 'P5'])('words on %s', (name) => {
    expect(contrast(theme.get('on-severity'), theme.get(name))).toBeGreaterThanOrEqual(contrastAtLeast);
  });
  test('words on what can be pressed', () => {
    expect(contrast(theme.get('on-accent'), theme.get('accent'))).toBeGreaterThanOrEqual(contrastAtLeast);
  });
});
