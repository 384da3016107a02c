import { type ActionRequest, type Alert, familyOfType, type Signal } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import { withoutMentions } from '../model/mentions.ts';
import type { Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import { areaOfSubject } from '../model/scope.ts';
import type { AlertChange, RecordStore } from '../store/contracts.ts';
import { noSuchAlert, requireMayAct } from './access.ts';
import { applyAction } from './actions.ts';
import { Announcer } from './announcer.ts';
import {
  type AnswerAction,
  type Answered,
  type AnswerWay,
  answererOf,
  requestOf,
  requireUnanswered,
} from './answering.ts';
import { decidedByTime } from './by-time.ts';
import type { AlertDesk, AlertListener, ChannelList } from './contracts.ts';
import type { Decision } from './decision.ts';
import { waitingNoLaterThan } from './escalation.ts';
import { Gathering } from './gathering.ts';
import { Ledger } from './ledger.ts';
import { applySignal } from './life-cycle.ts';
import type { Log } from './log.ts';
import { NextWords } from './next-words.ts';
import { type AlertNote, noted } from './notes.ts';
import { OpenAlerts } from './open-alerts.ts';
import { Outbox } from './outbox.ts';
import type { Surroundings } from './policy/recipients.ts';
import { policyOf } from './policy/select.ts';
import { planTelling } from './telling.ts';
import { Turns } from './turns.ts';
import { Undelivered } from './undelivered.ts';
import { visitOf } from './visit.ts';

export type DeskParts = {
  readonly records: RecordStore;
  readonly directory: Directory;
  readonly channels: ChannelList;
  readonly clock: () => number;
  readonly log: Log;
  /** IANA name: rosters and quiet hours. */
  readonly timeZone: string;
  /** In 0..1; spreads retries. */
  readonly random?: () => number;
  /** How often the desk looks at its deadlines by itself; 0: never, then `tick` is called from outside. */
  readonly tickEveryMs?: number;
};

const defaultTickMs = 500;
/** Signals in one transaction: a long replay lets others have their turn. */
const signalsAtOnce = 1000;
/** The first of a thousand calls for help is told before the last one is stored. */
const urgentAtOnce = 100;

/** The one place where alerts change. Everything in order, everything stored before it is told. */
export function createDesk(parts: DeskParts): AlertDesk {
  return new Desk(parts);
}

/** What became of some signals: changes not stored yet, and signals nothing could be made of. */
type Applied = { readonly storing: readonly Promise<void>[]; readonly broken: readonly string[] };

class Desk implements AlertDesk {
  readonly #parts: DeskParts;
  readonly #open = new OpenAlerts();
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #announcer: Announcer;
  readonly #undelivered: Undelivered;
  readonly #turns = new Turns();
  readonly #nextWords: NextWords;
  /** Signals that come in while others are being stored go into the next transaction together. */
  readonly #urgent: Gathering<Signal, Applied>;
  readonly #others: Gathering<Signal, Applied>;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#ledger = new Ledger(parts.records, parts.log);
    this.#outbox = new Outbox({
      channels: parts.channels,
      records: parts.records,
      alertOf: (id) => this.#open.get(id) ?? parts.records.alert(id),
      onFailed: (failed) => this.#undelivered.moveOn(failed),
      onHindered: (hindered) => this.#undelivered.fallOver(hindered),
      clock: parts.clock,
      random: parts.random ?? Math.random,
      log: parts.log,
    });
    this.#nextWords = new NextWords(parts.directory, parts.timeZone);
    this.#announcer = new Announcer(this.#ledger, this.#outbox, parts.log);
    this.#undelivered = new Undelivered({
      ...parts,
      turns: this.#turns,
      openAlert: (id) => this.#open.get(id),
      find: (id) => this.#outbox.find(id),
      remembered: (decision, nowMs) => this.#remembered(this.#changeOf(decision, nowMs)),
      write: (change, nowMs) => this.#announcer.write([change], nowMs),
    });
    const work = (signals: readonly Signal[]) => this.#applySome(signals);
    this.#urgent = new Gathering({ work, atOnce: urgentAtOnce, inTurn: (job) => this.#turns.take(job, true) });
    this.#others = new Gathering({ work, atOnce: signalsAtOnce, inTurn: (job) => this.#turns.take(job) });
  }

  async start(): Promise<void> {
    await this.#turns.take(async () => {
      for (const alert of await this.#parts.records.openAlerts()) this.#open.put(alert);
      await this.#outbox.load();
    });
    await this.tick(this.#parts.clock());
    const everyMs = this.#parts.tickEveryMs ?? defaultTickMs;
    if (everyMs > 0) this.#timer = setInterval(() => this.#tickByItself(), everyMs).unref();
  }

  async apply(signals: readonly Signal[]): Promise<void> {
    // A P1 does not wait for a storm of lesser signals that came before it.
    const urgent = signals.filter(({ severity }) => severity === 'P1');
    const others = urgent.length === 0 ? signals : signals.filter(({ severity }) => severity !== 'P1');
    const parts = (await Promise.all([this.#urgent.add(urgent), this.#others.add(others)])).flat();
    await Promise.all(parts.flatMap(({ storing }) => storing));
    const own = new Set(signals.map(({ id }) => id));
    const broken = parts.flatMap((part) => part.broken.filter((id) => own.has(id)));
    if (broken.length > 0) throw new Error(`signals that could not be applied: ${broken.slice(0, 10).join(', ')}`);
  }

  note(alertId: string, note: AlertNote, user: User, nowMs: number): Promise<Alert> {
    return this.#turns.take(async () => {
      const alert = await this.#alertOf(alertId);
      requireMayAct(this.#parts.directory, alert, { action: 'acknowledge' }, user);
      return this.#storeAction([this.#changeOf(noted(alert, note, user, nowMs), nowMs)]);
    });
  }

  async #alertOf(alertId: string): Promise<Alert> {
    const alert = await this.#alert(alertId);
    if (alert === undefined) throw noSuchAlert(alertId);
    return alert;
  }

  act(alertId: string, request: ActionRequest, user: User, nowMs: number): Promise<Alert> {
    return this.#turns.take(async () => {
      const alert = await this.#alertOf(alertId);
      requireMayAct(this.#parts.directory, alert, request, user);
      this.#requireOnlyOpen(alert, request);
      return this.#acted(alert, request, user, nowMs);
    });
  }

  /** What is done about one alert of a home is done about the others on the way. */
  async #acted(alert: Alert, request: ActionRequest, user: User, nowMs: number): Promise<Alert> {
    const decision = applyAction(alert, request, user, nowMs);
    if (decision === undefined) return alert;
    const visit = visitOf(alert, this.#othersOf(alert), request, user, nowMs);
    return this.#storeAction([decision, ...visit].map((one) => this.#changeOf(one, nowMs)));
  }

  notification(id: string): Promise<Notification | undefined> {
    return this.#outbox.find(id);
  }

  answer(notificationId: string, action: AnswerAction, way: AnswerWay, nowMs: number): Promise<Answered> {
    return this.#turns.take(async () => {
      const notification = await this.#outbox.find(notificationId);
      const alert = notification && (await this.#alert(notification.alertId));
      if (notification === undefined || alert === undefined) throw new AppError('notFound', 'there is no such message');
      requireUnanswered(notification, nowMs);
      const user = answererOf(this.#parts.directory, alert, notification.recipientId);
      const answered = await this.#acted(alert, requestOf(action, notification, way), user, nowMs);
      // After the action: an answer that could not be stored can be given again.
      await this.#outbox.news(notification.id, 'acknowledged');
      return { alert: answered, by: user };
    }, true);
  }

  async received(notificationId: string, state: 'delivered' | 'read' | 'failed', reason?: string): Promise<void> {
    await this.#outbox.news(notificationId, state, reason);
  }

  async notTaken(notificationId: string, reason: string, againAfterMs: number): Promise<void> {
    const notification = await this.#outbox.find(notificationId);
    const alert = notification && (await this.#alert(notification.alertId));
    if (alert?.state === 'open') await this.#outbox.again(notificationId, reason, againAfterMs);
    else await this.#outbox.news(notificationId, 'failed', reason);
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
    const escalated = this.#turns.take(async () => {
      await this.#announcer.retry(nowMs);
      await this.#announcer.write(this.#escalations(nowMs), nowMs);
    }, true);
    await Promise.all([this.#outbox.tick(nowMs), escalated]); // retries do not wait for what is being stored
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

  // ---- signals ----

  async #applySome(signals: readonly Signal[]): Promise<Applied> {
    const nowMs = this.#parts.clock();
    const seen = await this.#appliedBefore(signals);
    const changes: AlertChange[] = [];
    const withoutEffect: string[] = [];
    const storing: Promise<void>[] = [];
    const broken: string[] = [];
    for (const signal of signals) {
      if (seen.has(signal.id)) continue;
      seen.add(signal.id);
      const decided = this.#announcer.storing(signal.id); // told from memory already
      const change = decided ?? this.#changeBy(signal, nowMs);
      if (change === undefined) withoutEffect.push(signal.id);
      else if (change === 'broken') broken.push(signal.id);
      else if (change instanceof Promise) storing.push(change);
      else changes.push(change);
    }
    // These first: were they applied again after a crash, they would meet alerts that opened after them.
    await this.#markWithoutEffect(withoutEffect);
    return { storing: [...storing, ...(await this.#announcer.write(changes, nowMs))], broken };
  }

  async #appliedBefore(signals: readonly Signal[]): Promise<Set<string>> {
    try {
      return new Set(await this.#parts.records.appliedSignals(signals.map(({ id }) => id)));
    } catch (error) {
      // Nobody is left untold because the records cannot be read: at worst a fact is counted twice.
      this.#parts.log.error({ count: signals.length, error: String(error) }, 'applied signals could not be read');
      return new Set();
    }
  }

  async #markWithoutEffect(signalIds: readonly string[]): Promise<void> {
    if (signalIds.length === 0) return;
    await this.#parts.records.markApplied(signalIds).catch((error) => {
      this.#parts.log.error(
        { count: signalIds.length, error: String(error) },
        'signals could not be marked as applied',
      );
    });
  }

  /**
   * What a signal changes, in memory already. One that breaks harms only itself, and stays in the outbox of whoever gave
   * it. A call for help that would join an alert nobody can read opens one of its own.
   */
  #changeBy(signal: Signal, nowMs: number): AlertChange | 'broken' | undefined {
    const current = this.#open.find(signal.subjectId, familyOfType[signal.type]);
    const isCall = signal.effect === 'raise' && signal.severity === 'P1';
    for (const joins of current !== undefined && isCall ? [current, undefined] : [current]) {
      try {
        return this.#changeOn(joins, signal, nowMs);
      } catch (error) {
        const facts = { signalId: signal.id, type: signal.type, alertId: joins?.id, error: String(error) };
        this.#parts.log.error(facts, 'a signal could not be applied');
      }
    }
    return 'broken';
  }

  #changeOn(current: Alert | undefined, signal: Signal, nowMs: number): AlertChange | undefined {
    const { residents } = this.#parts.directory;
    const areaId = areaOfSubject(signal.subjectId) ?? residents.get(signal.subjectId)?.areaId ?? '';
    const decision = applySignal(current, signal, { nowMs, areaId });
    return decision && this.#remembered({ ...this.#changeOf(decision, nowMs), signalId: signal.id });
  }

  // ---- deadlines ----

  #escalations(nowMs: number): AlertChange[] {
    const changes: AlertChange[] = [];
    for (const alert of this.#nextWords.due(this.#open.values(), nowMs, this.#parts.log)) {
      try {
        changes.push(...this.#overdue(alert, nowMs));
      } catch (error) {
        this.#parts.log.error({ alertId: alert.id, error: String(error) }, 'an alert could not be escalated');
      }
    }
    return changes;
  }

  #overdue(alert: Alert, nowMs: number): AlertChange[] {
    const around = this.#around(nowMs);
    const waiting = waitingNoLaterThan(alert, policyOf(around.directory, alert), nowMs);
    if (waiting !== alert) this.#open.put(waiting);
    const decision = decidedByTime(waiting, around);
    return decision === undefined ? [] : [this.#remembered(this.#changeOf(decision, nowMs))];
  }

  #around(nowMs: number): Surroundings {
    const { directory, timeZone } = this.#parts;
    return { directory, timeZone, nowMs };
  }

  // ---- actions ----

  #othersOf({ id, residentId }: Alert): Alert[] {
    return [...this.#open.values()].filter((other) => other.residentId === residentId && other.id !== id);
  }

  /** The first is what was acted on; all or nothing. */
  async #storeAction(changes: readonly AlertChange[]): Promise<Alert> {
    const { alert } = changes[0]!; // there is always what was acted on
    const isBehind = () => changes.some((change) => this.#ledger.isBehind(change.alert.id));
    if (isBehind()) await this.#announcer.retry(this.#parts.clock(), true);
    if (isBehind()) throw notStored();
    await this.#parts.records.applyAlerts(changes).catch((error) => {
      this.#parts.log.error({ alertId: alert.id, error: String(error) }, 'an action could not be stored');
      throw notStored();
    });
    for (const change of changes) this.#open.put(change.alert);
    this.#announcer.tell(changes);
    return alert;
  }

  #requireOnlyOpen(alert: Alert, { action }: ActionRequest): void {
    const other = this.#open.find(alert.residentId, alert.family);
    if (action !== 'reopen' || other === undefined || other.id === alert.id) return;
    throw new AppError('conflict', `alert ${alert.id} cannot be opened again: ${other.id} is open for the same reason`);
  }

  // ---- all of them ----

  #changeOf(decision: Decision, nowMs: number): AlertChange {
    const { directory } = this.#parts;
    const { alert, entries, notifications } = planTelling(decision, this.#around(nowMs));
    return { alert, areaPath: directory.areaPath(alert.areaId), entries, notifications };
  }

  #remembered(change: AlertChange): AlertChange {
    this.#open.put(change.alert);
    return change;
  }
}

function notStored(): AppError {
  return new AppError('unavailable', 'the records cannot be written at the moment; nothing was changed, try again');
}
