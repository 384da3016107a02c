import type { History, TelemetryStore } from '../store/contracts.ts';

/** A place where readings are kept. */
export type NamedHistory = { readonly name: string; readonly history: Pick<History, 'erase' | 'expire'> };

/** The readings here, and copies elsewhere that follow them. */
export function historiesOf(telemetry: TelemetryStore, copies: readonly NamedHistory[] = []): readonly NamedHistory[] {
  return [{ name: 'here', history: telemetry }, ...copies];
}
