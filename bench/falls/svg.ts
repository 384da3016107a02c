import { type Group, pointAt } from './curve.ts';
import type { Judged } from './examples.ts';

export type Panel = {
  readonly title: string;
  readonly all: readonly Judged[];
  readonly scores: Float64Array;
  readonly groups: readonly Group[];
  readonly threshold: number;
};

const colours = ['#1b6ca8', '#c0392b', '#2e8b57'];
const [width, height, margin] = [360, 300, 44];
/** Percent shown on each axis. */
const [fromFalse, toFalse, fromFound] = [0, 10, 50];

/** Two panels side by side: falls found against false alarms, the operating point as a dot and the goal as a cross. */
export function drawn(panels: readonly Panel[]): string {
  const body = panels.map((panel, i) => `<g transform="translate(${i * width},0)">${panelOf(panel)}</g>`).join('\n');
  const size = `width="${width * panels.length}" height="${height + 60}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">\n<title>Falls found against daily movements suspected</title>\n<rect width="100%" height="100%" fill="white"/>\n${body}\n</svg>\n`;
}

const xOf = (falsePct: number) => margin + ((Math.min(toFalse, falsePct) - fromFalse) / toFalse) * (width - 2 * margin);
const yOf = (foundPct: number) => {
  const share = (Math.max(fromFound, foundPct) - fromFound) / (100 - fromFound);
  return height - margin - share * (height - 2 * margin);
};

function panelOf(panel: Panel): string {
  const lines = panel.groups.map((group, i) => lineOf(panel, group, colours[i % colours.length] ?? 'black', i));
  const ticks = [0, 2, 4, 6, 8, 10].map(
    (x) => `<text x="${xOf(x)}" y="${height - margin + 14}" text-anchor="middle">${x}</text>`,
  );
  const levels = [50, 60, 70, 80, 90, 100].map(
    (y) =>
      `<text x="${margin - 6}" y="${yOf(y) + 4}" text-anchor="end">${y}</text><path d="M${xOf(0)} ${yOf(y)}H${xOf(toFalse)}" stroke="#ddd"/>`,
  );
  const title = `<text x="${width / 2}" y="20" text-anchor="middle" font-size="13">${panel.title}</text>`;
  const axis = `<text x="${width / 2}" y="${height - margin + 30}" text-anchor="middle">daily movements suspected, %</text>`;
  const side = `<text x="12" y="${height / 2}" text-anchor="middle" transform="rotate(-90 12 ${height / 2})">falls found, %</text>`;
  return [title, ...levels, ...ticks, axis, side, ...lines].join('\n');
}

function lineOf({ all, scores, threshold }: Panel, group: Group, colour: string, index: number): string {
  const steps = Array.from({ length: 121 }, (_, i) => threshold + 6 - i / 10);
  const points = steps
    .map((at) => pointAt(all, scores, group, at))
    .filter((point) => point.specificity >= 100 - toFalse);
  const path = points.map(
    (p, i) => `${i === 0 ? 'M' : 'L'}${xOf(100 - p.specificity).toFixed(1)} ${yOf(p.sensitivity).toFixed(1)}`,
  );
  const here = pointAt(all, scores, group, threshold);
  const dot = `<circle cx="${xOf(100 - here.specificity)}" cy="${yOf(here.sensitivity)}" r="4" fill="${colour}"/>`;
  const goalX = xOf(100 - (group.specificity ?? 100));
  const goalY = yOf(group.sensitivity ?? 100);
  const goal = `<path d="M${goalX - 4} ${goalY - 4}l8 8m0-8l-8 8" stroke="${colour}" stroke-width="1.5"/>`;
  const name = `<text x="${margin + 10 + index * 100}" y="${height + 20}" fill="${colour}">${group.name}</text>`;
  return `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="1.5"/>${dot}${goal}${name}`;
}
