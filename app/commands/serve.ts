import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../config.ts';
import { explainedStart } from '../listen-refusal.ts';
import { createLog } from '../log.ts';
import { startService } from '../service.ts';
import { stopSignal } from '../stop-signal.ts';
import { requireNoMore } from '../usage.ts';

/** Whatever hangs (a disk, a mount), stopping ends: what was acknowledged is on disk, and the rest is sent again. */
const stopsWithinMs = 9_000;

/** Runs until SIGTERM or SIGINT, then stops in order: accept nothing more, commit, acknowledge, close. */
export async function serve(words: readonly string[]): Promise<number> {
  requireNoMore(words, 'usage: anju serve (settings are environment variables, see README.md)');
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const asked = stopSignal(); // before anybody is told that it runs
  const service = await startService(config, log).catch((error: unknown) => {
    throw explainedStart(error, config);
  });
  if (service.generatedAdminPassword !== undefined) {
    process.stderr.write(
      `anju: first start: user name admin, password ${service.generatedAdminPassword} (shown only now)\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ event: 'ready', ...service.addresses })}\n`);
  const signal = await asked;
  log.info({ signal }, 'stopping');
  const isStopped = await Promise.race([service.stop().then(() => true), wait(stopsWithinMs, false, { ref: false })]);
  if (isStopped) return 0;
  log.error({}, 'stopping took too long: leaving as it is');
  process.exit(1);
}
