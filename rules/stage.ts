import type { Signal } from '../model/alert.ts';
import type { Command } from '../model/device.ts';
import { Deadlines } from './deadlines.ts';
import { type Effects, joined, none } from './effects.ts';
import type { Deadline, Letter, Note, Outcome } from './rule.ts';
import { opened, sealed } from './sealed.ts';
import { afresh, type Places, placeIn, type RuleTrouble, type StageRule } from './stage-parts.ts';
import { asAwaited, dueAtMsOf, earliestOf, freshSubject, isDeadline, never, putOff, type Subject } from './subject.ts';

/** A rule that keeps asking for a deadline in the past would hang the tick: after so many steps it waits for the next. */
const maxStepsPerDeadline = 8;
const changedATurn = 500;

/**
 * Drives every rule for every subject, in order of arrival, on state in memory. It knows no rule by name, has no clock,
 * touches no disk: what changed is asked for with `stateOf` and written by whoever commits the reading.
 */
export class Stage<Place, Said extends { readonly kind: string; readonly nowMs: number }> {
  readonly #rules: readonly StageRule<Place, Said>[];
  readonly #places: Places<Place>;
  readonly #subjects = new Map<string, Subject<Place>>();
  /** Committed states nobody has needed since the start. */
  readonly #asleep = new Map<string, string>();
  readonly #deadlines = new Deadlines();
  readonly #onTrouble: (trouble: RuleTrouble) => void;
  /** Subjects whose records changed since their deadlines were noted. */
  readonly #changed = new Set<string>();
  #listeningSinceMs: number;
  #placeVersion = 0;

  /** `listeningSinceMs`: when the service started to listen; silence before that was ours, not a device's. */
  constructor(
    rules: readonly StageRule<Place, Said>[],
    places: Places<Place>,
    listeningSinceMs: number,
    onTrouble: (trouble: RuleTrouble) => void = () => undefined,
  ) {
    this.#rules = rules;
    this.#places = places;
    this.#listeningSinceMs = listeningSinceMs;
    this.#onTrouble = onTrouble;
  }

  /** One happening through every rule. */
  run(subjectId: string, input: Said): Effects {
    return this.#run(this.#subject(subjectId), input);
  }

  *subjectIds(): Generator<string> {
    yield* this.#subjects.keys();
    yield* this.#asleep.keys();
  }

  /** What the rules know of a subject, from the records. */
  placeOf(subjectId: string): Place {
    const subject = this.#subjects.get(subjectId);
    return subject === undefined ? this.#known(subjectId) : this.#place(subject);
  }

  /** Every deadline up to `nowMs`, earliest first, each at its own time when `nowMs` has run past it. */
  *due(nowMs: number): Generator<Effects> {
    this.#noteChanged();
    for (let entry = this.#deadlines.pop(nowMs); entry !== undefined; entry = this.#deadlines.pop(nowMs)) {
      const subject = this.#subjects.get(entry.subjectId);
      if (subject === undefined || subject.armedAtMs.at(-1) !== entry.atMs) continue;
      subject.armedAtMs.pop();
      try {
        yield* this.#meetDeadlines(subject, nowMs);
      } finally {
        this.#arm(subject, nowMs + 1); // also when the caller takes no more for now
      }
    }
  }

  nextDeadlineAtMs(): number | undefined {
    return this.#deadlines.nextAtMs();
  }

  /** A subject's state as text, for the disk: packed when it is long. */
  stateOf(subjectId: string): string {
    return sealed(JSON.stringify(this.statesOf(subjectId)));
  }

  /** A subject's states by the kind of their rule, as far as they differ from a fresh start. */
  statesOf(subjectId: string): Readonly<Record<string, unknown>> {
    const states: Record<string, unknown> = {};
    const subject = this.#subject(subjectId);
    for (const [index, rule] of this.#rules.entries()) {
      if (subject.states[index] !== rule.initial) states[rule.kind] = subject.states[index];
    }
    return states;
  }

  /**
   * Puts a committed state back when its subject is first needed, or `wake` comes to it: reading the states of a city
   * takes seconds in which nobody would be served.
   */
  restoreLater(subjectId: string, text: string): void {
    this.#subjects.delete(subjectId);
    this.#asleep.set(subjectId, text);
  }

