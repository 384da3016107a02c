type Point = readonly number[];
type Ring = readonly Point[];

/**
 * The first place where edges of these closed rings cross or touch, but for neighbours at their common corner; undefined
 * when none do. It stops there: an outline in which every edge crosses every other costs no more than a good one.
 * Parallel edges are not seen.
 */
export function firstCrossing(rings: readonly Ring[]): Point | undefined {
  for (const [index, ring] of rings.entries()) {
    for (const other of rings.slice(index)) {
      const found = crossingOf(ring, other);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function crossingOf(ring: Ring, other: Ring): Point | undefined {
  const isSame = ring === other;
  for (let i = 0; i + 1 < ring.length; i++) {
    for (let k = isSame ? i + 2 : 0; k + 1 < other.length; k++) {
      if (isSame && i === 0 && k === ring.length - 2) continue; // the last edge ends where the first begins
      const found = meeting(ring[i]!, ring[i + 1]!, other[k]!, other[k + 1]!); // the loops keep all four in range
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Where the edge from `a` to `b` meets the edge from `c` to `d`, ends included. */
function meeting([ax = 0, ay = 0]: Point, [bx = 0, by = 0]: Point, [cx = 0, cy = 0]: Point, [dx = 0, dy = 0]: Point) {
  const denominator = (dy - cy) * (bx - ax) - (dx - cx) * (by - ay);
  if (denominator === 0) return undefined;
  const first = ((dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)) / denominator;
  const second = ((bx - ax) * (ay - cy) - (by - ay) * (ax - cx)) / denominator;
  const isOnBoth = first >= 0 && first <= 1 && second >= 0 && second <= 1;
  return isOnBoth ? [ax + first * (bx - ax), ay + first * (by - ay)] : undefined;
}
