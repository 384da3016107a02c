import type { Alert, TimelineEntry } from '../../model/alert.ts';
import type { Notification } from '../../model/notification.ts';

/** What the figures need of one message. */
type Delivery = Pick<Notification, 'channel' | 'state'>;

/** What became of one alert, read from its time line. Times are epoch ms. */
export type Story = {
  readonly alert: Alert;
  /** When it became an emergency; undefined when it never was one. */
  readonly urgentAtMs: number | undefined;
  /** When a person first answered; for an emergency, after it became one. */
  readonly answeredAtMs: number | undefined;
  readonly setOutAtMs: number | undefined;
  readonly arrivedAtMs: number | undefined;
  /** When a person closed it; undefined when it ended by itself. */
  readonly closedAtMs: number | undefined;
  readonly calledBack: boolean;
  readonly notifications: readonly Delivery[];
};

const answers: ReadonlySet<string> = new Set(['claim', 'acknowledge', 'assign', 'enRoute', 'arrive', 'resolve']);

/** @param entries in the order in which they were written */
export function storyOf(
  alert: Alert,
  entries: readonly TimelineEntry[],
  notifications: readonly Notification[],
): Story {
  const byPeople = entries.filter(({ who }) => who !== 'service');
  const urgentAtMs = entries.find(({ detail }) => detail?.severity === 'P1')?.atMs;
  const sinceMs = urgentAtMs ?? alert.openedAtMs;
  const first = (...whats: readonly string[]): number | undefined =>
    byPeople.find(({ what, atMs }) => whats.includes(what) && atMs >= sinceMs)?.atMs;
  return {
    alert,
    urgentAtMs,
    answeredAtMs: byPeople.find(({ what, atMs }) => answers.has(what) && atMs >= sinceMs)?.atMs,
    setOutAtMs: first('enRoute', 'arrive'),
    arrivedAtMs: first('arrive'),
    closedAtMs: byPeople.findLast(({ what }) => what === 'resolve')?.atMs,
    calledBack: byPeople.some(({ what }) => what === 'calledBack'),
    notifications: notifications.map(({ channel, state }) => ({ channel, state })),
  };
}
