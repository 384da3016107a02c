import type { ServerResponse } from 'node:http';
import type { Alert, AlertView } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import { namedViewOf, withAssigneeName } from '../model/named-alert.ts';
import type { Reading } from '../model/reading.ts';
import { audienceOf, maySeeSubject } from '../model/scope.ts';
import type { Session } from '../store/contracts.ts';
import {
  type DeviceChange,
  deviceData,
  EventRing,
  positionData,
  type StreamEvent,
  streamEvent,
} from './stream-events.ts';

/** Alerts that can be sent again to somebody who was away. They have a ring of their own: no flood of positions pushes one out. */
const alertsKept = 2_000;
/** Positions and device changes kept; one that was lost is made up for by the next. */
const positionsKept = 1_000;
/** Unsent bytes at which a reader is too slow and dropped; it comes back with its Last-Event-ID. */
const unsentBytesAtMost = 1_048_576;
const streamsPerUser = 50;
const streamsAtMost = 5_000;

type Watcher = {
  readonly session: Session;
  readonly response: ServerResponse;
  /** Unsent bytes that are still fine: more than usual while it is sent what it missed. */
  allowedBytes: number;
};

export type HubParts = {
  readonly directory: Directory;
  /** Open alerts, gravest first. */
  openAlerts(): readonly Alert[];
  /** Is the session still running? */
  isOpen(session: Session): boolean;
  /** Start of this run, epoch ms: event ids of an earlier run are known to be too old. */
  readonly startedAtMs: number;
};

