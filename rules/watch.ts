import type { Directory } from '../model/directory.ts';
import type { Resident } from '../model/people.ts';
import type { Reading } from '../model/reading.ts';
import type { Region } from './areas/area-rule.ts';
import { type AreaInput, subjectOfArea } from './areas/area-rule.ts';
import type { AnyAreaRule } from './areas/index.ts';
import { Regions } from './areas/region.ts';
import type { Effects } from './effects.ts';
import { Engine } from './engine.ts';
import { buildHousehold } from './household.ts';
import { earliest } from './per-device.ts';
import type { Letter, Rule } from './rule.ts';
import { Stage } from './stage.ts';
import type { RuleTrouble, StageRule } from './stage-parts.ts';

export type WatchParts = {
  readonly rules: readonly Rule<unknown>[];
  readonly areaRules: readonly AnyAreaRule[];
  readonly directory: Directory;
  /** IANA name of the community's time zone. */
  readonly timeZone: string;
  readonly listeningSinceMs: number;
  readonly onTrouble?: (trouble: RuleTrouble) => void;
};

/** What one thing leads to elsewhere leads to no more than so many further things in a row. */
const deepest = 4;

/**
 * Both stages as one: homes first, then the areas they lie in, and what the areas tell the homes. Everything that follows
 * from one reading or deadline comes back as one `Effects` with `also`, for one commit. Areas are asked only when a home
 * says something an area rule listens to: an ordinary reading costs them nothing.
 */
export class Watch {
  readonly #homes: Engine;
  readonly #areas: Stage<Region, AreaInput>;
  readonly #directory: Directory;
  readonly #awaits: readonly ((resident: Resident) => boolean)[];
  readonly #hears: ReadonlySet<string>;

  constructor({ rules, areaRules, directory, timeZone, listeningSinceMs, onTrouble }: WatchParts) {
    const regions = new Regions(directory, timeZone);
    const region = (subjectId: string) => regions.of(subjectId.slice(1));
    this.#directory = directory;
    this.#homes = new Engine(rules, (id) => buildHousehold(directory, id, timeZone), listeningSinceMs, onTrouble);
    this.#areas = new Stage(areaRules.map(asStageRule), { of: region, fallback: region }, listeningSinceMs, onTrouble);
    this.#awaits = rules.flatMap(({ awaits }) => awaits ?? []);
    this.#hears = new Set(areaRules.flatMap(({ hears }) => [...hears]));
  }

  /** One reading through every rule, and what follows from it. */
  step(reading: Reading, nowMs: number): Effects {
    return this.#followed(this.#homes.step(reading, nowMs), nowMs, 0);
  }

