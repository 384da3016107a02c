import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { flowOf, type Neighbours } from './flow.ts';

/** As of November 2026; none of them is a dependency of the project. */
const packages = ['node-red@5.0.7', 'node-red-node-geofence@0.3.4', 'node-red-contrib-influxdb@0.7.0'];

const run = promisify(execFile);

export type NodeRed = { readonly pid: number; stop(): Promise<void> };

/** Installs Node-RED with its nodes from npm into `dir`, once. */
export async function installNodeRed(dir: string): Promise<void> {
  const isThere = await access(join(dir, 'node_modules/node-red/red.js')).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'package.json'), JSON.stringify({ private: true }));
  await run('npm', ['install', '--no-audit', '--no-fund', '--save-exact', ...packages], { cwd: dir });
}

/** Node-RED with our flow, without its editor: nothing but the flow runs. */
export async function startNodeRed(dir: string, neighbours: Neighbours, batch: number): Promise<NodeRed> {
  const flows = join(dir, 'bench-flows.json');
  const settings = join(dir, 'bench-settings.js');
  await writeFile(flows, JSON.stringify(flowOf(neighbours, batch)));
  await writeFile(settings, settingsText(flows));
  const program = createRequire(join(dir, 'package.json')).resolve('node-red/red.js');
  const child = spawn(process.execPath, [program, '--userDir', dir, '--settings', settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { pid: child.pid ?? 0, stop: () => stopped(child) };
}

function settingsText(flows: string): string {
  const settings = {
    flowFile: flows,
    uiHost: '127.0.0.1',
    uiPort: 0,
    httpAdminRoot: false,
    disableEditor: true,
    credentialSecret: false,
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'error', metrics: false, audit: false } },
  };
  return `module.exports = ${JSON.stringify(settings)};\n`;
}

async function stopped(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await gone;
}
