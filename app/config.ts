import { z } from 'zod';
import { AppError } from '../model/errors.ts';
import type { InfluxServer } from '../store/influx/server.ts';
import { type ChannelSettings, channelSettingsOf, channelVariables } from './channel-settings.ts';
import { influxServerOf, influxVariables } from './influx-settings.ts';
import { type MapSource, mapSourceOf, mapVariables } from './map-settings.ts';
import { proxyVariables } from './proxy-settings.ts';
import { recordsVariables } from './records-settings.ts';
import { defaultRetentionDays, parseRetentionDays, type RetentionDays } from './retention-days.ts';

const Port = z.coerce.number().int('must be a whole number').min(0).max(65_535);
const Text = z.string().min(1, 'must not be empty');

const RetentionSetting = z.string().transform((text, context) => {
  const parsed = parseRetentionDays(text);
  if ('days' in parsed) return parsed.days;
  context.addIssue({ code: 'custom', message: parsed.wrong });
  return z.NEVER;
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Every `ANJU_` variable there is. All optional; a name that is not here stops the start. */
const Environment = z.strictObject({
  ANJU_DATA_DIR: Text.default('./data'),
  ANJU_HTTP_HOST: Text.default('127.0.0.1'),
  ANJU_HTTP_PORT: Port.default(8080),
  ANJU_HTTPS_HOST: Text.default('0.0.0.0'),
  ANJU_HTTPS_PORT: Port.optional(),
  ANJU_MQTT_HOST: Text.default('127.0.0.1'),
  ANJU_MQTT_PORT: Port.default(1883),
  ANJU_MQTTS_PORT: Port.optional(),
  ANJU_TLS_CERT: Text.optional(),
  ANJU_TLS_KEY: Text.optional(),
  ANJU_TLS_CA: Text.optional(),
  ANJU_ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  ANJU_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ANJU_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  ANJU_RETENTION_DAYS: RetentionSetting.default(defaultRetentionDays),
  ANJU_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional(),
  ANJU_SMTP_FROM: Text.default('anju@localhost'),
  ...channelVariables,
  ...proxyVariables,
  ...influxVariables,
  ...recordsVariables,
  ...mapVariables,
});

/** File names. */
export type CertificateFiles = { readonly cert: string; readonly key: string };
/** Of devices a certificate may be wanted as well; browsers have none. */
export type ClientCheckedFiles = CertificateFiles & { readonly ca?: string };

export type Config = {
  readonly dataDir: string;
  /** Of a PostgreSQL that has the records; a file in the data folder has them when absent. Holds a password. */
  readonly recordsUrl: string | undefined;
  readonly http: { readonly host: string; readonly port: number };
  readonly mqtt: { readonly host: string; readonly port: number };
  /** Whose `X-Forwarded-For` is believed. */
  readonly isTrustedProxy: ((address: string) => boolean) | undefined;
  /** The pages and the API over TLS. */
  readonly https: (CertificateFiles & { readonly host: string; readonly port: number }) | undefined;
  readonly mqtts: (ClientCheckedFiles & { readonly port: number }) | undefined;
  readonly adminPassword: string | undefined;
  readonly logLevel: string;
  readonly timeZone: string;
  readonly retentionDays: RetentionDays;
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  readonly channels: ChannelSettings;
  /** Where readings are forwarded to. */
  readonly influx: InfluxServer | undefined;
  /** Where the pages get map pictures from. */
  readonly map: MapSource | undefined;
};

/** Where everything is that a command works on. */
export type Kept = Pick<Config, 'dataDir' | 'recordsUrl'>;

/** Reads the environment; throws one AppError that names every bad variable. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const ours = Object.entries(environment).filter(([name, value]) => name.startsWith('ANJU_') && value !== undefined);
  const parsed = Environment.safeParse(Object.fromEntries(ours));
  if (!parsed.success) throw refusal(parsed.error);
  const env = parsed.data;
  return {
    dataDir: env.ANJU_DATA_DIR,
    recordsUrl: env.ANJU_RECORDS_URL,
    http: { host: env.ANJU_HTTP_HOST, port: env.ANJU_HTTP_PORT },
    mqtt: { host: env.ANJU_MQTT_HOST, port: env.ANJU_MQTT_PORT },
    isTrustedProxy: env.ANJU_TRUSTED_PROXIES,
    https: httpsListener(env),
    mqtts: mqttsListener(env),
    adminPassword: env.ANJU_ADMIN_PASSWORD,
    logLevel: env.ANJU_LOG_LEVEL,
    timeZone: env.ANJU_TIMEZONE,
    retentionDays: env.ANJU_RETENTION_DAYS,
    smtp: env.ANJU_SMTP_URL === undefined ? undefined : { url: env.ANJU_SMTP_URL, from: env.ANJU_SMTP_FROM },
    channels: channelSettingsOf(env),
    influx: influxServerOf(env),
    map: mapSourceOf(env),
  };
}

function httpsListener(env: z.infer<typeof Environment>): Config['https'] {
  const { ANJU_HTTPS_HOST: host, ANJU_HTTPS_PORT: port } = env;
  return port === undefined ? undefined : { host, port, ...certificateFor('ANJU_HTTPS_PORT', env) };
}

function mqttsListener(env: z.infer<typeof Environment>): Config['mqtts'] {
  const { ANJU_MQTTS_PORT: port, ANJU_TLS_CA: ca } = env;
  if (port === undefined) return undefined;
  return { port, ...certificateFor('ANJU_MQTTS_PORT', env), ...(ca !== undefined && { ca }) };
}

function certificateFor(port: string, env: z.infer<typeof Environment>): CertificateFiles {
  const { ANJU_TLS_CERT: cert, ANJU_TLS_KEY: key } = env;
  if (cert !== undefined && key !== undefined) return { cert, key };
  throw new AppError('badRequest', `${port} is set, so ANJU_TLS_CERT and ANJU_TLS_KEY must name PEM files`);
}

function refusal(error: z.ZodError): AppError {
  const sentences = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.join(', ')} is not a setting of this version (see README)`
      : `${issue.path.join('.')} ${issue.message}`,
  );
  return new AppError('badRequest', sentences.join('; '));
}