  /** Wakes at most so many of those asleep, so that their deadlines count again; how many are left. */
  wake(atMost: number): number {
    let left = atMost;
    for (const subjectId of this.#asleep.keys()) {
      if (left-- <= 0) break;
      this.#subject(subjectId);
    }
    return this.#asleep.size;
  }

  /** Now, before its turn. */
  wakeOne(subjectId: string): void {
    this.#woken(subjectId);
  }

  /** Puts a committed state back; rules unknown to it start fresh, states of rules that are gone are dropped. */
  restore(subjectId: string, text: string): void {
    this.#asleep.delete(subjectId);
    const states = JSON.parse(opened(text)) as Record<string, unknown>;
    const subject = this.#fresh(subjectId);
    for (const [index, rule] of this.#rules.entries()) {
      if (Object.hasOwn(states, rule.kind)) subject.states[index] = states[rule.kind];
      this.#noteDeadline(subject, index); // also of a fresh one: something may be awaited by the records alone
    }
    this.#subjects.set(subjectId, subject);
    this.#arm(subject);
  }

  /** The service was away (its disk, its machine): silence before `nowMs` was ours. */
  listensSince(nowMs: number): void {
    this.#listeningSinceMs = nowMs;
  }

  /** The clock was set back: what was due in a minute is due in a minute still, not after the hour it lost. */
  clockSetBack(byMs: number): void {
    this.wake(this.#asleep.size);
    this.#listeningSinceMs -= byMs;
    this.#deadlines.clear();
    for (const subject of this.#subjects.values()) {
      const before = subject.earlierByMs;
      subject.earlierByMs = this.#rules.map(({ isByTheWall }, index) =>
        isByTheWall ? 0 : (before?.[index] ?? 0) + byMs,
      );
      subject.armedAtMs.length = 0;
      this.#arm(subject);
    }
  }

  /** Forgets everything: memory ran ahead of a disk that refused, and only the disk is true. */
  forget(): void {
    this.#subjects.clear();
    this.#asleep.clear();
    this.#deadlines.clear();
    this.#changed.clear();
  }

  /** Forgets one subject: a resident who was erased. */
  drop(subjectId: string): void {
    this.#changed.delete(subjectId);
    this.#subjects.delete(subjectId);
    this.#asleep.delete(subjectId);
  }

  /** The records of one subject changed, or of everybody (an area, an area's zone). */
  recordsChanged(subjectId?: string): void {
    if (subjectId === undefined) {
      this.#placeVersion += 1;
      return;
    }
    const subject = this.#subjects.get(subjectId);
    if (subject === undefined) return;
    subject.placeVersion = -1;
    this.#changed.add(subjectId);
  }

  /** A rule may await something of this subject by the records alone, also when nothing was ever heard of it. */
  expect(subjectId: string): void {
    this.#changed.add(subjectId);
  }

  get subjectCount(): number {
    return this.#subjects.size + this.#asleep.size;
  }

  /** What is awaited may be due earlier by the new records. Some at a time: an import changes those of a city. */
  #noteChanged(): void {
    for (const subjectId of this.#changed.keys().take(changedATurn)) {
      this.#changed.delete(subjectId);
      if (this.#asleep.has(subjectId)) continue; // noted when it wakes
      const known = this.#subjects.get(subjectId);
      const subject = known ?? this.#fresh(subjectId);
      for (const index of this.#rules.keys()) this.#noteDeadline(subject, index);
      if (known === undefined && earliestOf(subject) === never) continue;
      this.#subjects.set(subjectId, subject);
      this.#arm(subject);
    }
  }

  *#meetDeadlines(subject: Subject<Place>, nowMs: number): Generator<Effects> {
    for (let steps = 0; steps < maxStepsPerDeadline; steps++) {
      const dueAtMs = earliestOf(subject);
      if (dueAtMs > nowMs) return;
      yield this.#run(subject, { kind: 'deadline', nowMs: dueAtMs, listeningSinceMs: this.#listeningSinceMs });
    }
  }

