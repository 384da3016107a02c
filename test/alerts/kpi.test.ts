import { expect, test } from 'vitest';
import { kpi } from '../../alerts/kpi.ts';
import { applySignal } from '../../alerts/life-cycle.ts';
import { headline, mailText } from '../../alerts/wording.ts';
import { type Alert, AlertType, Severity, viewOfAlert } from '../../model/alert.ts';
import { at, raise } from './support/night.ts';

function alert(clock: string, changes: Partial<Alert> = {}): Alert {
  const opened = applySignal(undefined, raise(clock), { nowMs: at(clock), areaId: 'street' })!.alert; // a raise opens
  return { ...opened, ...changes };
}

test('a night in numbers', () => {
  const night = [
    alert('02:10', { acknowledgedAtMs: at('02:10:30'), resolvedAtMs: at('02:40'), state: 'resolved' }),
    alert('02:20', { acknowledgedAtMs: at('02:22'), handling: { active: [], steps: [], arrivedAtMs: at('02:30') } }),
    alert('02:30', { type: 'smoke', acknowledgedAtMs: at('02:40') }),
    alert('02:40'),
    alert('03:00', { type: 'batteryLow', severity: 'P4', outcome: 'recovered', resolvedAtMs: at('03:01') }),
    alert('04:00'),
  ];
  expect(kpi(night, { fromMs: at('02:10'), toMs: at('04:00') })).toEqual({
    total: 5,
    byType: { sos: 3, smoke: 1, batteryLow: 1 },
    bySeverity: { P1: 4, P2: 0, P3: 0, P4: 1, P5: 0 },
    p1: { count: 4, acknowledgedWithin60s: 0.25, acknowledgedWithin180s: 0.5 },
    medianMs: { acknowledge: 120_000, arrive: 600_000, resolve: 1_800_000 },
  });
});

test('a quiet night has no shares and no medians', () => {
  expect(kpi([], { fromMs: at('02:00'), toMs: at('03:00') })).toEqual({
    total: 0,
    byType: {},
    bySeverity: { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0 },
    p1: { count: 0, acknowledgedWithin60s: undefined, acknowledgedWithin180s: undefined },
    medianMs: { acknowledge: undefined, arrive: undefined, resolve: undefined },
  });
});

test('every type and severity has words in both languages', () => {
  for (const type of AlertType.options) {
    for (const severity of Severity.options) {
      const { zh, en } = headline(viewOfAlert(alert('02:10', { type, severity })));
      expect(zh).toMatch(/^\[P\d \p{Script=Han}+\] \p{Script=Han}+$/u);
      expect(en).toMatch(/^\[P\d [a-z]+\] [A-Z][a-z ]+$/);
    }
  }
});

test('what came late says so', () => {
  const { text } = mailText({
    alert: viewOfAlert(alert('02:10', { late: true })),
    notification: {},
    timeZone: 'Asia/Shanghai',
  });
  expect(text).toContain('注意：该信息延迟到达。');
  expect(text).toContain('Note: this information arrived late.');
});
