import { setImmediate } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { AlertDesk } from '../../../alerts/contracts.ts';
import { type HandOverCard, handOverCard } from '../../../alerts/hand-over.ts';
import type { ActionName, ActionRequest, Alert, AlertType, Signal } from '../../../model/alert.ts';
import type { SayRequest } from '../../../model/by-hand.ts';
import type { Directory } from '../../../model/directory.ts';
import { AppError } from '../../../model/errors.ts';
import { localTime } from '../../../model/local-time.ts';
import type { ChannelKind, User } from '../../../model/people.ts';
import type { RecordStore } from '../../../store/contracts.ts';
import { raise } from '../../alerts/support/night.ts';
import { Attempts } from './attempts.ts';
import { Life } from './life.ts';
import type { Mood, Providers } from './providers.ts';
import { removeRecordsFile } from './records-file.ts';
import { callbackSecret, openRunning, type Running } from './running.ts';
import type { WallClock } from './wall-clock.ts';

/** As the calendar has it. */
const gapsEveryMs = 600_000;

export type NightParts = {
  readonly providers: Providers;
  readonly directory: Directory;
  readonly wall: WallClock;
  readonly clock: { nowMs: number };
  readonly file: string;
  readonly timeZone: string;
};

/** The service during one story: the real desk, channels and records; time stands still until it is moved. */
export class Night {
  readonly providers: Providers;
  readonly directory: Directory;
  readonly wall: WallClock;
  readonly logged: string[] = [];
  readonly #parts: NightParts;
  readonly #attempts: Attempts;
  readonly #deaf = new Set<string>();
  #life = new Life();
  #running!: Running;

  constructor(parts: NightParts) {
    this.#parts = parts;
    this.providers = parts.providers;
    this.directory = parts.directory;
    this.wall = parts.wall;
    this.#attempts = new Attempts(parts);
  }

  // ---- the service ----

  /** `life`: when it ends by itself. */
  async start(life = new Life()): Promise<void> {
    this.#life = life;
    const listens = (username: string) => !this.#deaf.has(username);
    const hear = (line: string) => void this.logged.push(line);
    this.#running = await openRunning({ ...this.#parts, attempts: this.#attempts, listens, hear }, life);
    await Promise.race([this.desk.start(), life.over]);
    await this.#settled();
  }

