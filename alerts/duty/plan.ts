import type { Directory } from '../../model/directory.ts';
import { type Duty, dutiesOf, gapsOf, onDuty } from './on-duty.ts';

const weekMs = 7 * 86_400_000;

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
    return roster === undefined ? [] : dutiesOf(roster, this.#timeZone, fromMs, toMs);
  }

  /** When nobody has duty in an area that has rosters; an area without any has no gaps to fill. */
  gaps(areaId: string, fromMs: number, toMs: number): readonly Duty[] {
    const rosters = this.#rostersOf(areaId);
    return rosters.length === 0 ? [] : gapsOf(rosters, this.#timeZone, fromMs, toMs);
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
