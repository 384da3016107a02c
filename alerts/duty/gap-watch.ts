import { setImmediate } from 'node:timers/promises';
import type { Alert, Signal } from '../../model/alert.ts';
import type { Directory } from '../../model/directory.ts';
import type { Duty } from '../../model/roster.ts';
import type { RecordStore } from '../../store/contracts.ts';
import type { AlertDesk } from '../contracts.ts';
import { alertIdOf } from '../life-cycle.ts';
import { Turns } from '../turns.ts';
import { eachArea } from './each-area.ts';
import { gapFilled, gapFound } from './gap-signals.ts';
import type { DutyPlan } from './plan.ts';

/** A gap is told so long before it begins: time enough to find somebody. */
const aheadMs = 24 * 3_600_000;
/** Its end is looked for up to here. */
const endWithinMs = 8 * 24 * 3_600_000;
/** Filled and torn open again so often, a gap is no news any more. */
const tornOpenAtMost = 50;

export type GapWatchParts = {
  readonly directory: Pick<Directory, 'areas'>;
  readonly plan: DutyPlan;
  readonly desk: Pick<AlertDesk, 'apply' | 'open'>;
  readonly records: Pick<RecordStore, 'alert'>;
  /** IANA name: how a gap is told. */
  readonly timeZone: string;
};

/**
 * "Nobody is on duty here", before it hurts: an alert for each stretch of the next 24 hours in which no roster of an area
 * has anybody on duty, over when it is filled or past.
 *
 * Given to the desk directly: rosters are records, and a look that a crash cut short is taken again with the same ids.
 * The ids come from the area and the start of the gap, so each is told once; one that was filled and is torn open
 * again is another; one that a person closed stays closed.
 */
export class GapWatch {
  readonly #parts: GapWatchParts;
  readonly #turns = new Turns();
  #soon: Promise<void> | undefined;

  constructor(parts: GapWatchParts) {
    this.#parts = parts;
  }

  /** One look after the other. */
  look(nowMs: number): Promise<void> {
    return this.#turns.take(() => this.#look(nowMs));
  }

  /** The rosters changed: one look for all the changes that come together (an import is thousands). */
  lookSoon(clock: () => number): Promise<void> {
    this.#soon ??= setImmediate().then(() => {
      this.#soon = undefined;
      return this.look(clock());
    });
    return this.#soon;
  }

  async #look(nowMs: number): Promise<void> {
    const told = this.#parts.desk.open().filter(({ type }) => type === 'dutyGap');
    const areaIds = new Set([...this.#parts.plan.areaIds(), ...told.map(({ areaId }) => areaId)]);
    await eachArea(areaIds, async (areaId) => {
      const ofArea = told.filter((alert) => alert.areaId === areaId);
      const signals = await this.#signalsOf(areaId, ofArea, nowMs);
      if (signals.length > 0) await this.#parts.desk.apply(signals);
    });
  }

  async #signalsOf(areaId: string, told: readonly Alert[], nowMs: number): Promise<Signal[]> {
    const gaps = this.#gaps(areaId, nowMs);
    const over = told.filter((alert) => !gaps.some((gap) => isAbout(alert, gap)));
    const fresh = gaps.filter((gap) => gap.fromMs < nowMs + aheadMs && !told.some((alert) => isAbout(alert, gap)));
    const found = await Promise.all(fresh.map((gap) => this.#found(areaId, gap, nowMs)));
    return [...over.map((alert) => gapFilled(alert, nowMs)), ...found.flatMap((signal) => signal ?? [])];
  }

  #gaps(areaId: string, nowMs: number): Duty[] {
    const { plan } = this.#parts;
    return plan
      .gaps(areaId, nowMs, nowMs + endWithinMs)
      .map((gap) => (gap.fromMs === nowMs ? { ...gap, fromMs: plan.gapSince(areaId, nowMs) } : gap));
  }

  /** The signal of a gap nobody was told of yet; undefined when it was told and a person closed it. */
  async #found(areaId: string, gap: Duty, nowMs: number): Promise<Signal | undefined> {
    const { directory, records, timeZone } = this.#parts;
    const areaName = directory.areas.get(areaId)?.name ?? areaId;
    for (let nth = 0; nth < tornOpenAtMost; nth += 1) {
      const signal = gapFound({ areaId, areaName, gap, nth, nowMs, timeZone });
      const before = await records.alert(alertIdOf(signal.id));
      if (before === undefined) return signal;
      if (before.state !== 'resolved' || before.outcome !== 'recovered') return undefined;
    }
    return undefined;
  }
}

/** The same stretch, or what is left of it. */
function isAbout({ evidence }: Alert, gap: Duty): boolean {
  return Number(evidence.fromMs) < gap.toMs && gap.fromMs < Number(evidence.toMs);
}
