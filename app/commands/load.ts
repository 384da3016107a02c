import { parseArgs } from 'node:util';
import { AppError } from '../../model/errors.ts';
import {
  formatLoadReport,
  type LoadOptions,
  loadCommunity,
  loadToken,
  profileNames,
  type Qos,
  runLoad,
} from '../../simulators/load.ts';
import { UsageError, wholeNumber } from '../usage.ts';

const usage = `usage: anju load [--url mqtt://127.0.0.1:1883] [--devices 200] [--rate 0] [--qos 1] [--seconds 10] [--window 20] [--profile ${profileNames.join('|')}] [--json]
--rate is messages per second over all devices; 0 is as fast as the windows let. The devices log in with tokens that
\`anju load --devices 200 --community > load.json\` writes and \`anju import load.json\` makes known; --anonymous is for brokers without log-in.`;

/** `anju load`: publishes as fast as asked and says what was acknowledged. Status 1 when something acknowledged was expected and lost. */
export async function load(words: readonly string[]): Promise<number> {
  const { json, community, ...options } = readOptions(words);
  if (community) {
    process.stdout.write(`${JSON.stringify(loadCommunity(options.devices))}\n`);
    return 0;
  }
  const progress = json ? undefined : showProgress;
  const report = await runLoad({ ...options, ...(progress && { onProgress: progress }) });
  if (!json && process.stderr.isTTY) process.stderr.write('\n');
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${formatLoadReport(report)}\n`);
  if (report.sent === 0) throw nobodyGotIn(options);
  return report.lost !== null && report.lost > 0 ? 1 : 0;
}

function nobodyGotIn({ url, devices }: LoadOptions): AppError {
  const known = `anju load --devices ${devices} --community > load.json && anju import load.json`;
  return new AppError(
    'unavailable',
    `no device got in at ${url}: is that the service, and does it know them (${known})?`,
  );
}

function showProgress({
  elapsedS,
  connected,
  sent,
  acknowledged,
}: {
  elapsedS: number;
  connected: number;
  sent: number;
  acknowledged: number;
}): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(
    `\r${elapsedS.toFixed(0)} s  ${connected} connected  ${sent} sent  ${acknowledged} acknowledged  `,
  );
}

function readOptions(words: readonly string[]): LoadOptions & { readonly json: boolean; readonly community: boolean } {
  const values = parsed(words);
  const profile = profileNames.find((name) => name === (values.profile ?? 'telemetry'));
  if (profile === undefined) throw new UsageError(`--profile must be one of ${profileNames.join(', ')}\n${usage}`);
  const qos = wholeNumber(values, 'qos', 1);
  if (qos > 2) throw new UsageError(`--qos must be 0, 1 or 2, got ${qos}`);
  return {
    url: brokerUrl(values.url ?? 'mqtt://127.0.0.1:1883'),
    devices: wholeNumber(values, 'devices', 200, 1),
    rate: wholeNumber(values, 'rate', 0),
    qos: qos as Qos, // checked above
    seconds: wholeNumber(values, 'seconds', 10, 1),
    window: wholeNumber(values, 'window', 20, 1),
    profile,
    json: values.json === true,
    community: values.community === true,
    ...(!values.anonymous && { credentials: (id: string) => ({ username: id, password: loadToken(id) }) }),
  };
}

function brokerUrl(text: string): string {
  if (URL.canParse(text) && new URL(text).protocol === 'mqtt:') return text;
  throw new UsageError(`--url must be mqtt://host:port, got '${text}'`);
}

function parsed(words: readonly string[]) {
  const word = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: {
        url: word,
        devices: word,
        rate: word,
        qos: word,
        seconds: word,
        window: word,
        profile: word,
        json: flag,
        anonymous: flag,
        community: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
