import { type Alert, type AlertType, type Bilingual, type Evidence, familyOfType } from '../model/alert.ts';
import type { AlertChange } from '../store/contracts.ts';
import { alertIdOf } from './life-cycle.ts';
import { notificationsTo } from './notifications.ts';
import { recipientsById, type Surroundings } from './policy/recipients.ts';

/** Something people are told that nobody has to do anything about. */
export type Report = {
  /** From facts: the same report again is none. */
  readonly id: string;
  readonly type: AlertType;
  /** As of a signal: `@{areaId}/{what}`. */
  readonly subjectId: string;
  readonly areaId: string;
  /** Without names: it is kept when a person is erased. */
  readonly summary: Bilingual;
  readonly evidence: Evidence;
  readonly userIds: readonly string[];
};

/** What a report writes: an alert that is over as it begins, and a message to each user. Nobody is rung up for it. */
export function reportChange(report: Report, around: Surroundings): AlertChange {
  const { directory, nowMs, timeZone } = around;
  const alert = alertOf(report, nowMs);
  const people = recipientsById(alert, report.userIds, around).map((one) => ({
    ...one,
    channels: one.channels.filter(({ kind }) => kind !== 'voice'),
  }));
  const told = people.map((one) => ({
    id: one.id,
    sent: notificationsTo(one, { alert, tell: 'report', nowMs, timeZone, residentName: undefined }),
  }));
  return {
    alert,
    areaPath: directory.areaPath(report.areaId),
    entries: told.map(({ id, sent }) => {
      const detail = { reason: 'report', channels: sent.map(({ channel }) => channel) };
      return { alertId: alert.id, atMs: nowMs, what: 'notified', who: id, detail };
    }),
    notifications: told.flatMap(({ sent }) => sent),
    signalId: report.id,
  };
}

function alertOf({ id, type, subjectId, areaId, summary, evidence }: Report, nowMs: number): Alert {
  return {
    id: alertIdOf(id),
    family: familyOfType[type],
    type,
    types: [type],
    severity: 'P5',
    state: 'resolved',
    residentId: subjectId,
    areaId,
    deviceIds: [],
    openedAtMs: nowMs,
    updatedAtMs: nowMs,
    resolvedAtMs: nowMs,
    late: false,
    suspected: false,
    count: 1,
    summary,
    evidence,
    outcome: 'record',
    revision: 1,
  };
}
