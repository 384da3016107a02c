import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withVisits } from '../../simulators/community/visits.ts';
import { generateCommunity } from '../../simulators/community.ts';
import { logIn } from '../../simulators/http.ts';
import { formatSimulationReport, simulate } from '../../simulators/simulate.ts';
import { liveAlertTable } from '../../simulators/table.ts';
import { type Config, readConfig } from '../config.ts';
import { explainedStart } from '../listen-refusal.ts';
import { createLog } from '../log.ts';
import { type Service, startService } from '../service.ts';
import { stopSignal } from '../stop-signal.ts';
import { requireNoMore } from '../usage.ts';

const adminPassword = 'demo-admin-password';
const ending = '按 Ctrl-C 结束 · Ctrl-C ends it';

/** `anju demo`: the service on a fresh temporary folder with fifty invented residents, until Ctrl-C. */
export async function demo(words: readonly string[]): Promise<number> {
  requireNoMore(words, 'usage: anju demo');
  // Warnings between its lines would break the table.
  const settings = readConfig({ ANJU_LOG_LEVEL: 'error', ...process.env });
  const asked = stopSignal(); // before there is a folder that would be left behind
  const dataDir = temporaryFolder();
  const service = await startAnywhere({ ...settings, dataDir, recordsUrl: undefined, adminPassword });
  await live(service, asked);
  await service.stop();
  return 0;
}

/** Goes with the process, however impatiently that is ended. */
function temporaryFolder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-demo-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** On the usual ports, or on free ones when something else has them. */
async function startAnywhere(config: Config): Promise<Service> {
  const log = createLog(config.logLevel);
  try {
    return await startService(config, log);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw explainedStart(error, config);
    return startService({ ...config, http: { ...config.http, port: 0 }, mqtt: { ...config.mqtt, port: 0 } }, log);
  }
}

async function live({ addresses }: Service, asked: Promise<unknown>): Promise<void> {
  const made = generateCommunity({ seed: 'demo' });
  const community = { ...made, residents: withVisits(made.residents, Date.now()) };
  process.stdout.write(welcome(addresses, community.users));
  const table = liveAlertTable(process.stdout);
  const names = new Map(community.residents.map(({ id, name }) => [id, name]));
  const over = new AbortController();
  let startMs = 0;
  const stopped = asked.then(() => over.abort());
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
    const summary = formatSimulationReport(report, startMs, (id) => names.get(id) ?? id);
    process.stdout.write(`\n${summary}\n\n生活继续 · Life goes on. ${ending}\n\n`);
  }
  await stopped;
}

type Login = { readonly username: string; readonly role: string; readonly password?: string | undefined };

function welcome({ http, mqtt }: Service['addresses'], users: readonly Login[]): string {
  const logins = [...users.slice(0, 4), { username: 'admin', role: 'admin', password: adminPassword }];
  const lines = logins.map(
    ({ username, role, password = '' }) => `  ${username.padEnd(12)} ${password.padEnd(24)} ${role}`,
  );
  return `安居 Anju
  页面 page  ${http}/
  MQTT       ${mqtt}

  用户 user    密码 password            角色 role
${lines.join('\n')}

  打开页面，用 responder1 登录，接一单。
  Open the page, log in as responder1, claim an alert.
  ${ending}

`;
}
