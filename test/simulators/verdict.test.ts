import { expect, test } from 'vitest';
import type { AlertType } from '../../model/alert.ts';
import type { Emergency } from '../../simulators/scenarios/scenario.ts';
import { formatSimulationReport } from '../../simulators/simulation/report.ts';
import { compare, isAsScripted, type Observation, observed } from '../../simulators/simulation/verdict.ts';
import { alertView } from './support/alert.ts';

const startMs = 1_763_700_000_000;

function happened(kind: AlertType, atS: number, residentId = 'chen'): Emergency {
  return { id: `${kind}:${residentId}`, residentId, kind, atMs: startMs + atS * 1000, expectWithinS: 5 };
}

function seen(type: AlertType, atS: number, residentId = 'chen', alertId = `${type}-1`): Observation {
  const atMs = startMs + atS * 1000;
  return { alertId, residentId, type, atMs, openedAtMs: atMs };
}

test('a press that was told within its time is detected, and how soon is said', () => {
  const comparison = compare([happened('sos', 3)], [seen('sos', 3.2)], startMs);
  expect(comparison.verdicts).toMatchObject([{ outcome: 'detected', afterMs: 200, alertId: 'sos-1' }]);
  expect(comparison.falseAlarms).toEqual([]);
  expect(isAsScripted(comparison)).toBe(true);
});

const failures = [
  { name: 'never told', observations: [], outcome: 'missed' },
  { name: 'told too late', observations: [seen('sos', 9)], outcome: 'late' },
  { name: 'told of somebody else', observations: [seen('sos', 3.1, 'lin')], outcome: 'missed' },
  { name: 'told as something else', observations: [seen('fall', 3.1)], outcome: 'missed' },
  { name: 'told before it happened', observations: [seen('sos', 1)], outcome: 'missed' },
] as const;

for (const { name, observations, outcome } of failures) {
  test(`an emergency ${name} is ${outcome}, and the run has failed`, () => {
    const comparison = compare([happened('sos', 3)], observations, startMs);
    expect(comparison.verdicts).toMatchObject([{ outcome }]);
    expect(isAsScripted(comparison)).toBe(false);
  });
}

test('an SOS on an empty battery are two emergencies, each told for itself', () => {
  const both = [happened('sos', 3), happened('batteryLow', 3)];
  expect(compare(both, [seen('sos', 3.1)], startMs).verdicts.map(({ outcome }) => outcome)).toEqual([
    'detected',
    'missed',
  ]);
});

test('the first time counts, in whatever order it was heard', () => {
  const comparison = compare([happened('sos', 3)], [seen('sos', 4), seen('sos', 3.5)], startMs);
  expect(comparison.verdicts).toMatchObject([{ afterMs: 500 }]);
});

test('a smoke alert where nothing burned is a false alarm, once however often it was repeated', () => {
  const comparison = compare([], [seen('smoke', 5), seen('smoke', 6), seen('smoke', 7)], startMs);
  expect(comparison.falseAlarms).toEqual([seen('smoke', 5)]);
});

test('alerts from before the start are not this run’s false alarms', () => {
  expect(compare([], [{ ...seen('smoke', 5), openedAtMs: startMs - 60_000 }], startMs).falseAlarms).toEqual([]);
});

test('an alert of several facts is seen as each of them', () => {
  const alert = alertView({ id: 'a', type: 'sos', types: ['fall', 'sos'], residentId: 'chen' });
  expect(observed(alert, startMs).map(({ type }) => type)).toEqual(['fall', 'sos']);
});

test('the printed report names who was missed and what was false', () => {
  const comparison = compare(
    [happened('sos', 3), happened('fall', 9)],
    [seen('sos', 3.2), seen('smoke', 4, 'lin')],
    startMs,
  );
  const messages = { sent: 10, acknowledged: 9, failed: 1 };
  const text = formatSimulationReport(
    { ...comparison, scenario: 'demo', elapsedS: 20, devices: 2, messages, exitCode: 1 },
    startMs,
    (id) => (id === 'chen' ? '陈秀英' : id),
  );
  expect(text).toMatch(/sos +陈秀英 +\+3\.0 s +0\.200 s +detected/);
  expect(text).toMatch(/fall +陈秀英 +\+9\.0 s +- +missed/);
  expect(text).toContain('false alarms: 1\n  smoke lin');
});
