import { expect, test } from 'vitest';
import { Book } from '../../../app/evaluate/book.ts';
import type { AlertType, Severity, Signal } from '../../../model/alert.ts';

const minuteMs = 60_000;

function said(
  minute: number,
  effect: Signal['effect'],
  type: AlertType = 'zoneExit',
  severity: Severity = 'P2',
): Signal {
  const atMs = minute * minuteMs;
  return {
    id: `${type}:${minute}:${effect}`,
    effect,
    type,
    severity,
    subjectId: 'wang',
    deviceId: 'band',
    atMs,
    receivedAtMs: atMs,
    late: false,
    suspected: true,
    summary: { zh: '', en: '' },
    evidence: {},
  };
}

function newsOf(...signals: Signal[]): string[] {
  const book = new Book();
  for (const signal of signals) book.apply(signal);
  return book.raises.filter(({ isNews }) => isNews).map(({ type, atMs }) => `${atMs / minuteMs} ${type}`);
}

test('an excursion told every ten minutes is one alert', () => {
  expect(newsOf(said(0, 'raise'), said(10, 'raise'), said(20, 'raise'))).toEqual(['0 zoneExit']);
});

test('she came back and left again: two', () => {
  expect(newsOf(said(0, 'raise'), said(10, 'clear'), said(20, 'raise'))).toEqual(['0 zoneExit', '20 zoneExit']);
});

test('a call after a fall is news in the same alert; the second press is not', () => {
  const news = newsOf(said(0, 'raise', 'fall'), said(1, 'raise', 'sos', 'P1'), said(2, 'raise', 'sos', 'P1'));
  expect(news).toEqual(['0 fall', '1 sos']);
});

test('somebody has closed what was not heard of for an hour: said again it is news', () => {
  expect(newsOf(said(0, 'raise', 'sos', 'P1'), said(61, 'raise', 'sos', 'P1'))).toEqual(['0 sos', '61 sos']);
});

test('a clear without an alert is nothing', () => {
  expect(newsOf(said(0, 'clear'))).toEqual([]);
});
