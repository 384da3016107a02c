import { expect, test } from 'vitest';
import { Replay } from '../../app/replay.ts';
import type { Alert } from '../../model/alert.ts';
import { smallTown, tokenOf } from '../support/community.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const firstMidnightMs = Date.parse('2026-05-04T00:00:00+08:00');
const learningDays = 20;
const rooms = ['bedroom', 'kitchen', 'lounge', 'bathroom'];
const kinds = { front: 'doorSensor', fridge: 'doorSensor' } as const;
const devices = [...rooms, ...Object.keys(kinds)].map((id) => ({
  id,
  kind: id in kinds ? 'doorSensor' : 'motionSensor',
  room: id,
  residentId: 'r0',
  token: tokenOf(id),
}));

type Message = { readonly at: number; readonly topic: string; readonly payload: string };

const says = (id: string, at: number, fact: 'motion' | 'contactOpen'): Message => ({
  at,
  topic: `v1/devices/${id}/telemetry`,
  payload: `{"${fact}":true}`,
});

/** A row for each activation as a recording has them: up at six or so, out for an hour, to bed at ten, once up at night. */
function day(number: number, stillFromMin = 24 * 60): Message[] {
  const at = (minute: number) => firstMidnightMs + number * dayMs + (minute + ((number * 7) % 20)) * minuteMs;
  const messages = [says('bathroom', at(150), 'motion')];
  for (let minute = 360, i = number; minute < 22 * 60; minute += 13, i++) {
    if (minute < 15 * 60 || minute > 16 * 60)
      messages.push(says(rooms[i % rooms.length] ?? 'lounge', at(minute), 'motion'));
  }
  for (const minute of [410, 725, 1090]) messages.push(says('fridge', at(minute), 'contactOpen'));
  for (const minute of [15 * 60, 16 * 60]) messages.push(says('front', at(minute), 'contactOpen'));
  const stillFromMs = firstMidnightMs + number * dayMs + stillFromMin * minuteMs;
  return messages.filter((message) => message.at < stillFromMs).sort((a, b) => a.at - b.at);
}

test('a home of rows of activations and nothing else: still from ten in the morning, people hear by half past two', async () => {
  const alerts: { atMs: number; type: string; severity: string }[] = [];
  const tell = (atMs: number, { type, severity, state }: Alert): void => {
    if (state === 'open' && type !== 'deviceOffline') alerts.push({ atMs, type, severity });
  };
  const session = await Replay.open(smallTown(2, { devices }), 'Asia/Shanghai', tell);
  const quiet = Array.from({ length: learningDays }, (_, number) => day(number)).flat();
  for (const { at, topic, payload } of quiet) await session.message(at, topic, payload);
  expect(alerts).toEqual([]);

  const last = day(learningDays, 10 * 60);
  const stillSinceMs = firstMidnightMs + learningDays * dayMs + 10 * 60 * minuteMs;
  for (const { at, topic, payload } of last) await session.message(at, topic, payload);
  await session.message(stillSinceMs + 6 * 60 * minuteMs, 'v1/devices/lounge/telemetry', '{"motion":true}');
  await session.close();
  expect(session.refused.size).toBe(0);
  expect(alerts[0]).toMatchObject({ type: 'inactivity', severity: 'P3' });
  expect(alerts[0]?.atMs).toBeLessThanOrEqual(stillSinceMs + 4.5 * 60 * minuteMs);
});
