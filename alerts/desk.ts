import { type ActionRequest, type Alert, familyOfType, type Signal } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { AppError } from '../model/errors.ts';
import type { Notification } from '../model/notification.ts';
import type { User } from '../model/people.ts';
import type { AlertChange, RecordStore } from '../store/contracts.ts';
import { noSuchAlert, requireMayAct } from './access.ts';
import { applyAction } from './actions.ts';
import { Announcer } from './announcer.ts';
import type { AlertDesk, AlertListener, ChannelList } from './contracts.ts';
import { type Decision, handlingOf } from './decision.ts';
import { escalate, escalationDueAtMs } from './escalation.ts';
import { Ledger } from './ledger.ts';
import { applySignal } from './life-cycle.ts';
import type { Log } from './log.ts';
import { OpenAlerts } from './open-alerts.ts';
import { Outbox } from './outbox.ts';
import { planTelling } from './telling.ts';

export type DeskParts = {
  readonly records: RecordStore;
  readonly directory: Directory;
  readonly channels: ChannelList;
  readonly clock: () => number;
  readonly log: Log;
  /** In 0..1; spreads retries. */
  readonly random?: () => number;
  /** How often the desk looks at its deadlines by itself; 0: never, then `tick` is called from outside. */
  readonly tickEveryMs?: number;
};

