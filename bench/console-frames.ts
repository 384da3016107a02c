import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openTown } from '../test/api/support/town.ts';
import { browser } from '../test/pages/support/browser.ts';
import { crowd, storm } from '../test/pages/support/storm.ts';

/**
 * How long the console works for a picture with many alerts open: doing nothing but let its clocks run, being scrolled, and
 * while alerts change. The pages have to be built (`npm run build`). Drawn by the processor, so gaps between pictures say
 * more about this machine than about the page; the work on the main thread is the page's own.
 *
 *     npx node bench/console-frames.ts [--alerts 500] [--seconds 10] [--changes 20]
 *
 * Exit status 1 when the page works longer than 16 ms for a picture on average.
 */
const goalMs = 16;
const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    changes: { type: 'string', default: '20' },
  },
});
const [alerts, seconds, changesPerS] = [Number(values.alerts), Number(values.seconds), Number(values.changes)];

const town = await openTown();
town.clock.nowMs = Date.now();
await crowd(town, alerts);
await storm(town, alerts);

const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
const page = await context.newPage();
const { json } = await town.logIn('east');
await page.addInitScript(`sessionStorage.setItem('anju.session', ${JSON.stringify(JSON.stringify(json))})`);
await page.goto(`${town.url}/console`);
await page.locator('[data-part=scene] [data-part=history]').waitFor();
await page.locator('[data-do=hush]').click();
const tools = await context.newCDPSession(page);
// Its own time on the processor, however many others there are.
await tools.send('Performance.enable', { timeDomain: 'threadTicks' });

/** Seconds the main thread was on the processor since the page began. */
async function workedS(): Promise<number> {
  const { metrics } = await tools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

const countFrames = `new Promise((done) => {
  const [end, gaps] = [performance.now() + ${seconds * 1000}, []];
  let last = performance.now();
  const next = (now) => {
    gaps.push(now - last);
    last = now;
    globalThis.onEachFrame?.();
    if (now < end) requestAnimationFrame(next);
    else done(gaps);
  };
  requestAnimationFrame(next);
})`;

async function measure(what: string): Promise<number> {
  const before = await workedS();
  const gaps = (await page.evaluate<number[]>(countFrames)).sort((a, b) => a - b);
  const perFrameMs = ((await workedS()) - before) * (1000 / gaps.length);
  const p99 = gaps[Math.floor(gaps.length * 0.99)] ?? 0;
  console.log(
    `${what}: ${gaps.length} pictures, ${perFrameMs.toFixed(1)} ms of work for one, gap p99 ${p99.toFixed(0)} ms`,
  );
  return perFrameMs;
}

const idle = await measure('clocks only');
await page.evaluate(`globalThis.onEachFrame = () => {
  const list = document.querySelector('[data-part=queue] .holder');
  list.scrollTop = (list.scrollTop + 40) % (list.scrollHeight - list.clientHeight);
}`);
const scrolled = await measure('scrolled');
await page.evaluate('globalThis.onEachFrame = undefined');

const changing = new AbortController();
const changes = changeOn();
const changed = await measure(`${changesPerS} changes a second`);
changing.abort();
await changes;

await context.close();
await (await browser()).close();
await town.close();
process.exitCode = Math.max(idle, scrolled, changed) > goalMs ? 1 : 0;

/** One alert after the other is acknowledged and passed on again. */
async function changeOn(): Promise<void> {
  const open = town.parts.desk.open();
  for (let i = 0; !changing.signal.aborted; i += 1) {
    const action = Math.floor(i / open.length) % 2 === 0 ? 'acknowledge' : 'pass';
    await town.as('east', 'POST', `/alerts/${open[i % open.length]?.id}/actions`, { action });
    await pause(1000 / changesPerS);
  }
}
