import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { type Calendar, openCalendar } from '../../app/calendar.ts';
import { eventually } from '../support/service.ts';

const everySecond = '* * * * * *';
const lines: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
const around = { timeZone: 'Asia/Shanghai', clock: () => 77, log };
let calendar: Calendar | undefined;

afterEach(async () => {
  await calendar?.close();
  lines.length = 0;
});

test('work is done when its time comes, on the clock it is given', async () => {
  const ran: number[] = [];
  calendar = openCalendar([{ name: 'count', at: everySecond, run: async (nowMs) => ran.push(nowMs) }], around);
  expect(await eventually(() => ran[0])).toBe(77);
});

test('work that fails is logged, and comes again', async () => {
  let runs = 0;
  const fail = async (): Promise<void> => {
    runs += 1;
    throw new Error('no room');
  };
  calendar = openCalendar([{ name: 'fail', at: everySecond, run: fail }], around);
  expect(await eventually(() => (runs >= 2 ? runs : undefined))).toBeGreaterThanOrEqual(2);
  expect(lines.join('')).toContain('work of the calendar failed');
});

test('closing asks what is running to end, and waits for it', async () => {
  const heard: string[] = [];
  const work = async (_nowMs: number, signal: AbortSignal): Promise<void> => {
    heard.push('begun');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    heard.push('ended');
  };
  calendar = openCalendar([{ name: 'long', at: everySecond, run: work }], around);
  await eventually(() => heard[0]);
  await calendar.close();
  expect(heard).toEqual(['begun', 'ended']);
});
