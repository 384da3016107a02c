/** A stretch of time; half open. */
export type Stretch = { readonly fromMs: number; readonly toMs: number };

export function covers({ fromMs, toMs }: Stretch, atMs: number): boolean {
  return atMs >= fromMs && atMs < toMs;
}

/** A broker notices after one and a half keep-alives of 60 s that a connection is dead, and sends its will. */
const willAfterMs = 90_000;
const reconnectMs = 4_000;

/** How a device or hub reaches the service: up, but for the times it is not. */
export class Link {
  readonly #downs: Stretch[] = [];

  cut(down: Stretch): void {
    this.#downs.push(down);
  }

  /** When what is said at `atMs` can be sent; `atMs` itself when the link is up. */
  opensAtMs(atMs: number): number {
    let open = atMs;
    // Cuts may overlap (the router is off, and then the power goes), so the end of one may lie in another.
    for (let was = Number.NaN; was !== open; ) {
      was = open;
      for (const down of this.#downs) if (covers(down, open)) open = down.toMs + reconnectMs;
    }
    return open;
  }

  isUp(atMs: number): boolean {
    return !this.#downs.some((down) => covers(down, atMs));
  }

  /** What the broker says of it: lost some time after each longer cut, and back. */
  static presenceOf({ fromMs, toMs }: Stretch): readonly { readonly atMs: number; readonly online: boolean }[] {
    if (toMs - fromMs < willAfterMs) return [];
    return [
      { atMs: fromMs + willAfterMs, online: false },
      { atMs: toMs + reconnectMs, online: true },
    ];
  }

  /** Cuts long past are forgotten. */
  forgetBefore(atMs: number): void {
    const kept = this.#downs.filter(({ toMs }) => toMs > atMs);
    this.#downs.length = 0;
    this.#downs.push(...kept);
  }
}