  /** Killed at this moment; started again at `clock`, on the same records. `meanwhile` looks at those. */
  async killedUntil(clock: string, meanwhile = async () => {}, life = new Life()): Promise<void> {
    if (!this.#life.isOver) this.#life.end();
    await meanwhile();
    await this.records.close();
    this.#parts.clock.nowMs = this.wall.ms(clock);
    await this.start(life);
  }

  async kill(): Promise<void> {
    if (!this.#life.isOver) this.#life.end();
    await this.records.close();
  }

  /** It was killed by its life's end. */
  get isKilled(): boolean {
    return this.#life.isOver;
  }

  get points(): number {
    return this.#life.points;
  }

  /** Everything that was handed to a provider, ever. */
  get attempts(): Attempts {
    return this.#attempts;
  }

  async end(): Promise<void> {
    await this.kill();
    removeRecordsFile(this.#parts.file);
  }

  // ---- time ----

  get nowMs(): number {
    return this.#parts.clock.nowMs;
  }

  /** Second by second, as the service lives it; more than three hours minute by minute. */
  async moveTo(clock: string): Promise<void> {
    const untilMs = this.wall.ms(clock);
    if (untilMs < this.nowMs) throw new Error(`it is ${this.wall.words(this.nowMs)} already`);
    const stepMs = untilMs - this.nowMs > 3 * 3_600_000 ? 60_000 : 1000;
    while (this.nowMs < untilMs && !this.#life.isOver) {
      this.#parts.clock.nowMs = Math.min(untilMs, this.nowMs + stepMs);
      vi.advanceTimersByTime(stepMs);
      await this.#doing(this.#step());
    }
  }

  /** At once, as a clock does that was not looked at; for stories that name each moment of theirs. */
  async jumpTo(clock: string): Promise<void> {
    const sinceMs = this.nowMs;
    this.#parts.clock.nowMs = this.wall.ms(clock);
    vi.advanceTimersByTime(this.nowMs - sinceMs);
    await this.#doing(this.#step());
  }

  async #step(): Promise<void> {
    const before = this.#activity();
    await this.desk.tick(this.nowMs);
    const { minute } = localTime(this.#parts.timeZone, this.nowMs);
    if (minute === 9 * 60) await this.desk.digest(this.nowMs);
    if (this.nowMs % gapsEveryMs === 0) await this.#running.gaps.look(this.nowMs);
    await setImmediate();
    if (this.#activity() !== before) await this.#settled();
  }

  /** What anybody does now, with all it causes; nothing comes back from a service that dies meanwhile. */
  async #doing<T>(work: Promise<T>): Promise<T | undefined> {
    work.catch(() => undefined);
    const done = await Promise.race([work, this.#life.over.then(() => undefined)]);
    await this.#settled();
    return done;
  }

  /** Until nothing more happens by itself; what waits for a provider that hangs is left alone. */
  async #settled(): Promise<void> {
    for (let quiet = 0; quiet < 2 && !this.#life.isOver; ) {
      const before = this.#activity();
      await Promise.race([this.desk.tick(this.nowMs), this.#life.over]);
      await setImmediate();
      while (this.#attempts.underWay > 0 && !this.#life.isOver) await setImmediate();
      quiet = this.#activity() === before ? quiet + 1 : 0;
    }
  }

  #activity(): number {
    return this.#life.points + this.#attempts.ended;
  }

  // ---- what happens ----

  /** A rule says something about Mrs Wang: her SOS, unless told otherwise. */
  raises(type: AlertType = 'sos', changes: Partial<Signal> = {}): Promise<unknown> {
    return this.applies(this.signal(type, changes));
  }

  clears(type: AlertType, changes: Partial<Signal> = {}): Promise<unknown> {
    const signal = this.signal(type, changes);
    return this.applies({ ...signal, id: `${signal.id}:clear`, effect: 'clear' });
  }

  signal(type: AlertType, changes: Partial<Signal> = {}): Signal {
    const atMs = this.nowMs;
    const id = `${type}:${changes.subjectId ?? 'wang'}:${changes.deviceId ?? 'band'}:${atMs}`;
    return raise('00:00', { type, atMs, receivedAtMs: atMs, id, ...changes });
  }

  applies(...signals: Signal[]): Promise<unknown> {
    return this.#doing(this.desk.apply(signals));
  }

  /** Somebody acts, on the only alert that is open or on the one of a type. */
  async does(
    who: string,
    action: ActionName,
    more: Partial<ActionRequest> & { on?: AlertType } = {},
  ): Promise<unknown> {
    const { on, ...request } = more;
    return this.#doing(this.desk.act(this.alert(on).id, { action, ...request }, this.user(who), this.nowMs));
  }

  /** What somebody says of Mrs Wang themselves. */
  says(who: string, request: SayRequest): Promise<unknown> {
    const said = { residentId: 'wang', request, lastFix: undefined };
    return this.#doing(this.desk.say(said, this.user(who), this.nowMs));
  }

  /** As `does`, by a message of their app to the broker. */
  publishes(who: string, request: object): Promise<unknown> {
    const principal = { kind: 'person', id: who, user: this.user(who) } as const;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const done = (error?: Error) => (error ? reject(error) : resolve());
    this.#running.host.act(principal, `v1/actions/${this.alert().id}`, Buffer.from(JSON.stringify(request)), done);
    return this.#doing(promise);
  }

  notes(who: string, alertId: string, note: Parameters<AlertDesk['note']>[1]): Promise<unknown> {
    return this.#doing(this.desk.note(alertId, note, this.user(who), this.nowMs));
  }

  /** The link somebody was sent last, `acknowledge` or `claim`. */
  linkOf(kind: ChannelKind, who: string, action: 'acknowledge' | 'claim'): string {
    const letter = action === 'acknowledge' ? 'a' : 'c';
    const links = this.providers
      .textsOf(kind, who)
      .map((text) => new RegExp(`/a/(${letter}[\\w-]{48})`).exec(text)?.[1]);
    const token = links.find((one) => one !== undefined);
    if (token === undefined) throw new Error(`${who} got no link to ${action} by ${kind}`);
    return token;
  }

  /** Opening shows how things stand and changes nothing; pressing answers. */
  async opens(link: string): Promise<string> {
    return (await this.#running.door.look(link))?.state ?? 'unknown';
  }

  async presses(link: string): Promise<string> {
    return (await this.#doing(this.#running.door.answer(link)))?.state ?? 'unknown';
  }

  /** Aliyun reports on the last text message or call to somebody. */
  reports(kind: 'sms' | 'voice', who: string, report: object): Promise<unknown> {
    const [last] = this.providers.received.filter((one) => one.kind === kind && one.who === who).reverse();
    return this.#doing(this.#running.door.report(kind, callbackSecret, [{ ...report, out_id: last?.id }]));
  }

  mood(kind: ChannelKind, who: string, mood: Mood | string | undefined): void {
    this.providers.mood(kind, who, mood);
  }

  /** Page and app of a user are closed, or open again. */
  isAway(who: string, away = true): void {
    if (away) this.#deaf.add(who);
    else this.#deaf.delete(who);
  }

  writes(change: Parameters<Directory['apply']>[0]): void {
    this.directory.apply(change);
  }

  looksForGaps(): Promise<unknown> {
    return this.#doing(this.#running.gaps.look(this.nowMs));
  }

  // ---- how things are ----

  get desk(): AlertDesk {
    return this.#running.desk;
  }

  get records(): RecordStore {
    return this.#running.records;
  }

  user(who: string): User {
    const user = this.directory.users.get(who);
    if (user === undefined) throw new Error(`there is no user ${who}`);
    return user;
  }

  /** The only open alert, or the one of a type. */
  alert(type?: AlertType): Alert {
    const found = this.desk.open().filter((one) => type === undefined || one.type === type);
    const [alert, ...others] = found;
    if (alert === undefined || others.length > 0) throw new AppError('conflict', `${found.length} alerts are open`);
    return alert;
  }

  /** What somebody reads out to 110, 119 or 120. */
  card(): HandOverCard {
    const alert = this.alert();
    const resident = this.directory.residents.get(alert.residentId);
    if (resident === undefined) throw new Error(`nobody lives under ${alert.residentId}`);
    return handOverCard(alert, resident, this.nowMs);
  }

  async timeline(alertId = this.alert().id): Promise<string[]> {
    const lines = await this.records.timeline(alertId);
    return lines.map(({ atMs, what, who }) => `${this.wall.words(atMs)} ${what} ${who}`);
  }

  /** `daughter by sms: delivered` */
  async states(alertId = this.alert().id): Promise<string[]> {
    const sent = await this.records.notificationsOf(alertId);
    return sent.map(({ recipientId, channel, state }) => `${recipientId} by ${channel}: ${state}`).sort();
  }

  /**
   * Everything that was sent since the last time it was asked for: `02:10 daughter by sms+webPush: P1 sos`, with what
   * became of it behind, when it did not get through. In any order; nothing may be missing and nothing be there besides.
   */
  told(...lines: string[]): void {
    expect(this.#attempts.take()).toEqual(lines.sort());
    expect(this.providers.faults).toEqual([]);
  }
}
