import { expect, test } from 'vitest';
import { fitted, liveAlertTable } from '../../simulators/table.ts';
import { alertView } from './support/alert.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 120, rows: 24, write: (text: string) => written.push(text), written };
}

test('into a file each change is one plain line', () => {
  const file = screen(false);
  const table = liveAlertTable(file);
  table.show(alertView({ id: 'a', revision: 1 }), '陈秀英');
  table.show(alertView({ id: 'a', revision: 2, state: 'acknowledged' }), '陈秀英');
  table.end();
  expect(file.written).toHaveLength(3);
  expect(file.written[0]).toContain('老人 who');
  expect(file.written[2]).toContain('acknowledged');
  expect(file.written.join('')).not.toContain('\u001b');
});

test('on a terminal the table is drawn over itself', () => {
  const terminal = screen(true);
  const table = liveAlertTable(terminal);
  table.show(alertView({ id: 'a' }));
  table.show(alertView({ id: 'b', type: 'smoke' }));
  expect(terminal.written[1]).toContain('\u001b[2A');
  expect(terminal.written[1]?.match(/\n/g)).toHaveLength(3);
});

test.each([
  { columns: 80, what: '黄丽卿按下了求助键' },
  { columns: 140, what: '黄丽卿按下了求助键 · 黄丽卿 pressed the help button' },
])('on $columns columns what happened is there in whole', ({ columns, what }) => {
  const terminal = { ...screen(true), columns };
  const table = liveAlertTable(terminal);
  table.show(
    alertView({
      type: 'zoneEnterForbidden',
      state: 'acknowledged',
      count: 999,
      summary: { zh: '黄丽卿按下了求助键', en: '黄丽卿 pressed the help button' },
    }),
    '欧阳丽卿',
  );
  const line = terminal.written[0]?.split('\n')[1] ?? '';
  const expected = `zoneEnterForbidden 欧阳丽卿 acknowledged 999 ${what}`;
  expect(line.slice(-expected.length)).toBe(expected);
});

test('an older copy of an alert changes nothing', () => {
  const file = screen(false);
  const table = liveAlertTable(file);
  table.show(alertView({ revision: 3 }));
  table.show(alertView({ revision: 2 }));
  expect(file.written).toHaveLength(2);
});

test('Chinese names take two columns a character, and what does not fit is cut', () => {
  expect(fitted('陈秀英', 8)).toBe('陈秀英  ');
  expect(fitted('陈秀英', 5)).toBe('陈秀 ');
});

test('a name cannot move the cursor', () => {
  expect(fitted('a\u001b[2Jb\nc', undefined)).toBe('a [2Jb c');
});
