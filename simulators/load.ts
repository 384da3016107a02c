import type { LoadOptions } from './load/options.ts';
import { type LoadReport, reportOf } from './load/report.ts';
import { Load } from './load/run.ts';

export { loadCommunity, loadToken } from './load/community.ts';
export type { Credentials } from './load/connection.ts';
export { type LoadOptions, type LoadProgress, loadDeviceId } from './load/options.ts';
export type { Qos } from './load/packets.ts';
export { type ProfileName, profileNames } from './load/profiles.ts';
export { formatLoadReport, type LoadReport } from './load/report.ts';

/**
 * Publishes for a number of seconds and counts what came back. Resolves with the report, also when the broker refuses or
 * drops everybody: that is a result.
 */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const load = new Load(options);
  await load.open();
  const cpuBefore = process.cpuUsage();
  await load.publish();
  await load.drain();
  return reportOf(options, load.result(process.cpuUsage(cpuBefore)));
}
