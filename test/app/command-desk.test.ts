import { expect, test } from 'vitest';
import { CommandDesk } from '../../app/command-desk.ts';
import type { Command } from '../../model/device.ts';

const interval = (everyS: number): Command => ({
  id: `reportInterval:band-1:${everyS}`,
  deviceId: 'band-1',
  name: 'reportInterval',
  args: { everyS },
});
const question: Command = { id: 'confirmOk:1', deviceId: 'band-1', name: 'confirmOk', args: { withinS: 60 } };

test('a new interval takes the place of one that was not answered, and of nothing else', () => {
  const sent: string[] = [];
  let nowMs = 0;
  const send = (_deviceId: string, _topic: string, payload: string) =>
    sent.push((JSON.parse(payload) as Command).id) > 0;
  const desk = new CommandDesk({ send, clock: () => nowMs });
  for (const command of [question, interval(300), interval(30)]) desk.send(command);
  sent.length = 0;

  nowMs = 10_000;
  desk.tick(nowMs);
  expect(sent).toEqual(['confirmOk:1', 'reportInterval:band-1:30']);
});
