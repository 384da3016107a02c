import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compiled, translatedBy } from '../../web/words/refusals.ts';
import { refusals } from '../../web/words/zh/refusals.ts';
import { openTown, type Town } from '../api/support/town.ts';
import { refusalsIn } from './support/sentences.ts';
import { Visit } from './support/visit.ts';

/** Where what is refused to somebody in the pages is decided. */
const decided = [
  'api',
  'alerts',
  'model',
  'store/administration.ts',
  'store/community',
  'store/records',
  'store/telemetry/scan.ts',
  'store/telemetry/telemetry.ts',
  'app/person-data.ts',
  'app/person-erasure.ts',
  'app/live-memory.ts',
];
const table = compiled(refusals);
/** Names of our interface, of formats and of people's own things stay as they are. */
const mayStay =
  /x1|GPX|WGS-84|JPEG|PNG|WebP|JSON|KB|Asia\/Shanghai|A-Z|a-z|ANJU_[A-Z_]+|npm run build|anju backup|webhook|UTF-8|\d+m\b/g;

const inChinese = (said: string) => translatedBy(table, said.replaceAll('{}', 'x1'));
const englishIn = (text: string) => text.replaceAll(mayStay, '').match(/[A-Za-z]{2,}/g) ?? [];

test('every sentence with which the service refuses somebody is there in Chinese', () => {
  const sentences = refusalsIn(decided).filter(({ said }) => /[a-z]{3,}/i.test(said.replaceAll('{}', '')));
  expect(sentences.length).toBeGreaterThan(150);
  const missing = sentences.filter(({ said }) => {
    const chinese = inChinese(said);
    return chinese === undefined || !/\p{Script=Han}/u.test(chinese) || englishIn(chinese).length > 0;
  });
  expect(missing).toEqual([]);
});

test('what the checker of types says by itself is there in Chinese', () => {
  const schemas: readonly (readonly [z.ZodType, unknown])[] = [
    ...[
      [z.string(), undefined] as const,
      [z.string(), 1] as const,
      [z.number(), 'x'] as const,
      [z.int(), 1.5] as const,
    ],
    ...[[z.string().min(1), ''] as const, [z.string().max(2), 'abc'] as const, [z.string().length(3), 'a'] as const],
    ...[[z.number().min(3), 1] as const, [z.number().max(3), 5] as const, [z.number().gt(3), 3] as const],
    ...[
      [z.number().lt(3), 3] as const,
      [z.array(z.string()).min(1), []] as const,
      [z.array(z.string()).max(0), ['a']] as const,
    ],
    ...[[z.enum(['a', 'b']), 'c'] as const, [z.strictObject({}), { x: 1 }] as const, [z.url(), 'x'] as const],
    ...[[z.iso.datetime(), 'x'] as const, [z.iso.date(), 'x'] as const, [z.literal('a'), 'b'] as const],
    ...[
      [z.union([z.string(), z.number()]), true] as const,
      [z.string().regex(/a/), 'b'] as const,
      [z.boolean(), 1] as const,
    ],
    [z.discriminatedUnion('k', [z.object({ k: z.literal('a') })]), { k: 'b' }] as const,
    [z.record(z.string().regex(/a/), z.string()), { b: 'x' }] as const,
  ];
  for (const [schema, value] of schemas) {
    const said = schema.safeParse(value).error?.issues[0]?.message ?? '';
    expect({ said, english: englishIn(inChinese(said) ?? said) }).toEqual({ said, english: [] });
  }
});

test('what is named in a sentence is said in Chinese as well; what is not known is not guessed at', () => {
  expect(inChinese('There is no band-7 among the devices you look after.')).toBe(
    '没有“band-7”，或不在您负责的范围内。',
  );
  expect(inChinese('there is no r9 among the residents')).toBe('老人中没有“r9”。');
  expect(inChinese('cannot enRoute alert a1, which is arrived: that is behind us')).toBe(
    '现在不能这样做：这一步已经过去了。',
  );
  expect(inChinese('areas east is still named by devices band-0, users u-1, zones z-1 and 12 more')).toBe(
    '还不能删除片区“east”：设备“band-0”、用户“u-1”、围栏“z-1”等（另有 12 项）仍在使用它。',
  );
  expect(inChinese('Something entirely new was refused.')).toBeUndefined();
});

let town: Town;
beforeAll(async () => {
  town = await openTown();
  town.clock.nowMs = Date.now();
});
afterAll(() => town.close());

test('who is refused something in a Chinese page reads why in Chinese, in an English one in English', async () => {
  for (const language of ['zh', 'en'] as const) {
    const visit = await Visit.begin(town, { as: 'admin', language, screen: 'desk', at: '/admin/residents/r0' });
    const { page } = visit;
    await page.locator('[data-do=remove]').click();
    await page.locator('[name=typed]').fill('王秀英');
    await page.locator('[data-do=confirm-remove]').click();
    const said = page.locator('dialog .wrong');
    await said.waitFor();
    const text = (await said.textContent()) ?? '';
    if (language === 'zh') expect(text).toMatch(/还不能删除老人“r0”：设备“band-0”、设备“motion-0”、.*仍在使用它/);
    else expect(text).toContain('residents r0 is still named by');
    await visit.screenshot('refused');
    visit.forgive(/409/);
    await visit.leave();
  }
});
