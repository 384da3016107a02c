/** Times of a story as its words say them: `02:10`, `02:10:30`, and `+1 09:00` on the next day. UTC, unless a story says otherwise. */
export class WallClock {
  readonly #dayMs: number;

  /** `day`: the date of the story, `2026-03-14`. */
  constructor(day: string) {
    this.#dayMs = Date.parse(`${day}T00:00:00Z`);
  }

  ms(clock: string): number {
    const [, days = '0', time = ''] = /^(?:\+(\d+) )?([\d:]+)$/.exec(clock) ?? [];
    const [hours = '0', minutes = '0', seconds = '0'] = time.split(':');
    return this.#dayMs + ((Number(days) * 24 + Number(hours)) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  }

  words(atMs: number): string {
    const days = Math.floor((atMs - this.#dayMs) / 86_400_000);
    const time = new Date(atMs).toISOString().slice(11, 19);
    return `${days > 0 ? `+${days} ` : ''}${time.endsWith(':00') ? time.slice(0, 5) : time}`;
  }

  /** `2026-03-14T02:10:00.000Z` */
  instant(clock: string): string {
    return new Date(this.ms(clock)).toISOString();
  }
}
