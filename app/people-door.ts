import type { Api } from '../api/server.ts';
import type { Broker } from '../broker/contracts.ts';
import { userTopic } from '../broker/topics.ts';
import type { Alert, AlertView } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { withAssigneeName } from '../model/named-alert.ts';
import { maySeeSubject } from '../model/scope.ts';
import { alertMessage } from './broker-host.ts';

export type PeopleDoorParts = {
  readonly directory: Directory;
  readonly broker: () => Pick<Broker, 'sendToPeople'>;
  /** Undefined while the service is being built. */
  readonly api: () => Pick<Api, 'alertChanged' | 'show'> | undefined;
};

/** Alerts on their way to the pages and apps of people: to nobody more than they may see. */
export class PeopleDoor {
  readonly #parts: PeopleDoorParts;

  constructor(parts: PeopleDoorParts) {
    this.#parts = parts;
  }

  /** An alert changed: everybody who watches it sees it. */
  changed(alert: Alert): void {
    const { directory, broker, api } = this.#parts;
    api()?.alertChanged(alert);
    broker().sendToPeople(alertMessage(directory, alert), ({ user }) =>
      maySeeSubject(directory, user, alert.residentId),
    );
  }

  /** On the pages a user has open; resolves with whether one took it. */
  async show(username: string, alert: AlertView): Promise<boolean> {
    return (await this.#parts.api()?.show(username, seenBy(this.#parts.directory, username, alert))) ?? false;
  }

  /** To the apps of a user; whether there was one. */
  publish(username: string, alert: AlertView): boolean {
    const { directory, broker } = this.#parts;
    const message = {
      topic: userTopic(username),
      payload: JSON.stringify(withAssigneeName(seenBy(directory, username, alert), directory)),
    };
    const sent = broker().sendToPeople(
      message,
      ({ user }) => user.username === username && maySeeSubject(directory, user, alert.residentId),
    );
    return sent > 0;
  }
}

/** A message may name several residents: of each of them only to whom may see them. */
export function seenBy(directory: Directory, username: string, alert: AlertView): AlertView {
  if (alert.also === undefined) return alert;
  const user = [...directory.users.values()].find((one) => one.username === username);
  const also = alert.also.filter(({ residentId }) => user && maySeeSubject(directory, user, residentId));
  return { ...alert, also };
}