/** Everybody who watches the event stream, each told what is in their scope. */
export class StreamHub {
  readonly #parts: HubParts;
  readonly #run: string;
  readonly #watchers = new Set<Watcher>();
  readonly #alerts = new EventRing(alertsKept);
  readonly #positions = new EventRing(positionsKept);
  #sequence = 0;
  /** Readers dropped because they did not keep up. */
  dropped = 0;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#run = parts.startedAtMs.toString(36);
  }

  get size(): number {
    return this.#watchers.size;
  }

  alertChanged(alert: Alert): void {
    this.#tell(this.#alerts, 'alert', alert.residentId, () => namedViewOf(alert, this.#parts.directory));
  }

  /** Writes an alert to every stream of one user; resolves with whether a connection took it. */
  async show(username: string, alert: AlertView): Promise<boolean> {
    const theirs = [...this.#watchers].filter((watcher) => {
      const user = this.#userOf(watcher);
      return user?.username === username && maySeeSubject(this.#parts.directory, user, alert.residentId);
    });
    const text = streamEvent('alert', this.#run, this.#sequence, alert.residentId, () =>
      withAssigneeName(alert, this.#parts.directory),
    ).text();
    const taken = await Promise.all(theirs.map((watcher) => this.#isTaken(watcher, text)));
    return taken.includes(true);
  }

  /** A committed reading whose position is the newest known. */
  positionChanged(reading: Reading): void {
    this.#tell(this.#positions, 'position', reading.subjectId, () => positionData(reading));
  }

  deviceChanged(change: DeviceChange): void {
    const device = this.#parts.directory.devices.get(change.deviceId);
    if (device === undefined) return;
    const subjectId = device.residentId ?? `~${device.id}`;
    this.#tell(this.#positions, 'device', subjectId, () => deviceData(device, change));
  }

  /** Starts telling; first what was missed since `lastEventId`. The response's head is already written. */
  watch(session: Session, response: ServerResponse, lastEventId: string | undefined): void {
    const watcher = { session, response, allowedBytes: Number.POSITIVE_INFINITY };
    response.on('close', () => this.#watchers.delete(watcher));
    response.on('error', () => this.#watchers.delete(watcher));
    this.#watchers.add(watcher);
    response.write(': welcome\n\n');
    if (lastEventId !== undefined) this.#catchUp(watcher, lastEventId);
    watcher.allowedBytes = response.writableLength + unsentBytesAtMost;
    response.on('drain', () => {
      watcher.allowedBytes = unsentBytesAtMost;
    });
  }

  /** Throws AppError `tooMany` when this user or everybody together watches too much. */
  requireRoom(userId: string): void {
    let own = 0;
    for (const watcher of this.#watchers) if (watcher.session.userId === userId) own += 1;
    if (own >= streamsPerUser) throw new AppError('tooMany', `At most ${streamsPerUser} streams for one user.`);
    if (this.#watchers.size >= streamsAtMost) throw new AppError('unavailable', 'No room for another stream.');
  }

  /** A sign of life for everybody; ends the streams whose session is over. */
  beat(): void {
    for (const watcher of this.#watchers) {
      if (this.#userOf(watcher) === undefined) this.#drop(watcher);
      else this.#send(watcher, ': still here\n\n');
    }
  }

  /** Whoever comes back is told nothing of this subject any more. */
  forget(subjectId: string): void {
    this.#alerts.forget(subjectId);
    this.#positions.forget(subjectId);
  }

  close(): void {
    for (const { response } of this.#watchers) response.end();
    this.#watchers.clear();
  }

  #tell(ring: EventRing, name: 'alert' | 'position' | 'device', subjectId: string, data: () => object): void {
    this.#sequence += 1;
    const event = streamEvent(name, this.#run, this.#sequence, subjectId, data);
    ring.push(event);
    if (this.#watchers.size === 0) return;
    const mayKnow = audienceOf(this.#parts.directory, subjectId);
    for (const watcher of this.#watchers) {
      const user = this.#userOf(watcher);
      if (user === undefined) this.#drop(watcher);
      else if (mayKnow(user)) this.#send(watcher, event.text());
    }
  }

  #catchUp(watcher: Watcher, lastEventId: string): void {
    const [run, number] = lastEventId.split('-');
    const sequence = run === this.#run ? Number.parseInt(number ?? '', 10) : Number.NaN;
    const isKept = sequence >= this.#alerts.lostUpTo && sequence <= this.#sequence;
    if (isKept) this.#sendMissed(watcher, sequence);
    else this.#startOver(watcher);
  }

  #sendMissed(watcher: Watcher, sequence: number): void {
    const missed = [...this.#alerts.after(sequence), ...this.#positions.after(sequence)];
    for (const event of missed.sort((a, b) => a.sequence - b.sequence)) this.#sendIfMay(watcher, event);
  }

  /** Too much happened since: `reset` says to forget what was known, then come all open alerts. */
  #startOver(watcher: Watcher): void {
    this.#send(watcher, `event: reset\nid: ${this.#run}-${this.#sequence}\ndata: {}\n\n`);
    for (const alert of this.#parts.openAlerts()) {
      const data = () => namedViewOf(alert, this.#parts.directory);
      this.#sendIfMay(watcher, streamEvent('alert', this.#run, this.#sequence, alert.residentId, data));
    }
  }

  #sendIfMay(watcher: Watcher, event: StreamEvent): void {
    const user = this.#userOf(watcher);
    if (user && maySeeSubject(this.#parts.directory, user, event.subjectId)) this.#send(watcher, event.text());
  }

  /** Asked anew each time: role and scope may change while somebody watches. */
  #userOf({ session }: Watcher) {
    return this.#parts.isOpen(session) ? this.#parts.directory.users.get(session.userId) : undefined;
  }

  /** Does the connection take it? One that breaks, or is dropped as too slow, does not. */
  #isTaken(watcher: Watcher, text: string): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#send(watcher, text, (error) => resolve(!error));
    return promise;
  }

  #send(watcher: Watcher, text: string, taken?: (error?: Error | null) => void): void {
    watcher.response.write(text, taken);
    if (watcher.response.writableLength <= watcher.allowedBytes) return;
    this.dropped += 1;
    this.#drop(watcher);
  }

  #drop(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    watcher.response.destroy();
  }
}
