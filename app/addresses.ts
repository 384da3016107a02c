import type { Config } from './config.ts';

export type Addresses = {
  readonly http: string;
  readonly https?: string;
  readonly mqtt: string;
  readonly mqtts?: string;
};
type HttpPorts = { readonly port: number; readonly httpsPort: number | undefined };
type MqttPorts = { readonly mqttPort: number; readonly mqttsPort: number | undefined };

/** Where the service is reached, with the ports it really got. */
export function addressesOf(
  { http, https, mqtt }: Config,
  { port, httpsPort }: HttpPorts,
  { mqttPort, mqttsPort }: MqttPorts,
): Addresses {
  return {
    http: `http://${reachable(http.host)}:${port}`,
    ...(https !== undefined && { https: `https://${reachable(https.host)}:${httpsPort}` }),
    mqtt: `mqtt://${reachable(mqtt.host)}:${mqttPort}`,
    ...(mqttsPort !== undefined && { mqtts: `mqtts://${reachable(mqtt.host)}:${mqttsPort}` }),
  };
}

/** "Every address" is not an address one can call. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