  #run(subject: Subject<Place>, input: Said | Deadline): Effects {
    const place = this.#place(subject);
    let signals: readonly Signal[] | undefined;
    let commands: readonly Command[] | undefined;
    let notes: readonly Note[] | undefined;
    let letters: readonly Letter[] | undefined;
    let changed = false;
    for (let index = 0; index < this.#rules.length; index++) {
      if (isDeadline(input) && dueAtMsOf(subject, index) > input.nowMs) continue;
      const outcome = this.#step(place, subject, index, input);
      signals = joined(signals, outcome.signals);
      commands = joined(commands, outcome.commands);
      notes = joined(notes, outcome.notes);
      letters = joined(letters, outcome.letters);
      if (outcome.state === subject.states[index]) {
        if (isDeadline(input)) putOff(subject, index, this.#deadlineOf(subject, index));
        continue;
      }
      subject.states[index] = outcome.state;
      this.#noteDeadline(subject, index, isDeadline(input));
      changed = true;
    }
    if (changed && !isDeadline(input)) this.#arm(subject);
    const effects = { subjectId: subject.id, signals: signals ?? none, commands: commands ?? none, changed };
    return notes || letters ? { ...effects, ...(notes && { notes }), ...(letters && { letters }) } : effects;
  }

  /** One rule that breaks harms neither the other rules nor other homes, and holds back no acknowledgement. */
  #step(place: Place, subject: Subject<Place>, index: number, input: Said | Deadline): Outcome<unknown> {
    const rule = this.#rules[index]!; // callers iterate over the rules
    const given = asAwaited(input, subject, index);
    const state = subject.states[index];
    try {
      return rule.step(place, state, given);
    } catch (error) {
      this.#onTrouble({ rule: rule.kind, subjectId: subject.id, error });
    }
    return afresh(rule, place, given) ?? { state };
  }

  /** `isFromOne`: worked out by a rule that was told the time it waited for, and goes on by that clock. */
  #noteDeadline(subject: Subject<Place>, index: number, isFromOne = false): void {
    const said = this.#deadlineOf(subject, index);
    if (said === subject.deadlinesAtMs[index]) return;
    subject.deadlinesAtMs[index] = said;
    if (subject.earlierByMs && !isFromOne) subject.earlierByMs[index] = 0;
  }

  /** Never when nothing is awaited, or when the state makes no sense to its rule: then the next reading mends it. */
  #deadlineOf(subject: Subject<Place>, index: number): number {
    const rule = this.#rules[index]!; // callers iterate over the rules
    try {
      const atMs = rule.deadlineAtMs?.(this.#place(subject), subject.states[index]) ?? never;
      return Number.isNaN(atMs) ? never : atMs;
    } catch (error) {
      this.#onTrouble({ rule: rule.kind, subjectId: subject.id, error });
      return never;
    }
  }

  /** Puts the subject's earliest deadline into the heap unless an entry at least as early is there already. */
  #arm(subject: Subject<Place>, notBeforeMs = 0): void {
    const atMs = Math.max(earliestOf(subject), notBeforeMs);
    if (atMs >= (subject.armedAtMs.at(-1) ?? never)) return;
    subject.armedAtMs.push(atMs);
    this.#deadlines.push(atMs, subject.id);
  }

  #subject(id: string): Subject<Place> {
    const known = this.#subjects.get(id) ?? this.#woken(id);
    if (known !== undefined) return known;
    const subject = this.#fresh(id);
    this.#subjects.set(id, subject);
    return subject;
  }

  #woken(id: string): Subject<Place> | undefined {
    const text = this.#asleep.get(id);
    if (text === undefined) return undefined;
    try {
      this.restore(id, text);
    } catch (error) {
      this.#onTrouble({ rule: 'state', subjectId: id, error }); // as good as none: it begins afresh
    }
    return this.#subjects.get(id);
  }

  #fresh(id: string): Subject<Place> {
    return freshSubject(id, this.#rules, this.#known(id), this.#placeVersion);
  }

  #place(subject: Subject<Place>): Place {
    if (subject.placeVersion !== this.#placeVersion) {
      subject.place = this.#known(subject.id);
      subject.placeVersion = this.#placeVersion;
    }
    return subject.place;
  }

  #known(subjectId: string): Place {
    return placeIn(this.#places, subjectId, this.#onTrouble);
  }
}
