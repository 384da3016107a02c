import type { Alert } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Dispatch, OnDuty, OnTheWay, Sighting } from '../../model/dispatch.ts';
import { handlingOf } from '../decision.ts';
import { leaseEndsAtMs } from '../lease.ts';
import { respondersAround } from '../policy/recipients.ts';
import { approachOf, nearestFirst } from './nearby.ts';
import type { Whereabouts } from './whereabouts.ts';

/** Who could go, and who goes. */
export class Responders {
  readonly #directory: Directory;
  readonly #timeZone: string;
  readonly #whereabouts: Whereabouts;

  /** `timeZone`: the community's, IANA name. */
  constructor(directory: Directory, timeZone: string, whereabouts: Whereabouts) {
    this.#directory = directory;
    this.#timeZone = timeZone;
    this.#whereabouts = whereabouts;
  }

  isAt(userId: string, sighting: Sighting): void {
    this.#whereabouts.put(userId, sighting);
  }

  /** They no longer say where they are. */
  left(userId: string): void {
    this.#whereabouts.forget(userId);
  }

  /** Responders on duty around an alert, nearest first, as the next offer would ask them. */
  around(alert: Alert, nowMs: number): readonly OnDuty[] {
    const around = { directory: this.#directory, timeZone: this.#timeZone, nowMs };
    return nearestFirst(respondersAround(alert, around), alert, this.#field(nowMs)).map((user) => {
      const sighting = this.#whereabouts.of(user.id, nowMs);
      return { user, ...(sighting && { sighting }), ...this.#approach(user.id, alert, nowMs) };
    });
  }

  dispatchOf(alert: Alert, nowMs: number): Dispatch {
    const { offer } = handlingOf(alert);
    const { assignee, state } = alert;
    if (state === 'resolved') return {};
    const leaseMs = leaseEndsAtMs(alert);
    const onTheWay = (userId: string): OnTheWay => ({ userId, ...this.#approach(userId, alert, nowMs) });
    return {
      ...(offer && { offer: { untilMs: offer.untilMs, to: offer.userIds.map(onTheWay) } }),
      ...(assignee !== undefined && { assignee: state === 'arrived' ? { userId: assignee } : onTheWay(assignee) }),
      ...(leaseMs !== undefined && { leaseEndsAtMs: leaseMs }),
    };
  }

  #approach(userId: string, alert: Alert, nowMs: number): Pick<OnTheWay, 'approach'> {
    const approach = approachOf(userId, alert, this.#field(nowMs));
    return approach === undefined ? {} : { approach };
  }

  #field(nowMs: number) {
    return { residents: this.#directory.residents, whereabouts: this.#whereabouts, nowMs };
  }
}