  /** Every deadline up to `nowMs`: of homes, then of areas. */
  *due(nowMs: number): Generator<Effects> {
    for (const effect of this.#homes.due(nowMs)) yield this.#followed(effect, nowMs, 0);
    for (const effect of this.#areas.due(nowMs)) yield this.#delivered(effect, nowMs, 0);
  }

  nextDeadlineAtMs(): number | undefined {
    return earliest([this.#homes.nextDeadlineAtMs(), this.#areas.nextDeadlineAtMs()]);
  }

  /** A subject's state as text, for the disk. */
  stateOf(subjectId: string): string {
    return isArea(subjectId) ? this.#areas.stateOf(subjectId) : this.#homes.stateOf(subjectId);
  }

  /** The same by the kind of each rule, for who asks what the rules remember. */
  statesOf(subjectId: string): Readonly<Record<string, unknown>> {
    return isArea(subjectId) ? this.#areas.statesOf(subjectId) : this.#homes.statesOf(subjectId);
  }

  restore(subjectId: string, text: string): void {
    if (isArea(subjectId)) this.#areas.restore(subjectId, text);
    else this.#homes.restore(subjectId, text);
  }

  /** As `restore`, for homes only when they are first needed or woken. Until then their deadlines do not count. */
  restoreLater(subjectId: string, json: string): void {
    if (isArea(subjectId)) this.#areas.restore(subjectId, json);
    else this.#homes.restoreLater(subjectId, json);
  }

  /** Wakes at most so many homes; how many are still asleep. */
  wake(atMost: number): number {
    return this.#homes.wake(atMost);
  }

  /** Of a home whose deadlines must not wait for its turn. */
  wakeOne(subjectId: string): void {
    this.#homes.wakeOne(subjectId);
  }

  listensSince(nowMs: number): void {
    this.#homes.listensSince(nowMs);
    this.#areas.listensSince(nowMs);
  }

  clockSetBack(byMs: number): void {
    this.#homes.clockSetBack(byMs);
    this.#areas.clockSetBack(byMs);
  }

  forget(): void {
    this.#homes.forget();
    this.#areas.forget();
    this.expectAwaited();
  }

  /** Homes in which something is awaited by the records alone: their deadlines count from now on, some with each turn. */
  expectAwaited(): void {
    for (const residentId of this.#directory.residents.keys()) this.#expectIfAwaited(residentId);
  }

  /** Forgets a resident who was erased. Returns the areas whose state named them, which is to be written again. */
  drop(subjectId: string): readonly string[] {
    this.#homes.drop(subjectId);
    const input = { kind: 'forget', nowMs: 0, residentId: subjectId } as const;
    return [...this.#areas.subjectIds()].filter((areaId) => this.#areas.run(areaId, input).changed);
  }

  /** The records of one subject changed, or of everybody. Regions ask the records each time. */
  recordsChanged(subjectId?: string): void {
    this.#homes.recordsChanged(subjectId);
    if (subjectId !== undefined) this.#expectIfAwaited(subjectId);
  }

  /** Homes and devices of nobody. */
  get subjectCount(): number {
    return this.#homes.subjectCount;
  }

  #expectIfAwaited(residentId: string): void {
    const resident = this.#directory.residents.get(residentId);
    if (resident !== undefined && this.#awaits.some((awaits) => awaits(resident))) this.#homes.expect(residentId);
  }

  /** What a home's step leads to in its areas and in other homes. */
  #followed(effect: Effects, nowMs: number, depth: number): Effects {
    if (effect.letters === undefined && effect.notes === undefined && effect.signals.length === 0) return effect;
    const also: Effects[] = [];
    for (const said of [...(effect.notes ?? []), ...effect.signals]) {
      if (!this.#hears.has('is' in said ? said.kind : said.type)) continue;
      const home = this.#homes.placeOf(effect.subjectId);
      const root = home.resident && this.#directory.areaPath(home.resident.areaId)[0];
      if (root === undefined) continue;
      const saidAtMs = 'is' in said ? said.atMs : said.receivedAtMs;
      const answer = this.#areas.run(subjectOfArea(root), { kind: 'said', nowMs: saidAtMs, home, said });
      also.push(this.#delivered(answer, nowMs, depth));
    }
    return this.#delivered(also.length === 0 ? effect : { ...effect, also }, nowMs, depth);
  }

  /** Hands out letters; what they lead to is part of it. */
  #delivered(effect: Effects, nowMs: number, depth: number): Effects {
    if (effect.letters === undefined || effect.letters.length === 0 || depth >= deepest) return effect;
    const also = [...(effect.also ?? [])];
    for (const letter of effect.letters) {
      for (const subjectId of this.#readersOf(letter)) {
        const answer = this.#followed(this.#homes.notify(subjectId, letter.notice, nowMs), nowMs, depth + 1);
        if (answer.changed || answer.signals.length > 0 || answer.also !== undefined) also.push(answer);
      }
    }
    return also.length === 0 ? effect : { ...effect, also };
  }

  /** One home; or those of an area that anything is known of. */
  #readersOf({ to }: Letter): readonly string[] {
    if (!isArea(to)) return [to];
    const areaId = to.slice(1);
    const inside = new Map<string, boolean>();
    const isInside = (id: string): boolean => {
      const known = inside.get(id) ?? this.#directory.areaPath(id).includes(areaId);
      inside.set(id, known);
      return known;
    };
    return [...this.#homes.subjectIds()].filter((id) => {
      const resident = this.#directory.residents.get(id);
      return resident !== undefined && isInside(resident.areaId);
    });
  }
}

function isArea(subjectId: string): boolean {
  return subjectId.startsWith('@');
}

function asStageRule(rule: AnyAreaRule): StageRule<Region, AreaInput> {
  const { kind, initial, hears } = rule;
  return {
    kind,
    initial,
    step(region, state, input) {
      if (input.kind === 'said' && !hears.has('is' in input.said ? input.said.kind : input.said.type)) return { state };
      return rule.step(region, state, input);
    },
    ...(rule.deadlineAtMs && { deadlineAtMs: (region, state) => rule.deadlineAtMs?.(region, state) }),
  };
}
