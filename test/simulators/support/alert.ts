import type { AlertView } from '../../../model/alert.ts';

/** An alert as the service shows it, with what a test cares about. */
export function alertView(given: Partial<AlertView>): AlertView {
  return {
    id: 'alert-1',
    type: 'sos',
    types: ['sos'],
    severity: 'P1',
    state: 'open',
    residentId: 'resident-01',
    areaId: 'grid',
    deviceIds: ['band-1'],
    openedAt: '2026-03-01T08:00:00.000Z',
    updatedAt: '2026-03-01T08:00:00.000Z',
    late: false,
    suspected: false,
    count: 1,
    summary: { zh: '求救', en: 'calls for help' },
    evidence: {},
    revision: 1,
    ...given,
  };
}
