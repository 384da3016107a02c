import { type Alert, familyOfType, type Signal } from '../model/alert.ts';
import type { Directory } from '../model/directory.ts';
import { areaOfSubject } from '../model/scope.ts';
import type { AlertChange, RecordStore } from '../store/contracts.ts';
import type { Announcer } from './announcer.ts';
import type { Decision } from './decision.ts';
import { Gathering } from './gathering.ts';
import { alertIdOf, applySignal, isAnsweredBy } from './life-cycle.ts';
import type { Log } from './log.ts';
import type { OpenAlerts } from './open-alerts.ts';
import type { Silences } from './silences.ts';
import type { Turns } from './turns.ts';

export type SignalDeskParts = {
  readonly records: Pick<RecordStore, 'alert' | 'appliedSignals' | 'markApplied'>;
  readonly directory: Directory;
  readonly open: OpenAlerts;
  readonly silences: Silences;
  readonly announcer: Announcer;
  readonly turns: Turns;
  /** What a decision writes. */
  readonly changeOf: (decision: Decision, nowMs: number) => AlertChange;
  readonly clock: () => number;
  readonly log: Log;
};

/** Signals in one transaction: a long replay lets others have their turn. */
const signalsAtOnce = 1000;
/** The first of a thousand calls for help is told before the last one is stored. */
const urgentAtOnce = 100;

/** What became of some signals: changes not stored yet, and signals nothing could be made of. */
type Applied = { readonly storing: readonly Promise<void>[]; readonly broken: readonly string[] };

/** Makes alerts of signals, each exactly once, in order. */
export class SignalDesk {
  readonly #parts: SignalDeskParts;
  /** Signals that come in while others are being stored go into the next transaction together. */
  readonly #urgent: Gathering<Signal, Applied>;
  readonly #others: Gathering<Signal, Applied>;

  constructor(parts: SignalDeskParts) {
    this.#parts = parts;
    const { turns } = parts;
    const work = (signals: readonly Signal[]) => this.#applySome(signals);
    this.#urgent = new Gathering({ work, atOnce: urgentAtOnce, inTurn: (job) => turns.take(job, true) });
    this.#others = new Gathering({ work, atOnce: signalsAtOnce, inTurn: (job) => turns.take(job) });
  }

  /** Resolves when they are stored. A P1 does not wait for a storm of lesser signals that came before it. */
  async apply(signals: readonly Signal[]): Promise<void> {
    const urgent = signals.filter(({ severity }) => severity === 'P1');
    const others = urgent.length === 0 ? signals : signals.filter(({ severity }) => severity !== 'P1');
    const parts = (await Promise.all([this.#urgent.add(urgent), this.#others.add(others)])).flat();
    await Promise.all(parts.flatMap(({ storing }) => storing));
    const own = new Set(signals.map(({ id }) => id));
    const broken = parts.flatMap((part) => part.broken.filter((id) => own.has(id)));
    if (broken.length > 0) throw new Error(`signals that could not be applied: ${broken.slice(0, 10).join(', ')}`);
  }

  /** One, in the desk's turn the caller has. Throws when nothing can be made of it. */
  async applyInTurn(signal: Signal): Promise<{ readonly storing: readonly Promise<void>[] }> {
    const { storing, broken } = await this.#applySome([signal]);
    if (broken.length > 0) throw new Error(`a signal that could not be applied: ${signal.id}`);
    return { storing };
  }

  async wasApplied(signalId: string): Promise<boolean> {
    return (await this.#appliedBefore([signalId])).has(signalId);
  }

  async #applySome(signals: readonly Signal[]): Promise<Applied> {
    const { announcer, clock } = this.#parts;
    const nowMs = clock();
    const seen = await this.#appliedBefore(signals.map(({ id }) => id));
    const answered = await this.#answeredAmong(signals);
    const changes: AlertChange[] = [];
    const withoutEffect: string[] = [];
    const storing: Promise<void>[] = [];
    const broken: string[] = [];
    for (const signal of signals) {
      if (seen.has(signal.id)) continue;
      seen.add(signal.id);
      const decided = announcer.storing(signal.id); // told from memory already
      const change = decided ?? this.#changeBy(signal, nowMs, answered.has(signal.id));
      if (change === undefined) withoutEffect.push(signal.id);
      else if (change === 'broken') broken.push(signal.id);
      else if (change instanceof Promise) storing.push(change);
      else changes.push(change);
    }
    // These first: were they applied again after a crash, they would meet alerts that opened after them.
    await this.#markWithoutEffect(withoutEffect);
    return { storing: [...storing, ...(await announcer.write(changes, nowMs))], broken };
  }

  async #appliedBefore(signalIds: readonly string[]): Promise<Set<string>> {
    try {
      return new Set(await this.#parts.records.appliedSignals(signalIds));
    } catch (error) {
      // Nobody is left untold because the records cannot be read: at worst a fact is counted twice.
      this.#parts.log.error({ count: signalIds.length, error: String(error) }, 'applied signals could not be read');
      return new Set();
    }
  }

  /** Those that say nobody answered, of what a person has closed meanwhile. In doubt people are told. */
  async #answeredAmong(signals: readonly Signal[]): Promise<Set<string>> {
    const answered = new Set<string>();
    for (const signal of signals) {
      if (signal.unanswered === undefined) continue;
      const alertId = alertIdOf(signal.unanswered.signalId);
      const opened = await this.#parts.records.alert(alertId).catch((error: unknown) => {
        this.#parts.log.error({ alertId, error: String(error) }, 'whether an alert was closed could not be read');
        return undefined;
      });
      if (isAnsweredBy(opened, signal)) answered.add(signal.id);
    }
    return answered;
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
   * it. A call for help that would join an alert nobody can read opens one of its own. What a person answered opens
   * none; it still joins one that is open, for that is of something else.
   */
  #changeBy(signal: Signal, nowMs: number, isAnswered: boolean): AlertChange | 'broken' | undefined {
    const current = this.#parts.open.find(signal.subjectId, familyOfType[signal.type]);
    if (isAnswered && current === undefined) return undefined;
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
    const { directory, silences, open, changeOf } = this.#parts;
    const areaId = areaOfSubject(signal.subjectId) ?? directory.residents.get(signal.subjectId)?.areaId ?? '';
    const exercise = silences.isExercise(signal, areaId);
    const closedBeforeMs = open.endsOf(signal.subjectId, familyOfType[signal.type], nowMs);
    const joins = isInEarnest(signal, exercise) && current?.exercise === true ? undefined : current;
    const decision = applySignal(joins, signal, { nowMs, areaId, exercise, closedBeforeMs });
    if (decision === undefined) return undefined;
    const change = { ...changeOf(decision, nowMs), signalId: signal.id };
    open.put(change.alert);
    return change;
  }
}

/** A real call during a drill is an alert of its own: it joins nothing that people take for a drill. */
function isInEarnest({ effect }: Signal, exercise: boolean): boolean {
  return effect === 'raise' && !exercise;
}
