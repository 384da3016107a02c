import type { Directory } from '../../model/directory.ts';
import type { Duty } from '../../model/roster.ts';
import { dutiesOf, gapsOf, onDuty } from './on-duty.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** Of an area without rosters nobody can say when a shift began. */
const shiftMs = 12 * 3_600_000;

/** The shift that ends at a moment, or has lasted until then, and the one after it. */
export type Shifts = { readonly ended: Duty; readonly next?: Duty };

/** Rosters as people ask about them. `timeZone`: the community's, IANA name. */
export class DutyPlan {
  readonly #directory: Directory;
  readonly #timeZone: string;

  constructor(directory: Directory, timeZone: string) {
    this.#directory = directory;
    this.#timeZone = timeZone;
  }

  /** User ids on duty by the rosters of exactly this area. */
  now(areaId: string, atMs: number): readonly string[] {
    return [...new Set(this.#rostersOf(areaId).flatMap((roster) => onDuty(roster, this.#timeZone, atMs)))];
  }

  /** Who has duty when by one roster; empty when there is no such roster. */
  of(rosterId: string, fromMs: number, toMs: number): readonly Duty[] {
    const roster = this.#directory.rosters.get(rosterId);
    return roster === undefined ? [] : dutiesOf([roster], this.#timeZone, fromMs, toMs);
  }

  /** When nobody has duty in an area that has rosters; an area without any has no gaps to fill. */
  gaps(areaId: string, fromMs: number, toMs: number): readonly Duty[] {
    const rosters = this.#rostersOf(areaId);
    return rosters.length === 0 ? [] : gapsOf(rosters, this.#timeZone, fromMs, toMs);
  }

  /** Who has duty when by all rosters of exactly this area. */
  duties(areaId: string, fromMs: number, toMs: number): readonly Duty[] {
    return dutiesOf(this.#rostersOf(areaId), this.#timeZone, fromMs, toMs);
  }

  /** The shifts before and after a moment; one that is longer than a day counts from a day before. */
  shiftsAround(areaId: string, atMs: number): Shifts {
    if (this.#rostersOf(areaId).length === 0) return { ended: { fromMs: atMs - shiftMs, toMs: atMs, userIds: [] } };
    const duties = this.duties(areaId, atMs - dayMs, atMs + 2 * dayMs);
    const ended = duties.findLast(({ fromMs }) => fromMs < atMs);
    const next = duties.find(({ fromMs }) => fromMs >= atMs);
    return {
      ended: ended ? { ...ended, toMs: atMs } : { fromMs: atMs - dayMs, toMs: atMs, userIds: [] },
      ...(next && { next }),
    };
  }

  /** Areas that have rosters. */
  areaIds(): readonly string[] {
    return [...new Set([...this.#directory.rosters.values()].map(({ areaId }) => areaId))];
  }

  /** Since when a gap that holds at `atMs` has been one: its first moment, or one of the same weekday when that is long ago. */
  gapSince(areaId: string, atMs: number): number {
    const weekAgoMs = (Math.floor(atMs / weekMs) - 1) * weekMs;
    return this.gaps(areaId, weekAgoMs, atMs + 1).at(-1)?.fromMs ?? atMs;
  }

  #rostersOf(areaId: string) {
    return [...this.#directory.rosters.values()].filter((roster) => roster.areaId === areaId);
  }
}
