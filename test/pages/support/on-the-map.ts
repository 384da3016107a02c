import { expect } from 'vitest';
import { type Box, overlap } from '../../../web/map/label-places.ts';
import type { Visit } from './visit.ts';

/** A sign on the map: one resident, or a circle with how many. Pixels of the window. */
export type Sign = {
  readonly layer: 'points' | 'clusters' | 'urgent' | 'urgent-clusters';
  readonly count: number;
  readonly x: number;
  readonly y: number;
};

/** The map that is on the page: it is drawn on a canvas, and no element tells what is on it. */
const theMap = `(() => {
  const mapIn = (vnode) => {
    const drawing = vnode?.component?.exposed?.drawing;
    if (drawing) return (drawing.value ?? drawing).map;
    const below = vnode?.component ? [vnode.component.subTree] : Array.isArray(vnode?.children) ? vnode.children : [];
    for (const one of [...below, vnode?.suspense?.activeBranch]) {
      const found = one && typeof one === 'object' && mapIn(one);
      if (found) return found;
    }
  };
  return mapIn(document.querySelector('#app')._vnode);
})()`;

const readSigns = `((map) => {
  if (map === undefined) throw new Error('there is no map, but: ' + document.body.innerText.slice(0, 300));
  const corner = map.getCanvas().getBoundingClientRect();
  const signs = map.queryRenderedFeatures({ layers: ['points', 'clusters', 'urgent', 'urgent-clusters'] }).map((feature) => {
    const { x, y } = map.project(feature.geometry.coordinates);
    const { cluster_id, id, point_count = 1 } = feature.properties;
    return [feature.layer.id + (cluster_id ?? id), { layer: feature.layer.id, count: point_count, x: x + corner.x, y: y + corner.y }];
  });
  return [...new Map(signs).values()];
})(${theMap})`;

/** From how close: 14 shows some 5 km on a desk. */
export async function lookFrom({ page }: Visit, zoom: number): Promise<void> {
  await page.evaluate(`${theMap}.jumpTo({ zoom: ${zoom} }) && undefined`);
}

/** Which layers of the ground are seen, with the names that stand on them. */
export function groundOf({ page }: Visit): Promise<Record<string, string[]>> {
  return page.evaluate(`((map) => {
    const seen = {};
    for (const { layer, source, properties } of map.queryRenderedFeatures()) {
      if (source !== 'tiles') continue;
      const name = layer.type === 'symbol' ? layer.layout['text-field'].toString() : '';
      (seen[layer.id] ??= []).push(name);
    }
    return Object.fromEntries(Object.entries(seen).map(([id, names]) => [id, [...new Set(names)]]));
  })(${theMap})`);
}

export function signsOf({ page }: Visit): Promise<Sign[]> {
  return page.evaluate<Sign[]>(readSigns);
}

/** Waits until so many are on the map. */
export async function expectOnMap(visit: Visit, residents: number): Promise<void> {
  const counted = async () => (await signsOf(visit)).reduce((sum, { count }) => sum + count, 0);
  await expect.poll(counted, { timeout: 20_000 }).toBe(residents);
}

/** Names of areas that people see on the map. */
export async function labelsOf({ page }: Visit): Promise<readonly (Box & { readonly text: string })[]> {
  return page.evaluate(`[...document.querySelectorAll('.map-label:not(.tucked)')].map((label) => {
    const { left, top, right, bottom } = label.getBoundingClientRect();
    return { text: label.textContent, left, top, right, bottom };
  })`);
}

/** Names are there, none lies on another, none on an emergency. */
export async function expectNothingCovered(visit: Visit, signPx: number): Promise<void> {
  const covered = async () => {
    const labels = await labelsOf(visit);
    if (labels.length === 0) return ['no name has found its place'];
    const urgent = (await signsOf(visit)).filter(({ layer }) => layer.startsWith('urgent'));
    const signs = urgent.map(({ x, y }) => {
      const half = signPx / 2;
      return { text: 'emergency', left: x - half, top: y - half, right: x + half, bottom: y + half };
    });
    const all = [...labels, ...signs];
    return all.flatMap((one, i) =>
      all.slice(i + 1).flatMap((other) => (overlap(one, other) ? [`${one.text} and ${other.text}`] : [])),
    );
  };
  await expect.poll(covered, { timeout: 20_000 }).toEqual([]);
}
