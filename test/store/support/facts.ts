import type { Alert, Signal, TimelineEntry } from '../../../model/alert.ts';
import type { Notification } from '../../../model/notification.ts';
import type { Reading } from '../../../model/reading.ts';
import type { AlertChange, CommitBatch, Quarantined } from '../../../store/contracts.ts';

export const noon = Date.UTC(2025, 5, 1, 12);
export const minute = 60_000;
export const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

export function reading(over: Partial<Reading> = {}): Reading {
  const takenAtMs = over.takenAtMs ?? noon;
  return {
    id: `band-1:${takenAtMs}`,
    deviceId: 'band-1',
    kind: 'wristband',
    subjectId: 'r-1',
    lane: 'telemetry',
    takenAtMs,
    receivedAtMs: takenAtMs + 250,
    late: false,
    facts: { heartRateBpm: 72 },
    ...over,
  };
}

export function signal(over: Partial<Signal> = {}): Signal {
  return {
    id: 'sos:band-1:1',
    effect: 'raise',
    type: 'sos',
    severity: 'P1',
    subjectId: 'r-1',
    deviceId: 'band-1',
    atMs: noon,
    receivedAtMs: noon + 250,
    late: false,
    suspected: false,
    summary: { zh: '求助', en: 'called for help' },
    evidence: { button: 'front' },
    ...over,
  };
}

export function refused(over: Partial<Quarantined> = {}): Quarantined {
  return {
    deviceId: 'band-1',
    topic: 'v1/devices/band-1/telemetry',
    receivedAtMs: noon,
    reason: 'notJson',
    detail: 'expected an object',
    payloadHead: 'e29vcHM=',
    payloadBytes: 5,
    ...over,
  };
}

export function batch(over: Partial<CommitBatch> = {}): CommitBatch {
  return { readings: [], states: new Map(), signals: [], quarantined: [], ...over };
}

export function alert(over: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    family: 'help',
    type: 'sos',
    types: ['sos'],
    severity: 'P1',
    state: 'open',
    residentId: 'r-1',
    areaId: 'grid-1',
    deviceIds: ['band-1'],
    openedAtMs: noon,
    updatedAtMs: noon,
    late: false,
    suspected: false,
    count: 1,
    summary: { zh: '求助', en: 'called for help' },
    evidence: {},
    revision: 1,
    ...over,
  };
}

export function entry(over: Partial<TimelineEntry> = {}): TimelineEntry {
  return { alertId: 'alert-1', atMs: noon, what: 'raised', who: 'service', ...over };
}

export function notification(over: Partial<Notification> = {}): Notification {
  return {
    id: 'alert-1:opened:mei:webhook',
    alertId: 'alert-1',
    recipientId: 'mei',
    recipientName: 'Mei',
    channel: 'webhook',
    address: 'https://example.org/hook',
    severity: 'P1',
    reason: 'opened',
    queuedAtMs: noon,
    state: 'queued',
    attempts: 0,
    nextAttemptAtMs: noon,
    ...over,
  };
}

export function change(over: Partial<AlertChange> = {}): AlertChange {
  return { alert: alert(), areaPath: ['city', 'street', 'grid-1'], entries: [], notifications: [], ...over };
}
