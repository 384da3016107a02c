import type { Duty } from '../../model/roster.ts';
import type { AlertDesk } from '../contracts.ts';
import { eachArea } from '../duty/each-area.ts';
import { Turns } from '../turns.ts';
import { type HandOverParts, shiftHandOver } from './gather.ts';
import { countsOf, lineOf } from './words.ts';

/** A change of shift missed while the service was down is made up for so long; after that everybody knows. */
const madeUpWithinMs = 30 * 60_000;

export type ShiftWatchParts = Omit<HandOverParts, 'desk'> & { readonly desk: Pick<AlertDesk, 'open' | 'report'> };

type Change = { readonly areaId: string; readonly atMs: number; readonly newcomers: readonly string[] };

/**
 * Tells those who come on duty what is handed over to them, once for each change of shift of an area: the id comes from
 * the area and the moment, and the desk makes of each id one report, also after a restart.
 */
export class ShiftWatch {
  readonly #parts: ShiftWatchParts;
  /** Reports of the last half hour, so that the desk is not asked each minute. */
  readonly #told = new Map<string, number>();
  readonly #turns = new Turns();

  constructor(parts: ShiftWatchParts) {
    this.#parts = parts;
  }

  /** One look after the other; called every minute. */
  look(nowMs: number): Promise<void> {
    return this.#turns.take(() => this.#look(nowMs));
  }

  async #look(nowMs: number): Promise<void> {
    for (const [id, atMs] of this.#told) if (nowMs - atMs > 2 * madeUpWithinMs) this.#told.delete(id);
    await eachArea(this.#parts.plan.areaIds(), (areaId) => this.#lookAt(areaId, nowMs));
  }

  async #lookAt(areaId: string, nowMs: number): Promise<void> {
    for (const change of this.#changes(areaId, nowMs)) await this.#tell(change, nowMs);
  }

  /** Somebody came on duty within the last half hour. */
  #changes(areaId: string, nowMs: number): Change[] {
    const duties = this.#parts.plan.duties(areaId, nowMs - madeUpWithinMs, nowMs + 1);
    return duties.slice(1).map((duty, index) => ({
      areaId,
      atMs: duty.fromMs,
      newcomers: newcomersIn(duty, duties[index]),
    }));
  }

  async #tell({ areaId, atMs, newcomers }: Change, nowMs: number): Promise<void> {
    const id = `shiftHandOver:${areaId}:${atMs}`;
    if (this.#told.has(id) || newcomers.length === 0) return;
    const handOver = await shiftHandOver(this.#parts, areaId, atMs);
    const evidence = { at: handOver.at, ...countsOf(handOver) };
    const subjectId = `@${areaId}/shift-${Math.round(atMs / 60_000)}`;
    const report = { id, type: 'shiftHandOver', subjectId, areaId, summary: lineOf(handOver), evidence } as const;
    await this.#parts.desk.report({ ...report, userIds: newcomers }, nowMs);
    this.#told.set(id, atMs);
  }
}

function newcomersIn({ userIds }: Duty, before: Duty | undefined): readonly string[] {
  return userIds.filter((id) => before?.userIds.includes(id) !== true);
}
