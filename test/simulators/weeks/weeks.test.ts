import { describe, expect, test } from 'vitest';
import { castOf } from '../../../simulators/weeks/cast.ts';
import { firstDayMs, type Message, Weeks } from '../../../simulators/weeks/weeks.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const options = { seed: 'harbour', residents: 30, days: 5 };

function lived(): { messages: Message[]; weeks: Weeks } {
  const weeks = new Weeks(options);
  return { messages: [...weeks.messages()], weeks };
}
const { messages, weeks } = lived();

describe('a community lives its weeks', () => {
  test('the same seed tells the same story, word for word', () => {
    const again = lived();
    expect(again.messages).toEqual(messages);
    expect(again.weeks.truths()).toEqual(weeks.truths());
  });

  test('messages come in order of arrival, within the weeks', () => {
    const times = messages.map(({ arrivesAtMs }) => arrivesAtMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(firstDayMs);
    expect(times.at(-1)).toBeLessThan(weeks.endMs);
  });

  test('the device mix holds to the device', () => {
    const kinds = Map.groupBy(
      castOf('mix', 200).flatMap(({ devices }) => [...devices.values()]),
      ({ kind }) => kind,
    );
    expect(kinds.get('wristband')).toHaveLength(80);
    expect(kinds.get('callButton')).toHaveLength(140);
    expect(kinds.get('motionSensor')).toHaveLength(240);
    expect(kinds.get('doorSensor')).toHaveLength(120);
    expect(kinds.get('smokeDetector')).toHaveLength(180);
  });

  test('some messages are sent twice, with the same number and the same words', () => {
    const known = Map.groupBy(
      messages.filter(({ payload }) => payload.seq !== undefined),
      ({ deviceId, payload }) => `${deviceId} ${payload.seq}`,
    );
    const twice = [...known.values()].filter((copies) => copies.length > 1);
    expect(twice.length / known.size).toBeCloseTo(0.01, 2);
    for (const [first, second] of twice) expect(second?.payload).toEqual(first?.payload);
  });

  test('what a band could not send arrives late and all at once; a hub keeps nothing', () => {
    const late = messages.filter(({ arrivesAtMs, payload: { t } }) => {
      // Not those whose clock is wrong.
      return typeof t === 'number' && t > firstDayMs - hourMs && arrivesAtMs - t > 15 * minuteMs;
    });
    expect(late.length).toBeGreaterThan(0);
    expect(late.filter(({ deviceId }) => /-(living|bedroom|door|hub)$/.test(deviceId))).toEqual([]);
  });

  test('a collapsed person makes no sensor move, but the cat does', () => {
    const people = new Map(weeks.community.residents.map((resident) => [resident.id, resident]));
    const lying = weeks.truths().filter(({ what }) => what.startsWith('collapse'));
    for (const { residentId, fromMs, untilMs } of lying.filter((one) => !people.get(one.residentId)?.hasPet)) {
      const moves = messages.filter(
        ({ deviceId, payload, arrivesAtMs }) =>
          deviceId.startsWith(residentId) &&
          payload.motion === true &&
          arrivesAtMs > fromMs + 5 * minuteMs &&
          arrivesAtMs < untilMs - minuteMs,
      );
      expect(moves).toEqual([]);
    }
    expect(lying.length).toBeGreaterThan(0);
  });
});

describe('devices do what they are asked', () => {
  const noon = firstDayMs + 12 * hourMs;

  /** Lives until noon of the first day, gives a command to each device of the kind, and lives an hour more. */
  function asked(device: string, name: 'reportInterval' | 'confirmOk', args: Record<string, number> = {}): Message[] {
    const town = new Weeks(options);
    const after: Message[] = [];
    let isAsked = false;
    for (const message of town.messages()) {
      if (message.arrivesAtMs > noon + hourMs) break;
      if (message.arrivesAtMs < noon) continue;
      if (!isAsked) {
        const ids = town.community.devices.map(({ id }) => id).filter((id) => id.endsWith(device));
        for (const deviceId of ids) town.obey({ id: `c:${deviceId}`, deviceId, name, args }, noon);
      }
      isAsked = true;
      after.push(message);
    }
    return after.filter(({ deviceId }) => deviceId.endsWith(device));
  }

  test('a band that is to report every 30 seconds does', () => {
    const reports = asked('band', 'reportInterval', { everyS: 30 });
    const byBand = Map.groupBy(reports, ({ deviceId }) => deviceId);
    const most = Math.max(...[...byBand.values()].map((some) => some.length));
    expect(most).toBeGreaterThan(100);
    expect(most).toBeLessThan(140);
  });

  test('most people who are at home answer when they are asked whether they are all right', () => {
    const answers = asked('button', 'confirmOk').filter(({ payload }) => payload.event === 'ok');
    expect(answers.length).toBeGreaterThan(8);
    expect(answers.every(({ arrivesAtMs }) => arrivesAtMs < noon + 6 * minuteMs)).toBe(true);
  });
});
