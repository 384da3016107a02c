import { setImmediate } from 'node:timers/promises';
import type { Directory } from '../model/directory.ts';
import type { Resident, User } from '../model/people.ts';
import { maySeeResident } from '../model/scope.ts';
import type { VisitPlan } from '../model/visit.ts';
import { type DueVisit, dueVisit, planOf, type VisitState, visitState } from '../model/visit-plan.ts';

/** A city is gone through in turns: an SOS has its turn in between. */
const residentsATurn = 2_000;

/** Whom to visit, and how it stands with that. */
export type ToVisit = {
  readonly resident: Resident;
  readonly plan: VisitPlan;
  readonly due: DueVisit;
  readonly state: VisitState;
};

export type VisitQuestion = {
  readonly user: User;
  readonly areaId: string | undefined;
  readonly states: readonly VisitState[];
  /** Behind this place in the list. */
  readonly after: { readonly atMs: number; readonly id: string } | undefined;
  readonly nowMs: number;
};

type Planned = Pick<ToVisit, 'plan' | 'due'>;

/** Who is to be visited. When somebody is due follows from the record alone, and one that changes is another object. */
export class VisitsDue {
  readonly #directory: Directory;
  readonly #timeZone: string;
  readonly #planned = new WeakMap<Resident, Planned>();

  constructor(directory: Directory, timeZone: string) {
    this.#directory = directory;
    this.#timeZone = timeZone;
  }

  /** Most overdue first. */
  async list(question: VisitQuestion): Promise<readonly ToVisit[]> {
    const found: ToVisit[] = [];
    let gone = 0;
    for (const resident of this.#directory.residents.values()) {
      if (++gone % residentsATurn === 0) await setImmediate();
      const one = resident.visitTier === undefined ? undefined : this.of(resident, question.nowMs);
      if (one !== undefined && this.#isAsked(one, question)) found.push(one);
    }
    return found.sort(byUrgency);
  }

  /** Undefined when nobody is to visit her. */
  of(resident: Resident, nowMs: number): ToVisit | undefined {
    const planned = this.#planned.get(resident) ?? this.#remembered(resident);
    return planned && { resident, ...planned, state: visitState(planned.due, this.#timeZone, nowMs) };
  }

  #remembered(resident: Resident): Planned | undefined {
    const plan = planOf(resident);
    if (plan === undefined) return undefined;
    const planned = { plan, due: dueVisit(plan, this.#timeZone) };
    this.#planned.set(resident, planned);
    return planned;
  }

  #isAsked({ resident, due, state }: ToVisit, { user, areaId, states, after }: VisitQuestion): boolean {
    if (!states.includes(state) || !maySeeResident(this.#directory, user, resident.id)) return false;
    if (areaId !== undefined && !this.#directory.areaPath(resident.areaId).includes(areaId)) return false;
    return after === undefined || isBehind({ atMs: due.overdueAtMs, id: resident.id }, after);
  }
}

function byUrgency(a: ToVisit, b: ToVisit): number {
  return a.due.overdueAtMs - b.due.overdueAtMs || (a.resident.id < b.resident.id ? -1 : 1);
}

function isBehind(one: { atMs: number; id: string }, place: { atMs: number; id: string }): boolean {
  return one.atMs > place.atMs || (one.atMs === place.atMs && one.id > place.id);
}
