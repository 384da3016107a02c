import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCommunity } from '../../simulators/community.ts';
import { logIn } from '../../simulators/http.ts';
import { formatSimulationReport, simulate } from '../../simulators/simulate.ts';
import { liveAlertTable } from '../../simulators/table.ts';
import { type Config, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type Service, startService } from '../service.ts';
import { stopSignal } from '../stop-signal.ts';

const adminPassword = 'demo-admin-password';

/** `anju demo`: the service on a fresh temporary folder with fifty invented residents, until Ctrl-C. */
export async function demo(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'anju-demo-'));
  const config: Config = { ...readConfig({ ANJU_LOG_LEVEL: 'warn', ...process.env }), dataDir, adminPassword };
  try {
    const service = await startAnywhere(config);
    await live(service);
    await service.stop();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return 0;
}

/** On the usual ports, or on free ones when something else has them. */
async function startAnywhere(config: Config): Promise<Service> {
  const log = createLog(config.logLevel);
  try {
    return await startService(config, log);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startService({ ...config, http: { ...config.http, port: 0 }, mqtt: { ...config.mqtt, port: 0 } }, log);
  }
}

async function live({ addresses }: Service): Promise<void> {
  const community = generateCommunity({ seed: 'demo' });
  process.stdout.write(welcome(addresses, community.users));
  const table = liveAlertTable(process.stdout);
  const names = new Map(community.residents.map(({ id, name }) => [id, name]));
  const over = new AbortController();
  let startMs = 0;
  const stopped = stopSignal().then(() => over.abort());
  const token = await logIn(addresses.http, 'admin', adminPassword);
  const report = await simulate('demo', {
    mqttUrl: addresses.mqtt,
    httpUrl: addresses.http,
    token,
    community,
    keepsLiving: true,
    signal: over.signal,
    onProgress: (progress) => {
      if (progress.step === 'started') startMs = progress.startMs;
    },
    onAlert: (alert) => table.show(alert, names.get(alert.residentId)),
  });
  table.end();
  if (!over.signal.aborted) {
    process.stdout.write(
      `\n${formatSimulationReport(report, startMs, (id) => names.get(id) ?? id)}\n\n按 Ctrl-C 结束 · Ctrl-C ends it\n`,
    );
  }
  await stopped;
}

type Login = { readonly username: string; readonly role: string; readonly password?: string | undefined };

function welcome({ http, mqtt }: Service['addresses'], users: readonly Login[]): string {
  const logins = [{ username: 'admin', role: 'admin', password: adminPassword }, ...users.slice(0, 4)];
  const lines = logins.map(
    ({ username, role, password = '' }) => `  ${username.padEnd(12)} ${password.padEnd(24)} ${role}`,
  );
  return `安居 Anju\n  页面 page  ${http}/\n  MQTT       ${mqtt}\n\n  用户 user     密码 password             角色 role\n${lines.join('\n')}\n\n`;
}
