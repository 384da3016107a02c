/** A shape in a tile of 4096 by 4096, from the upper left corner. */
type Shape = { readonly kind: string; readonly at: readonly (readonly [x: number, y: number])[] } & Readonly<
  Record<string, unknown>
>;
type Layer = { readonly name: string; readonly geometry: 'point' | 'line' | 'area'; readonly shapes: readonly Shape[] };

const box = (left: number, top: number, right: number, bottom: number) =>
  [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;

/** A block by the sea: a park, houses, two roads, a name. */
const block: readonly Layer[] = [
  { name: 'earth', geometry: 'area', shapes: [{ kind: 'earth', at: box(0, 0, 1024, 800) }] },
  { name: 'water', geometry: 'area', shapes: [{ kind: 'ocean', at: box(0, 800, 1024, 1024) }] },
  { name: 'landuse', geometry: 'area', shapes: [{ kind: 'park', at: box(60, 60, 360, 420) }] },
  {
    name: 'buildings',
    geometry: 'area',
    shapes: [480, 620, 760, 900].map((x) => ({ kind: 'building', at: box(x, 480, x + 80, 580) })),
  },
  {
    name: 'roads',
    geometry: 'line',
    shapes: [
      {
        kind: 'highway',
        name: '环岛路',
        at: [
          [0, 700],
          [1024, 660],
        ],
      },
      {
        kind: 'minor_road',
        name: '前埔路',
        at: [
          [420, 0],
          [420, 680],
        ],
      },
    ],
  },
  {
    name: 'places',
    geometry: 'point',
    shapes: [{ kind: 'locality', name: '前埔', 'name:en': 'Qianpu', at: [[720, 240]] }],
  },
];
const blocks = [0, 1024, 2048, 3072];

/** Four by four of them, the same in every tile. */
const town: readonly Layer[] = block.map((layer) => ({
  ...layer,
  shapes: blocks.flatMap((right) => blocks.flatMap((down) => layer.shapes.map((shape) => moved(shape, right, down)))),
}));

function moved(shape: Shape, right: number, down: number): Shape {
  return { ...shape, at: shape.at.map(([x, y]) => [x + right, y + down] as const) };
}

/** The layers a map of Protomaps' schema says it has. */
export const townLayers = { vector_layers: town.map(({ name }) => ({ id: name, fields: {} })) };

/** The town as a Mapbox Vector Tile, version 2. */
export function townTile(): Buffer {
  return Buffer.concat(town.map((layer) => field(3, layerOf(layer))));
}

function layerOf({ name, geometry, shapes }: Layer): Buffer {
  const keys = [...new Set(shapes.flatMap(({ at: _at, ...tags }) => Object.keys(tags)))];
  const values = [...new Set(shapes.flatMap(({ at: _at, ...tags }) => Object.values(tags).map(String)))];
  const features = shapes.map(({ at, ...tags }) => {
    const pairs = Object.entries(tags).flatMap(([key, value]) => [keys.indexOf(key), values.indexOf(String(value))]);
    const type = ['', 'point', 'line', 'area'].indexOf(geometry);
    return field(2, Buffer.concat([packed(2, pairs), number(3, type), packed(4, commandsOf(geometry, at))]));
  });
  return Buffer.concat([
    field(1, Buffer.from(name)),
    ...features,
    ...keys.map((key) => field(3, Buffer.from(key))),
    ...values.map((value) => field(4, field(1, Buffer.from(value)))),
    number(5, 4096),
    number(15, 2),
  ]);
}

/** Move to the first corner, lines to the others, each from the one before; an area is closed. */
function commandsOf(geometry: Layer['geometry'], at: Shape['at']): number[] {
  const [moveTo, lineTo, close] = [1, 2, 7];
  const steps = at.map(([x, y], i) => [x - (at[i - 1]?.[0] ?? 0), y - (at[i - 1]?.[1] ?? 0)].map(zigzag));
  const [first = [], ...rest] = steps;
  const lines = rest.length > 0 ? [lineTo | (rest.length << 3), ...rest.flat()] : [];
  return [moveTo | (1 << 3), ...first, ...lines, ...(geometry === 'area' ? [close | (1 << 3)] : [])];
}

const zigzag = (n: number) => (n << 1) ^ (n >> 31);
const field = (id: number, bytes: Buffer) => Buffer.concat([varint((id << 3) | 2), varint(bytes.length), bytes]);
const number = (id: number, value: number) => Buffer.concat([varint(id << 3), varint(value)]);
const packed = (id: number, values: readonly number[]) => field(id, Buffer.concat(values.map(varint)));

function varint(n: number): Buffer {
  const bytes: number[] = [];
  for (let left = n >>> 0; ; left >>>= 7) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left & 127) | 128);
  }
}
