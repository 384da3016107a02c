import { type Alert, familyOfType, type Signal } from '../../model/alert.ts';
import type { Said } from '../../model/by-hand.ts';
import type { Directory } from '../../model/directory.ts';
import { AppError } from '../../model/errors.ts';
import type { User } from '../../model/people.ts';
import type { AlertChange, RecordStore } from '../../store/contracts.ts';
import type { Announcer } from '../announcer.ts';
import type { Decision } from '../decision.ts';
import { alertIdOf } from '../life-cycle.ts';
import type { OpenAlerts } from '../open-alerts.ts';
import type { SignalDesk } from '../signal-desk.ts';
import type { Silences } from '../silences.ts';
import { isSaidAlready, saidAgain } from './again.ts';
import { type Around, sightOf, signalOf } from './signal.ts';

/** An alert as it is after somebody said something by hand; `isNews` when nobody had said it before. */
export type SaidAlert = { readonly alert: Alert; readonly isNews: boolean };

export type HandDeskParts = {
  readonly records: Pick<RecordStore, 'alert' | 'alerts' | 'timeline'>;
  readonly directory: Directory;
  readonly open: OpenAlerts;
  readonly silences: Silences;
  readonly announcer: Announcer;
  readonly signals: Pick<SignalDesk, 'applyInTurn' | 'wasApplied'>;
  readonly changeOf: (decision: Decision, nowMs: number) => AlertChange;
  /** IANA name: how times are told. */
  readonly timeZone: string;
};

/** A report that was answered is looked for among so many alerts of hers. */
const lookedThrough = 20;

/** What people say themselves, from a page or for somebody on the telephone. Everything in the desk's turn. */
export class HandDesk {
  readonly #parts: HandDeskParts;

  constructor(parts: HandDeskParts) {
    this.#parts = parts;
  }

  /**
   * The same report again (its `ref`) is answered with the alert it made. What a person has said already, and is open,
   * is added to. Anything else is a signal like those of rules, and joins what is open of the same kind.
   *
   * @throws AppError `notFound`, `conflict`; `unavailable` when people are told but the records do not have it yet
   */
  async say(said: Said, user: User, nowMs: number): Promise<SaidAlert> {
    const { signals, announcer, open } = this.#parts;
    const around = this.#around(said, user, nowMs);
    const signal = signalOf(said, around);
    if (announcer.storing(signal.id) !== undefined) throw notStoredYet();
    if (await signals.wasApplied(signal.id)) return { alert: await this.#alertOf(signal), isNews: false };
    const current = open.find(said.residentId, familyOfType[signal.type]);
    if (current !== undefined && isSaidAlready(current, signal, this.#isExercise(signal, around), nowMs))
      return { alert: await this.#add(current, signal, said, around), isNews: false };
    const { storing } = await signals.applyInTurn(signal);
    if (storing.length > 0) throw notStoredYet();
    return { alert: open.find(said.residentId, familyOfType[signal.type])!, isNews: true }; // it was just put there
  }

  #around({ residentId }: Said, user: User, nowMs: number): Around {
    const { directory, open, timeZone } = this.#parts;
    const resident = directory.residents.get(residentId);
    if (resident === undefined) throw new AppError('notFound', `There is no ${residentId} among the residents.`);
    return { nowMs, user, resident, open: open.sortedOf(residentId), timeZone };
  }

  #isExercise(signal: Signal, { resident }: Around): boolean {
    return this.#parts.silences.isExercise(signal, resident.areaId);
  }

  async #add(current: Alert, signal: Signal, { request }: Said, around: Around): Promise<Alert> {
    const { announcer, changeOf, open } = this.#parts;
    const decision = saidAgain(current, signal, sightOf(request, around), around.nowMs);
    const change = { ...changeOf(decision, around.nowMs), signalId: signal.id };
    open.put(change.alert);
    const storing = await announcer.write([change], around.nowMs);
    if (storing.length > 0) throw notStoredYet();
    return change.alert;
  }

  /** The alert a report opened, or is a line of. */
  async #alertOf({ id, subjectId, type }: Signal): Promise<Alert> {
    const { records } = this.#parts;
    const opened = await records.alert(alertIdOf(id));
    if (opened !== undefined) return opened;
    const { items } = await records.alerts({ residentIds: [subjectId], types: [type], limit: lookedThrough });
    for (const alert of items) {
      const lines = await records.timeline(alert.id);
      if (lines.some(({ detail }) => detail?.signalId === id)) return alert;
    }
    throw new AppError('conflict', 'This ref belongs to an older report. Take another one.');
  }
}

function notStoredYet(): AppError {
  return new AppError(
    'unavailable',
    'People are being told, but it is not on disk yet. Send the same again in a moment.',
  );
}
