import type { Browser, Page } from 'playwright-core';

/** What the browser writes down of each task of each thread. Only what is read here. */
type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds on the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string } };
};

/** Work on the main thread of the page while something went on. */
export type Work = {
  readonly pictures: number;
  /** On the processor for one picture: everything since the one before. */
  readonly perPictureMs: { readonly mean: number; readonly p95: number; readonly max: number };
  /** The longest single task: on the processor, and with what it waited for the drawing process or the processor. */
  readonly longestTaskMs: { readonly worked: number; readonly lasted: number };
  readonly gapMs: { readonly p50: number; readonly p95: number };
  /** Of the process that draws: what a graphics card would do. */
  readonly drawingPerPictureMs: number;
};

const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'];

/** Runs something with the page's pictures counted and each task of its main thread timed. */
export async function tracedWork(browser: Browser, page: Page, run: () => Promise<void>): Promise<Work> {
  const before = await drawingMs(browser);
  await browser.startTracing(page, { categories: [...categories] });
  await run();
  const events = (JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }).traceEvents;
  const drawn = (await drawingMs(browser)) - before;
  return workOf(events, drawn);
}

/** Milliseconds the drawing process was on the processors since it began, with all its threads. */
async function drawingMs(browser: Browser): Promise<number> {
  const tools = await browser.newBrowserCDPSession();
  const { processInfo } = await tools.send('SystemInfo.getProcessInfo');
  await tools.detach();
  return processInfo.filter(({ type }) => type === 'GPU').reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

function workOf(events: readonly TraceEvent[], drawnMs: number): Work {
  const main = mainThreadOf(events);
  const own = events.filter(({ pid, tid }) => pid === main.pid && tid === main.tid);
  const pictures = own
    .filter(({ name }) => name === 'FireAnimationFrame')
    .map(({ ts }) => ts)
    .sort(ascending);
  const tasks = own.filter(({ name, ph }) => ph === 'X' && name === 'RunTask');
  const worked = pictures.slice(1).map(() => 0);
  for (const { ts, tdur = 0 } of tasks) {
    const at = pictures.findLastIndex((picture) => picture <= ts);
    if (at >= 0 && at < worked.length) worked[at] = (worked[at] ?? 0) + tdur / 1000;
  }
  const gaps = pictures
    .slice(1)
    .map((ts, i) => (ts - (pictures[i] ?? ts)) / 1000)
    .sort(ascending);
  const sorted = worked.toSorted(ascending);
  const longest = tasks.toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))[0];
  return {
    pictures: pictures.length,
    perPictureMs: { mean: meanOf(worked), p95: quantile(sorted, 0.95), max: sorted.at(-1) ?? 0 },
    longestTaskMs: { worked: (longest?.tdur ?? 0) / 1000, lasted: (longest?.dur ?? 0) / 1000 },
    gapMs: { p50: quantile(gaps, 0.5), p95: quantile(gaps, 0.95) },
    drawingPerPictureMs: drawnMs / pictures.length,
  };
}

/** The thread on which the page's own pictures were asked for most often. */
function mainThreadOf(events: readonly TraceEvent[]): { readonly pid: number; readonly tid: number } {
  const counted = new Map<string, number>();
  for (const { name, pid, tid } of events)
    if (name === 'FireAnimationFrame') counted.set(`${pid} ${tid}`, (counted.get(`${pid} ${tid}`) ?? 0) + 1);
  const [most] = [...counted].sort(([, a], [, b]) => b - a);
  if (most === undefined) throw new Error('the page drew nothing');
  const [pid = 0, tid = 0] = most[0].split(' ').map(Number);
  return { pid, tid };
}

const ascending = (a: number, b: number) => a - b;
const meanOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length);
const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
