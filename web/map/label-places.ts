/** Pixels from the upper left corner of the map. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
export type Offset = readonly [x: number, y: number];

export type LabelToPlace = {
  readonly id: string;
  /** What it is the name of. */
  readonly at: { readonly x: number; readonly y: number };
  readonly widthPx: number;
  readonly heightPx: number;
  /** Is placed before all others. */
  readonly isGrave: boolean;
  /** Where it lies already. */
  readonly now?: Offset | undefined;
};

export type Around = {
  /** In which labels lie. */
  readonly frame: Box;
  /** What no label may cover. */
  readonly signs: readonly Box[];
  /** What is covered only where there is no other place. */
  readonly circles: readonly Box[];
  /** Between a place and its label. */
  readonly gapPx: number;
};

/** Worse by so much for each circle that is covered: any place where none is, is better. */
const perCircle = 40;
const rings = 3;
/** People find a label again where it was: it goes elsewhere to leave a circle free, or when it has to. */
const forStaying = 6;

/**
 * From each place to the middle of its label, in pixels: no label covers another or a sign. A label that finds no place
 * within three times its height is left out. Pure.
 */
export function placesOf(labels: readonly LabelToPlace[], around: Around): ReadonlyMap<string, Offset> {
  const taken = [...around.signs];
  const places = new Map<string, Offset>();
  for (const label of labels.toSorted((a, b) => Number(b.isGrave) - Number(a.isGrave))) {
    const offset = placeOf(label, taken, around);
    if (offset === undefined) continue;
    places.set(label.id, offset);
    taken.push(boxAt(label, offset));
  }
  return places;
}

function placeOf(label: LabelToPlace, taken: readonly Box[], { frame, circles, gapPx }: Around): Offset | undefined {
  let best: { readonly offset: Offset; readonly cost: number } | undefined;
  for (const [rank, offset] of candidatesOf(label, gapPx)) {
    const box = boxAt(label, offset);
    if (!isInside(box, frame) || taken.some((other) => overlap(box, other))) continue;
    const cost = rank + perCircle * circles.filter((circle) => overlap(box, circle)).length;
    if (best === undefined || cost < best.cost) best = { offset, cost };
  }
  return best?.offset;
}

function candidatesOf(label: LabelToPlace, gapPx: number): readonly (readonly [rank: number, offset: Offset])[] {
  const all = [...offsetsOf(label, gapPx).entries()];
  return label.now === undefined ? all : [[-forStaying, label.now] as const, ...all];
}

/** Above, below, right, left, the corners, and half way to them; then the same farther away. */
function offsetsOf({ widthPx, heightPx }: LabelToPlace, gapPx: number): readonly Offset[] {
  return Array.from({ length: rings }, (_, ring) => {
    const [x, y] = [widthPx / 2 + gapPx, heightPx / 2 + gapPx + ring * heightPx];
    const beside = ring === 0 ? [[x, 0] as const, [-x, 0] as const] : [];
    return [[0, -y], [0, y], ...beside, ...corners(x, y), ...corners(x / 2, y)] as const;
  }).flat();
}

const corners = (x: number, y: number): readonly Offset[] => [
  [x, -y],
  [-x, -y],
  [x, y],
  [-x, y],
];

function boxAt({ at, widthPx, heightPx }: LabelToPlace, [x, y]: Offset): Box {
  const [middle, centre] = [at.x + x, at.y + y];
  return {
    left: middle - widthPx / 2,
    top: centre - heightPx / 2,
    right: middle + widthPx / 2,
    bottom: centre + heightPx / 2,
  };
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}
