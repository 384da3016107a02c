import type { Sighting } from '../../model/dispatch.ts';

/**
 * So long a position says where somebody is. Nothing older is kept, and none is ever stored: people on duty are found,
 * not followed.
 */
export const keptForMs = 15 * 60_000;
/** Beyond it the one heard of longest ago is forgotten. */
const peopleAtMost = 20_000;

/** Where the people on duty are, in memory only. */
export class Whereabouts {
  /** Oldest first. */
  readonly #sightings = new Map<string, Sighting>();

  put(userId: string, sighting: Sighting): void {
    this.#sightings.delete(userId); // to the end
    this.#sightings.set(userId, sighting);
    const [oldest] = this.#sightings.keys();
    if (this.#sightings.size > peopleAtMost && oldest !== undefined) this.#sightings.delete(oldest);
  }

  forget(userId: string): void {
    this.#sightings.delete(userId);
  }

  /** Undefined when nothing is known that is new enough. */
  of(userId: string, nowMs: number): Sighting | undefined {
    const sighting = this.#sightings.get(userId);
    return sighting !== undefined && nowMs - sighting.atMs < keptForMs ? sighting : undefined;
  }

  /** Takes away what is too old to be shown: it is not kept for nobody either. */
  sweep(nowMs: number): void {
    for (const [userId, { atMs }] of this.#sightings) if (nowMs - atMs >= keptForMs) this.#sightings.delete(userId);
  }
}
