import type { Flame } from './flame.ts';

const widthPx = 1400;
const rowPx = 17;
const headPx = 28;
/** Narrower boxes hold nothing that can be read. */
const leastPx = 1.5;
const charPx = 6.6;
/** Ours warm, what others wrote cool, Node and V8 grey. */
const colours = {
  ours: ['#e8743b', '#f2a35e'],
  others: ['#5b8db8', '#86aed0'],
  engine: ['#b9b9b9', '#d0d0d0'],
} as const;
const ours =
  /^(broker|ingest|rules|store|alerts|api|app|model|codecs|telemetry|records|areas|fall|silence|inactivity|hazard|vitals)\//;

/** A flame graph without script: width is time, what is called lies above its caller; names and shares as tooltips. */
export function svgOf(root: Flame, title: string): string {
  const boxes: string[] = [];
  const depth = draw(root, 0, 0, widthPx / root.us, root.us, boxes);
  const heightPx = headPx + (depth + 1) * rowPx + 6;
  const turned = boxes.map((box) =>
    box.replace(/ROW(\d+)/g, (_, row) => String(heightPx - 6 - (Number(row) + 1) * rowPx)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" font-family="monospace" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${widthPx}" height="${heightPx}" fill="#ffffff"/>`,
    `<text x="6" y="18" font-size="13">${escaped(title)}</text>`,
    ...turned,
    '</svg>\n',
  ].join('\n');
}

/** Adds a box and those above it; how many rows there are above. */
function draw(flame: Flame, leftUs: number, row: number, pxPerUs: number, allUs: number, boxes: string[]): number {
  const width = flame.us * pxPerUs;
  if (width < leastPx) return 0;
  boxes.push(boxOf(flame, leftUs * pxPerUs, width, row, allUs));
  let deepest = 0;
  let atUs = leftUs;
  for (const one of flame.above) {
    deepest = Math.max(deepest, 1 + draw(one, atUs, row + 1, pxPerUs, allUs, boxes));
    atUs += one.us;
  }
  return deepest;
}

function boxOf({ name, place, us }: Flame, x: number, width: number, row: number, allUs: number): string {
  const label = name.slice(0, Math.max(0, Math.floor((width - 4) / charPx)));
  const tip = `${name} ${place} ${((100 * us) / allUs).toFixed(1)} %`;
  const at = `x="${x.toFixed(1)}" width="${Math.max(0.5, width - 0.5).toFixed(1)}"`;
  const text = label.length < 3 ? '' : `<text x="${(x + 3).toFixed(1)}" y="ROW${row}" dy="12">${escaped(label)}</text>`;
  return `<g><title>${escaped(tip)}</title><rect ${at} y="ROW${row}" height="${rowPx - 1}" fill="${colourOf(place, row)}"/>${text}</g>`;
}

function colourOf(place: string, row: number): string {
  const whose = ours.test(place) ? 'ours' : place === '' || place.startsWith('node:') ? 'engine' : 'others';
  return colours[whose][row % 2] ?? '#ffffff';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
