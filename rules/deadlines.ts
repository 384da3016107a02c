type Entry = { readonly atMs: number; readonly subjectId: string };

/**
 * Which subject is due when: a binary heap whose outdated entries are recognised when they surface, not searched for. Those
 * of one moment come in the order of their ids, so that a restart, which puts them in anew, changes nothing of what is said.
 */
export class Deadlines {
  readonly #heap: Entry[] = [];

  get size(): number {
    return this.#heap.length;
  }

  push(atMs: number, subjectId: string): void {
    const heap = this.#heap;
    let child = heap.length;
    const entry = { atMs, subjectId };
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, entry)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  /** Takes the earliest entry at or before `nowMs`; undefined when none is due. */
  pop(nowMs: number): Entry | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first;
  }

  /** When the earliest entry is due. */
  nextAtMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const right = left + 1;
      let child = heap[left];
      let at = left;
      const other = heap[right];
      if (child !== undefined && other !== undefined && isBefore(other, child)) {
        child = other;
        at = right;
      }
      if (child === undefined || !isBefore(child, entry)) break;
      heap[hole] = child;
      hole = at;
    }
    heap[hole] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.subjectId < b.subjectId);
}
