import type { Severity } from '../../model/alert.ts';
import type { Notification } from '../../model/notification.ts';

/** How long a message waits for others that could go with it (what Alertmanager calls `group_wait`): P1 and P2 never do. */
export const gatherMs: Readonly<Record<Severity, number>> = { P1: 0, P2: 0, P3: 30_000, P4: 300_000, P5: 300_000 };
/** Alerts one message may stand for; what is beyond goes with the next. */
const bundledAtMost = 200;

type Bundled = { notification: Notification; inLane: boolean };

/**
 * What can wait and goes to the same recipient at the same endpoint goes together: the name of the bundle. Derived from
 * the notification alone, so a restart gathers the same ones again. Undefined for what never waits.
 */
export function bundleOf({ severity, recipientId, channel, address }: Notification): string | undefined {
  return severity <= 'P2' ? undefined : `${channel} ${address} ${recipientId}`;
}

/** Which waiting messages could go together. */
export class Bundles<One extends Bundled> {
  readonly #byName = new Map<string, Set<One>>();

  add(one: One): void {
    const name = bundleOf(one.notification);
    if (name === undefined) return;
    const members = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, members.add(one));
  }

  remove(one: One): void {
    const name = bundleOf(one.notification);
    const members = name === undefined ? undefined : this.#byName.get(name);
    members?.delete(one);
    if (name !== undefined && members?.size === 0) this.#byName.delete(name);
  }

  /** This one and what may go with it, gravest first, then oldest: the first of them speaks for all. */
  around(one: One): One[] {
    const name = bundleOf(one.notification);
    const members = name === undefined ? [] : [...(this.#byName.get(name) ?? [])];
    const others = members.filter((other) => other !== one && !other.inLane).slice(0, bundledAtMost - 1);
    return [one, ...others].sort((a, b) => inOrder(a.notification, b.notification));
  }
}

function inOrder(a: Notification, b: Notification): number {
  return a.severity.localeCompare(b.severity) || a.queuedAtMs - b.queuedAtMs || a.id.localeCompare(b.id);
}

/** Alerts the others are about, each once, and not the one the first is about. */
export function alsoAbout(first: Notification, others: readonly Notification[]): NonNullable<Notification['also']> {
  const byAlert = new Map(others.map(({ alertId, residentName }) => [alertId, residentName]));
  byAlert.delete(first.alertId);
  return [...byAlert].map(([alertId, residentName]) => ({
    alertId,
    ...(residentName !== undefined && { residentName }),
  }));
}

/** As it is stored: whose alerts they are is in the alerts. */
export function withoutNames(notification: Notification): Notification {
  const { also } = notification;
  return also === undefined ? notification : { ...notification, also: also.map(({ alertId }) => ({ alertId })) };
}
