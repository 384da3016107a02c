import { AppError } from '../model/errors.ts';
import type { History, TelemetryStore } from '../store/contracts.ts';

/** A place where readings are kept. */
export type NamedHistory = { readonly name: string; readonly history: Pick<History, 'erase' | 'expire'> };

export const localName = 'here';
export const influxName = 'influxdb';

/** The readings here, and in a copy elsewhere that follows them. */
export function historiesOf(telemetry: TelemetryStore, copy?: NamedHistory): readonly NamedHistory[] {
  return [{ name: localName, history: telemetry }, ...(copy === undefined ? [] : [copy])];
}

/** A copy that only the running service speaks with: whatever is asked of it waits until then. */
export function copyOutOfReach(): NamedHistory {
  const refuse = async (): Promise<number> => {
    throw new AppError('unavailable', 'InfluxDB is told by the service when it runs again');
  };
  return { name: influxName, history: { erase: refuse, expire: refuse } };
}
