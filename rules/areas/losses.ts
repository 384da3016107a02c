import type { Region } from './area-rule.ts';

/** A device that fell silent, with those behind it. */
export type Loss = readonly [atMs: number, areaId: string, residentId: string, deviceId: string, devices: number];

/** Losses within so long have one cause. */
export const windowMs = 5 * 60_000;
/** Fewer homes are neighbours with bad luck, or one hub. */
const homesAtLeast = 3;
/** Of a child that holds so much of what an area lost it is the child that is out. */
const dominant = 0.8;

type Node = { devices: number; readonly homes: Set<string>; readonly children: Set<string> };

/**
 * How many devices of an area must fall silent within the window: 20, or 10 % where that is fewer, and never fewer than 5.
 * In areas of more than 1,000 devices 2 %, up to 1,000 devices: with one band in a hundred and fifty silent for a quarter
 * of an hour by itself at any time, 20 devices of a city are nothing.
 */
export function devicesForOutage(devicesInArea: number): number {
  return Math.max(5, Math.min(20, 0.1 * devicesInArea), Math.min(1000, 0.02 * devicesInArea));
}

/** The smallest areas that explain the losses; none when they are no more than bad luck. */
export function explain(region: Region, losses: readonly Loss[]): readonly string[] {
  const nodes = counted(region, losses);
  const isOut = (id: string, { devices, homes }: Node) =>
    homes.size >= homesAtLeast && devices >= devicesForOutage(region.watchedDevices(id));

  function within(id: string): string[] {
    const node = nodes.get(id);
    if (node === undefined) return [];
    const most = [...node.children].find((child) => (nodes.get(child)?.devices ?? 0) >= dominant * node.devices);
    const smaller = most === undefined ? [] : within(most);
    if (smaller.length > 0) return smaller;
    return isOut(id, node) ? [id] : [...node.children].flatMap(within);
  }
  return within(region.areaId);
}

function counted(region: Region, losses: readonly Loss[]): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [, areaId, residentId, , devices] of losses) {
    let child: string | undefined;
    for (const id of region.pathOf(areaId).toReversed()) {
      const node = nodes.get(id) ?? { devices: 0, homes: new Set(), children: new Set() };
      nodes.set(id, node);
      node.devices += devices;
      node.homes.add(residentId);
      if (child !== undefined) node.children.add(child);
      child = id;
    }
  }
  return nodes;
}
