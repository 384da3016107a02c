import type { Credentials } from './connection.ts';
import type { Qos } from './packets.ts';
import type { ProfileName } from './profiles.ts';

export type LoadOptions = {
  /** `mqtt://host:port`. */
  readonly url: string;
  readonly devices: number;
  /** Messages per second over all devices; 0 sends as fast as the windows let. */
  readonly rate: number;
  readonly qos: Qos;
  readonly seconds: number;
  readonly profile: ProfileName;
  /** Unacknowledged messages a connection may have. */
  readonly window: number;
  /** One for each device unless the broker lets one connection speak for several. */
  readonly connections?: number;
  readonly deviceId?: (index: number) => string;
  /** Log-in of a device; none when absent. */
  readonly credentials?: (deviceId: string) => Credentials;
  /** How long the last answers are waited for. */
  readonly drainMs?: number;
  /** Once a second. */
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
};

export type LoadProgress = {
  readonly elapsedS: number;
  readonly connected: number;
  readonly sent: number;
  readonly acknowledged: number;
};

/** Default device ids of the load generator. */
export function loadDeviceId(index: number): string {
  return `load-${String(index).padStart(5, '0')}`;
}
