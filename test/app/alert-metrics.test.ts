import { expect, test } from 'vitest';
import { alertMetrics } from '../../app/alert-metrics.ts';
import type { Alert } from '../../model/alert.ts';

const nowMs = 1_800_000_000_000;
const longest = (open: readonly Partial<Alert>[], severity = 'P1') =>
  alertMetrics(open as readonly Alert[], nowMs).get(`alerts_unanswered_longest_seconds{severity="${severity}"}`);

const press = (ageS: number, extra: Partial<Alert> = {}): Partial<Alert> => ({
  ...{ severity: 'P1', state: 'open', openedAtMs: nowMs - ageS * 1000 },
  ...extra,
});

test('whoever watches the service sees for how long the oldest emergency has waited for anybody', () => {
  expect(longest([press(40), press(200), press(900, { severity: 'P3' })])).toBe(200);
  expect(longest([])).toBe(0);
});

test('one that somebody has in hand does not wait', () => {
  const acknowledged = press(200, { state: 'acknowledged', assignee: 'li' });
  expect(longest([acknowledged, press(300, { state: 'enRoute', assignee: 'wu' })])).toBe(0);
});

test('one that somebody was only sent to still waits for an answer', () => {
  expect(longest([press(200, { assignee: 'li' })])).toBe(200);
});

test('a clock that was set back makes no negative waiting', () => {
  expect(longest([press(-5)])).toBe(0);
});