const defaultTickMs = 500;
/** Signals in one transaction: a long replay lets others have their turn. */
const signalsAtOnce = 1000;

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
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#ledger = new Ledger(parts.records, parts.log);
    this.#outbox = new Outbox({
      channels: parts.channels,
      records: parts.records,
      alertOf: (id) => this.#open.get(id) ?? parts.records.alert(id),
      onFailed: (failed) => this.#moveOn(failed),
      clock: parts.clock,
      random: parts.random ?? Math.random,
      log: parts.log,
    });
    this.#announcer = new Announcer(this.#ledger, this.#outbox, parts.log);
  }

  async start(): Promise<void> {
    await this.#inOrder(async () => {
      for (const alert of await this.#parts.records.openAlerts()) this.#open.put(alert);
      await this.#outbox.load();
    });
    await this.tick(this.#parts.clock());
    const everyMs = this.#parts.tickEveryMs ?? defaultTickMs;
    if (everyMs > 0) this.#timer = setInterval(() => this.#tickByItself(), everyMs).unref();
  }

  async apply(signals: readonly Signal[]): Promise<void> {
    const jobs: Promise<readonly Promise<void>[]>[] = [];
    for (let from = 0; from < signals.length; from += signalsAtOnce) {
      const some = signals.slice(from, from + signalsAtOnce);
      jobs.push(this.#inOrder(() => this.#applySome(some)));
    }
    await Promise.all((await Promise.all(jobs)).flat());
  }

  act(alertId: string, request: ActionRequest, user: User, nowMs: number): Promise<Alert> {
    return this.#inOrder(async () => {
      const alert = this.#open.get(alertId) ?? (await this.#parts.records.alert(alertId));
      if (alert === undefined) throw noSuchAlert(alertId);
      requireMayAct(this.#parts.directory, alert, request, user);
      this.#requireOnlyOpen(alert, request);
      const decision = applyAction(alert, request, user, nowMs);
      return decision === undefined ? alert : this.#storeAction(this.#changeOf(decision, nowMs));
    });
  }

  open(): readonly Alert[] {
    return this.#open.sorted();
  }

  onChange(listener: AlertListener): void {
    this.#announcer.listen(listener);
  }

  async tick(nowMs: number): Promise<void> {
    const escalated = this.#inOrder(async () => {
      await this.#announcer.retry(nowMs);
      await this.#announcer.write(this.#escalations(nowMs), nowMs);
    });
    await Promise.all([this.#outbox.tick(nowMs), escalated]); // retries do not wait for what is being stored
  }

  async stop(withinMs: number): Promise<void> {
    clearInterval(this.#timer);
    await this.#inOrder(() => this.#announcer.retry(this.#parts.clock(), true));
    await this.#outbox.stop(withinMs);
    await this.#queue;
  }

  /** One change after the other; a failed one does not stop those behind it. */
  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #tickByItself(): void {
    this.tick(this.#parts.clock()).catch((error) => {
      this.#parts.log.error({ error: String(error) }, 'the deadlines of the alerts could not be checked');
    });
  }

  // ---- signals ----

  async #applySome(signals: readonly Signal[]): Promise<readonly Promise<void>[]> {
    const nowMs = this.#parts.clock();
    const seen = await this.#appliedBefore(signals);
    const changes: AlertChange[] = [];
    const withoutEffect: string[] = [];
    for (const signal of signals) {
      if (seen.has(signal.id)) continue;
      seen.add(signal.id);
      const change = this.#changeBy(signal, nowMs);
      if (change) changes.push(change);
      else withoutEffect.push(signal.id);
    }
    // These first: were they applied again after a crash, they would meet alerts that opened after them.
    await this.#markWithoutEffect(withoutEffect);
    return this.#announcer.write(changes, nowMs);
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

  /** What a signal changes, in memory already. A signal that breaks the rules of the house harms only itself. */
  #changeBy(signal: Signal, nowMs: number): AlertChange | undefined {
    try {
      const { directory } = this.#parts;
      const current = this.#open.find(signal.subjectId, familyOfType[signal.type]);
      const areaId = directory.residents.get(signal.subjectId)?.areaId ?? '';
      const decision = applySignal(current, signal, { nowMs, areaId });
      return decision && this.#remembered({ ...this.#changeOf(decision, nowMs), signalId: signal.id });
    } catch (error) {
      this.#parts.log.error(
        { signalId: signal.id, type: signal.type, error: String(error) },
        'a signal was passed over',
      );
      return undefined;
    }
  }

  // ---- deadlines ----

  #escalations(nowMs: number): AlertChange[] {
    const changes: AlertChange[] = [];
    for (const { id } of [...this.#open.values()]) {
      for (let alert = this.#overdue(id, nowMs); alert !== undefined; alert = this.#overdue(id, nowMs)) {
        changes.push(this.#remembered(this.#changeOf(escalate(alert, 'silence', nowMs), nowMs)));
      }
    }
    return changes;
  }

  #overdue(alertId: string, nowMs: number): Alert | undefined {
    const alert = this.#open.get(alertId);
    return alert && (escalationDueAtMs(alert) ?? Number.POSITIVE_INFINITY) <= nowMs ? alert : undefined;
  }

  /** Where nothing reaches the contacts told last, the next one is told at once. */
  #moveOn(failed: readonly Notification[]): void {
    for (const alertId of new Set(failed.map((notification) => notification.alertId))) {
      this.#inOrder(async () => {
        const alert = this.#open.get(alertId);
        if (alert === undefined || !(await this.#reachesNobody(alert))) return;
        const nowMs = this.#parts.clock();
        await this.#announcer.write(
          [this.#remembered(this.#changeOf(escalate(alert, 'undelivered', nowMs), nowMs))],
          nowMs,
        );
      }).catch((error) => {
        this.#parts.log.error({ alertId, error: String(error) }, 'the next contact could not be told early');
      });
    }
  }

  async #reachesNobody(alert: Alert): Promise<boolean> {
    const { steps, waitingSinceMs } = handlingOf(alert);
    const awaited = waitingSinceMs !== undefined || (alert.severity === 'P3' && alert.state === 'open');
    const last = steps.at(-1);
    if (!awaited || last === undefined) return false;
    const sent = await this.#parts.records.notificationsOf(alert.id);
    const toLast = sent.filter(({ recipientId }) => last.includes(recipientId));
    return toLast.length > 0 && toLast.every(({ state }) => state === 'failed');
  }

  // ---- actions ----

  async #storeAction(change: AlertChange): Promise<Alert> {
    const { alert } = change;
    if (this.#ledger.isBehind(alert.id)) await this.#announcer.retry(this.#parts.clock(), true);
    if (this.#ledger.isBehind(alert.id)) throw notStored();
    await this.#parts.records.applyAlerts([change]).catch((error) => {
      this.#parts.log.error({ alertId: alert.id, error: String(error) }, 'an action could not be stored');
      throw notStored();
    });
    this.#open.put(alert);
    this.#announcer.tell([change]);
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
    const contacts = directory.residents.get(decision.alert.residentId)?.contacts ?? [];
    const { alert, entries, notifications } = planTelling(decision, contacts, nowMs);
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
