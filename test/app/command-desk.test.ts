import { expect, test } from 'vitest';
import { CommandDesk } from '../../app/command-desk.ts';
import { OrderBook } from '../../app/order-book.ts';
import type { Command } from '../../model/device.ts';
import { stateOfOrder } from '../../model/order.ts';

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

test('what people ordered ends as the device says, or unanswered after five minutes', () => {
  let nowMs = 0;
  let isConnected = false;
  const clock = () => nowMs;
  const book: OrderBook = new OrderBook((command) => desk.send(command), clock);
  const desk = new CommandDesk({
    send: () => isConnected,
    clock,
    onTried: (command, reached) => book.tried(command, reached),
    onGivenUp: (command) => book.givenUp(command),
  });
  const ring = (id: string): Command => ({ id, deviceId: 'band-1', name: 'ring', args: {} });
  const states = () => book.of('band-1').map(stateOfOrder);

  book.order(ring('one'), 'u-1');
  expect(states()).toEqual(['waiting']);
  isConnected = true;
  nowMs = 10_000;
  desk.tick(nowMs);
  expect(states()).toEqual(['sent']);
  book.answered('band-1', { id: 'one', ok: false, detail: 'muted' });
  desk.answered('band-1', 'one');
  book.order(ring('two'), 'u-1');
  for (; nowMs <= 320_000; nowMs += 10_000) desk.tick(nowMs);
  expect(states()).toEqual(['refused', 'unanswered']);
});
