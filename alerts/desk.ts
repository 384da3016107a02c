import { setImmediate } from 'node:timers/promises';
import type { ActionRequest, Alert, Signal } from '../model/alert.ts';
import type { Said } from '../model/by-hand.ts';
import type { Directory } from '../model/directory.ts';
import { withoutMentions } from '../model/mentions.ts';
import type { Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import type { AlertChange, RecordStore } from '../store/contracts.ts';
import { ActionDesk } from './action-desk.ts';
import { Announcer } from './announcer.ts';
import { AnswerDesk } from './answer-desk.ts';
import type { AnswerAction, Answered, AnswerWay } from './answering.ts';
import { HandDesk, type SaidAlert } from './by-hand/hand-desk.ts';
import type { AlertDesk, AlertListener, ChannelList } from './contracts.ts';
import { Deadlines } from './deadlines.ts';
import type { Decision } from './decision.ts';
import type { Whereabouts } from './duty/whereabouts.ts';
import { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { AlertNote } from './notes.ts';
import { OpenAlerts } from './open-alerts.ts';
import { Outbox } from './outbox.ts';
import type { Surroundings } from './policy/recipients.ts';
import { type Report, reportChange } from './report.ts';
import { SignalDesk } from './signal-desk.ts';
import { hushed, Silences } from './silences.ts';
import { digestDueMs, digested } from './storm/digest.ts';
import { rememberEnds } from './storm/ends.ts';
import { type Ruling, rulingOn } from './storm/ruling.ts';
import { planTelling } from './telling.ts';
import { Turns } from './turns.ts';
import { Undelivered } from './undelivered.ts';

export type DeskParts = {
  readonly records: RecordStore;
  readonly directory: Directory;
  readonly channels: ChannelList;
  readonly clock: () => number;
  readonly log: Log;
  /** IANA name: rosters and quiet hours. */
  readonly timeZone: string;
  /** Where responders are: the nearest are asked first. */
  readonly whereabouts?: Pick<Whereabouts, 'of'>;
  /** In 0..1; spreads retries. */
  readonly random?: () => number;
  /** How often the desk looks at its deadlines by itself; 0: never, then `tick` is called from outside. */
  readonly tickEveryMs?: number;
};

const defaultTickMs = 500;
/** Decided and stored before others have their turn: some ten milliseconds. */
const changesAtOnce = 100;

/** The one place where alerts change. Everything in order, everything stored before it is told. */
export function createDesk(parts: DeskParts): AlertDesk {
  return new Desk(parts);
}

class Desk implements AlertDesk {
  readonly #parts: DeskParts;
  readonly #open = new OpenAlerts();
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #announcer: Announcer;
  readonly #undelivered: Undelivered;
  readonly #turns = new Turns();
  readonly #deadlines: Deadlines;
  readonly #signals: SignalDesk;
  readonly #actions: ActionDesk;
  readonly #hand: HandDesk;
  readonly #answers: AnswerDesk;
  readonly #silences: Silences;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#ledger = new Ledger(parts.records, parts.log);
    this.#outbox = new Outbox({
      channels: parts.channels,
      records: parts.records,
      alertOf: (id) => this.#open.get(id) ?? parts.records.alert(id),
      ruling: (notification) => this.#rulingOn(notification),
      onFailed: (failed) => this.#undelivered.moveOn(failed),
      onHindered: (hindered) => this.#undelivered.fallOver(hindered),
      clock: parts.clock,
      random: parts.random ?? Math.random,
      log: parts.log,
    });
    this.#announcer = new Announcer(this.#ledger, this.#outbox, parts.log);
    this.#undelivered = new Undelivered({
      ...parts,
      turns: this.#turns,
      openAlert: (id) => this.#open.get(id),
      find: (id) => this.#outbox.find(id),
      remembered: (decision, nowMs) => this.#remembered(decision, nowMs),
      write: (change, nowMs) => this.#announcer.write([change], nowMs),
    });
    this.#actions = new ActionDesk({
      ...parts,
      open: this.#open,
      ledger: this.#ledger,
      announcer: this.#announcer,
      alert: (id) => this.#alert(id),
      changeOf: (decision, nowMs) => this.#changeOf(decision, nowMs),
    });
    this.#answers = new AnswerDesk({
      directory: parts.directory,
      outbox: this.#outbox,
      alert: (id) => this.#alert(id),
      messagesOf: (alertId) => parts.records.notificationsOf(alertId),
      decided: (...asked) => this.#actions.decided(...asked),
      store: (decisions, answered, nowMs) => this.#actions.store(decisions, nowMs, answered),
    });
    this.#silences = new Silences(parts.directory);
    this.#deadlines = new Deadlines({
      ...parts,
      open: this.#open,
      silences: this.#silences,
      around: (nowMs) => this.#around(nowMs),
      remembered: (decision, nowMs) => this.#remembered(decision, nowMs),
    });
    this.#signals = new SignalDesk({
      ...parts,
      open: this.#open,
      silences: this.#silences,
      announcer: this.#announcer,
      turns: this.#turns,
      changeOf: (decision, nowMs) => this.#changeOf(decision, nowMs),
    });
    this.#hand = new HandDesk({
      ...parts,
      open: this.#open,
      silences: this.#silences,
      announcer: this.#announcer,
      signals: this.#signals,
      changeOf: (decision, nowMs) => this.#changeOf(decision, nowMs),
    });
  }

  async start(): Promise<void> {
    await this.#turns.take(async () => {
      for (const alert of await this.#parts.records.openAlerts()) this.#open.put(alert);
      await rememberEnds(this.#parts.records, this.#open, this.#parts.clock());
      await this.#outbox.load();
    });
    await this.tick(this.#parts.clock());
    await this.digest(this.#parts.clock());
    const everyMs = this.#parts.tickEveryMs ?? defaultTickMs;
    if (everyMs > 0) this.#timer = setInterval(() => this.#tickByItself(), everyMs).unref();
    await this.#undelivered.catchUp(this.#open.sorted());
  }

  apply(signals: readonly Signal[]): Promise<void> {
    return this.#signals.apply(signals);
  }

  say(said: Said, user: User, nowMs: number): Promise<SaidAlert> {
    return this.#turns.take(() => this.#hand.say(said, user, nowMs), true);
  }

  note(alertId: string, note: AlertNote, user: User, nowMs: number, first?: () => Promise<void>): Promise<Alert> {
    return this.#turns.take(() => this.#actions.note(alertId, note, user, nowMs, first));
  }

  act(alertId: string, request: ActionRequest, user: User, nowMs: number): Promise<Alert> {
    return this.#turns.take(() => this.#actions.act(alertId, request, user, nowMs));
  }

  notification(id: string): Promise<Notification | undefined> {
    return this.#outbox.find(id);
  }

  answer(notificationId: string, action: AnswerAction, way: AnswerWay, nowMs: number): Promise<Answered> {
    return this.#turns.take(() => this.#answers.answer(notificationId, action, way, nowMs), true);
  }

  received(notificationId: string, state: 'delivered' | 'read' | 'failed', reason?: string): Promise<void> {
    return this.#answers.received(notificationId, state, reason);
  }

  read(alertId: string, user: User): Promise<void> {
    return this.#answers.read(alertId, user);
  }

  notTaken(notificationId: string, reason: string, againAfterMs: number): Promise<void> {
    return this.#answers.notTaken(notificationId, reason, againAfterMs);
  }

  async #alert(id: string): Promise<Alert | undefined> {
    return this.#open.get(id) ?? (await this.#parts.records.alert(id));
  }

  open(): readonly Alert[] {
    return this.#open.sorted();
  }

  forgetResident(residentId: string): void {
    for (const alert of [...this.#open.values()]) {
      const kept = withoutMentions(alert, residentId);
      if (kept !== alert) this.#open.put(kept);
    }
  }

  onChange(listener: AlertListener): void {
    this.#announcer.listen(listener);
  }

  async tick(nowMs: number): Promise<void> {
    await Promise.all([this.#outbox.tick(nowMs), this.#escalate(nowMs)]); // retries do not wait for what is being stored
  }

  /** Some at a time: thousands may be due at one moment, and a call for help has its turn in between. */
  async #escalate(nowMs: number): Promise<void> {
    await this.#turns.take(() => this.#announcer.retry(nowMs), true);
    for (let left = this.#open.size; left >= 0; left -= changesAtOnce) {
      const count = await this.#turns.take(async () => {
        const changes = this.#deadlines.due(nowMs, changesAtOnce);
        await this.#announcer.write(changes, nowMs);
        return changes.length;
      }, true);
      if (count < changesAtOnce) return;
      await setImmediate();
    }
  }

  /** What waits for attention without hurry, once a morning. Some at a time; the messages together, one for each recipient. */
  async digest(nowMs: number): Promise<void> {
    const dueMs = digestDueMs(this.#parts.timeZone, nowMs);
    if (dueMs === undefined) return;
    const waiting = [...this.#open.values()].filter((alert) => digested(alert, dueMs, nowMs) !== undefined);
    const messages: Notification[] = [];
    for (let from = 0; from < waiting.length; from += changesAtOnce) {
      const some = waiting.slice(from, from + changesAtOnce);
      messages.push(...(await this.#turns.take(() => this.#digestSome(some, dueMs, nowMs))));
      await setImmediate();
    }
    this.#announcer.send(messages);
  }

  /** As they are by now. */
  #digestSome(some: readonly Alert[], dueMs: number, nowMs: number): Promise<readonly Notification[]> {
    const now = some.flatMap(({ id }) => this.#open.get(id) ?? []);
    const decisions = now.flatMap((alert) => digested(alert, dueMs, nowMs) ?? []);
    const changes = decisions.map((decision) => this.#remembered(decision, nowMs));
    return this.#announcer.writeOnly(changes, nowMs);
  }

  report(report: Report, nowMs: number): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#announcer.storing(report.id) !== undefined) return;
      if ((await this.#parts.records.appliedSignals([report.id])).size > 0) return;
      await this.#announcer.write([reportChange(report, this.#around(nowMs))], nowMs);
    });
  }

  #rulingOn(notification: Notification): Ruling {
    const alert = this.#open.get(notification.alertId);
    return rulingOn(notification, alert, alert !== undefined && this.#open.hasEmergencyBeside(alert));
  }

  async stop(withinMs: number): Promise<void> {
    clearInterval(this.#timer);
    await this.#turns.take(() => this.#announcer.retry(this.#parts.clock(), true));
    await this.#outbox.stop(withinMs);
    await this.#turns.end();
  }

  #tickByItself(): void {
    this.tick(this.#parts.clock()).catch((error) => {
      this.#parts.log.error({ error: String(error) }, 'the deadlines of the alerts could not be checked');
    });
  }

  #around(nowMs: number): Surroundings {
    const { directory, timeZone, whereabouts } = this.#parts;
    return { directory, timeZone, nowMs, ...(whereabouts && { whereabouts }) };
  }

  #changeOf(decided: Decision, nowMs: number): AlertChange {
    const { directory } = this.#parts;
    const decision = this.#whereSheLives(decided);
    const silence = decision.tell === undefined ? undefined : this.#silences.over(decision.alert, nowMs);
    const { alert, entries, notifications } = planTelling(hushed(decision, silence, nowMs), this.#around(nowMs));
    return { alert, areaPath: directory.areaPath(alert.areaId), entries, notifications };
  }

  /** She may have moved meanwhile: whoever looks after her now can see the alert, and is told. */
  #whereSheLives(decision: Decision): Decision {
    const { alert } = decision;
    const { areaId = alert.areaId } = this.#parts.directory.residents.get(alert.residentId) ?? {};
    return areaId === alert.areaId ? decision : { ...decision, alert: { ...alert, areaId } };
  }

  #remembered(decision: Decision, nowMs: number): AlertChange {
    const change = this.#changeOf(decision, nowMs);
    this.#open.put(change.alert);
    return change;
  }
}
