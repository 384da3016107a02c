import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type LoadOptions, type LoadReport, loadCommunity } from '../simulators/load.ts';
import { type CpuProfile, flameOf, selfTimes } from './profile/flame.ts';
import { svgOf } from './profile/svg.ts';
import { startAnju } from './servers.ts';

/**
 * Where the time of a reading goes: the service with everything on under as much load as it acknowledges, sampled by V8,
 * drawn as `docs/hot-path.svg`; and what takes most by itself.
 */
const zonesEach = 20;
const toldOf = 25;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '200' },
    rate: { type: 'string', default: '0' },
    out: { type: 'string', default: join(import.meta.dirname, '../docs/hot-path.svg') },
  },
});
const run = promisify(execFile);

async function loadOf(mqttUrl: string): Promise<LoadReport> {
  const options: LoadOptions = {
    url: mqttUrl,
    devices: Number(values.connections),
    rate: Number(values.rate),
    qos: 1,
    seconds: Number(values.seconds),
    profile: 'telemetry',
    window: 20,
  };
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'generator.ts'), JSON.stringify(options)]);
  return JSON.parse(stdout) as LoadReport; // the generator's only line
}

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'anju-bench-profile-'));
  try {
    const devices = Number(values.connections);
    const startMs = performance.now();
    const nodeFlags = ['--cpu-prof', `--cpu-prof-dir=${dir}`];
    const anju = await startAnju(devices, loadCommunity(devices, zonesEach), { nodeFlags });
    const readyMs = performance.now() - startMs;
    const report = await loadOf(anju.mqttUrl).finally(() => anju.stop());
    const [file] = await readdir(dir);
    const profile = JSON.parse(await readFile(join(dir, file ?? ''), 'utf8')) as CpuProfile; // as V8 writes it
    const flame = flameOf(profile, readyMs * 1000);
    const rate = Math.round(report.ratePerS).toLocaleString('en-US');
    const title = `Anju under ${rate} acknowledged readings a second, ${devices} connections, ${zonesEach} zones each`;
    await writeFile(values.out, svgOf(flame, title));
    for (const { name, share } of selfTimes(flame).slice(0, toldOf)) {
      console.log(`${(100 * share).toFixed(1).padStart(6)} %  ${name}`);
    }
    console.log(JSON.stringify({ ratePerS: report.ratePerS, busyMs: flame.us / 1000, out: values.out }));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main();
