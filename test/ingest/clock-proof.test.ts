import { expect, test } from 'vitest';
import { Intake } from '../../ingest/intake.ts';
import type { Reading } from '../../model/reading.ts';
import { band, bytes, directoryOf } from './door.ts';

const mondayMs = Date.UTC(2026, 2, 9, 8, 0);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A band and the service, which hears it say these objects at these times. */
function heard(...messages: readonly { readonly atMs: number; readonly payload: unknown }[]): Reading[] {
  const readings: Reading[] = [];
  const intake = new Intake({
    directory: directoryOf(band),
    take: (taken, done) => {
      readings.push(...taken.readings);
      done();
    },
  });
  for (const { atMs, payload } of messages) {
    const arrival = { senderId: band.id, topic: `v1/devices/${band.id}/telemetry`, payload: bytes(payload) };
    intake.accept({ ...arrival, receivedAtMs: atMs }, () => undefined);
  }
  return readings;
}

const press = (t: number) => ({ t, event: 'sos' });
const beat = (t: number) => ({ t, batteryPct: 80 });
const provenPress = (readings: readonly Reading[]) =>
  readings.filter(({ facts }) => facts.events?.includes('sos')).map(({ clockProven }) => clockProven === true);

const wednesdayMs = mondayMs + 2 * dayMs;

test('a buffer of two days, emptied in one message with the present at its end, is believed', () => {
  const before = { atMs: mondayMs, payload: beat(mondayMs) };
  const buffer = [press(mondayMs + hourMs), beat(mondayMs + 5 * hourMs), beat(wednesdayMs)];
  expect(provenPress(heard(before, { atMs: wednesdayMs, payload: buffer }))).toEqual([true]);
});

test('so is a press that follows the first word of the same connection', () => {
  const readings = heard(
    { atMs: mondayMs, payload: beat(mondayMs) },
    { atMs: wednesdayMs, payload: beat(wednesdayMs) },
    { atMs: wednesdayMs + 3000, payload: press(mondayMs + hourMs) },
  );
  expect(provenPress(readings)).toEqual([true]);
});

const doubtful = [
  {
    name: 'of a device nobody heard before (or since our restart)',
    messages: [[press(mondayMs + hourMs), beat(wednesdayMs)]],
  },
  { name: 'alone: nothing says that the clock is right now', messages: [beat(mondayMs), press(mondayMs + hourMs)] },
  {
    name: 'from a date before its last right word: a clock that lost its power',
    messages: [beat(mondayMs), [press(Date.UTC(2020, 0, 1)), beat(wednesdayMs)]],
  },
  {
    name: 'from last week, when it was heard this Monday',
    messages: [beat(mondayMs), [press(mondayMs - 5 * dayMs), beat(wednesdayMs)]],
  },
  {
    name: 'of a device that never fell silent',
    messages: [beat(mondayMs), [press(mondayMs + hourMs), press(wednesdayMs - hourMs)]],
  },
];
for (const { name, messages } of doubtful) {
  test(`an emergency: a press ${name}`, () => {
    const all = messages.map((payload, i) => ({ atMs: i === messages.length - 1 ? wednesdayMs : mondayMs, payload }));
    expect(provenPress(heard(...all))).not.toContain(true);
  });
}

test('twenty minutes old is news, however right the clock', () => {
  const before = { atMs: mondayMs, payload: beat(mondayMs) };
  const buffer = [press(wednesdayMs - 20 * 60_000), beat(wednesdayMs)];
  expect(provenPress(heard(before, { atMs: wednesdayMs, payload: buffer }))).toEqual([false]);
});
