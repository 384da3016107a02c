import type { Config } from './config.ts';

export type Addresses = { readonly http: string; readonly mqtt: string; readonly mqtts?: string };

/** Where the service is reached, with the ports it really got. */
export function addressesOf(
  { http, mqtt }: Config,
  httpPort: number,
  mqttPort: number,
  mqttsPort: number | undefined,
): Addresses {
  return {
    http: `http://${reachable(http.host)}:${httpPort}`,
    mqtt: `mqtt://${reachable(mqtt.host)}:${mqttPort}`,
    ...(mqttsPort !== undefined && { mqtts: `mqtts://${reachable(mqtt.host)}:${mqttsPort}` }),
  };
}

/** "Every address" is not an address one can call. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
