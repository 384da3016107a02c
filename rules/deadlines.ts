/** Which subject is due when: a binary heap whose outdated entries are recognised when they surface, not searched for. */
export class Deadlines {
  readonly #heap: { readonly atMs: number; readonly subjectId: string }[] = [];

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
      if (above === undefined || above.atMs <= atMs) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  /** Takes the earliest entry at or before `nowMs`; undefined when none is due. */
  pop(nowMs: number): { readonly atMs: number; readonly subjectId: string } | undefined {
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

  #sink(entry: { readonly atMs: number; readonly subjectId: string }): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const right = left + 1;
      let child = heap[left];
      let at = left;
      const other = heap[right];
      if (child !== undefined && other !== undefined && other.atMs < child.atMs) {
        child = other;
        at = right;
      }
      if (child === undefined || child.atMs >= entry.atMs) break;
      heap[hole] = child;
      hole = at;
    }
    heap[hole] = entry;
  }
}
