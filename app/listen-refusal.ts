import { AppError } from '../model/errors.ts';
import type { Config } from './config.ts';

type ListenError = NodeJS.ErrnoException & {
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
};

/** An address that cannot be had, as a sentence that names the setting; whatever else went wrong, as it is. */
export function explainedStart(error: unknown, config: Config): unknown {
  const { syscall, code = '', address = '', hostname = '', port } = (error ?? {}) as ListenError;
  if (syscall === 'getaddrinfo') return unusableHost(hostname, code);
  if (syscall !== 'listen') return error;
  if (code === 'EADDRNOTAVAIL') return unusableHost(address, code);
  const setting = settingOf(port, config);
  const why = whyNot[code] ?? `it cannot be listened on (${code})`;
  return new AppError(
    'unavailable',
    `${address}:${port}: ${why}; or set ${setting} to another port (0 is any free one)`,
  );
}

const whyNot: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already: stop it',
  EACCES: 'this user may not listen on that port: ask for the right',
};

function settingOf(port: number | undefined, { http, https, mqtt, mqtts }: Config): string {
  if (port === http.port) return 'ANJU_HTTP_PORT';
  if (port === https?.port && port !== mqtt.port) return 'ANJU_HTTPS_PORT';
  return port === mqtts?.port && port !== mqtt.port ? 'ANJU_MQTTS_PORT' : 'ANJU_MQTT_PORT';
}

function unusableHost(host: string, code: string): AppError {
  return new AppError(
    'unavailable',
    `${host} is not an address of this machine (${code}): set ANJU_HTTP_HOST and ANJU_MQTT_HOST to 127.0.0.1 (only this machine comes in) or 0.0.0.0`,
  );
}
