/** What is to come, earliest first; of two at the same time the one put in first. A binary heap. */
export class Agenda<T> {
  readonly #heap: { readonly atMs: number; readonly order: number; readonly item: T }[] = [];
  #order = 0;

  get nextAtMs(): number {
    return this.#heap[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  put(atMs: number, item: T): void {
    const entry = { atMs, order: this.#order++, item };
    const heap = this.#heap;
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break; // a parent of an index in range
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = entry;
  }

  take(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first?.item;
    let hole = 0;
    for (let child = 1; child < heap.length; child = 2 * hole + 1) {
      const other = heap[child + 1];
      if (other !== undefined && isBefore(other, heap[child]!)) child += 1; // checked by the loop
      if (!isBefore(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = last;
    return first.item;
  }
}

type Entry = { readonly atMs: number; readonly order: number };

function isBefore(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
