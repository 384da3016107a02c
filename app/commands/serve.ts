import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { startService } from '../service.ts';
import { stopSignal } from '../stop-signal.ts';

/** Runs until SIGTERM or SIGINT, then stops in order: accept nothing more, commit, acknowledge, close. */
export async function serve(): Promise<number> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const asked = stopSignal(); // before anybody is told that it runs
  const service = await startService(config, log);
  if (service.generatedAdminPassword !== undefined) {
    process.stderr.write(
      `anju: first start: user name admin, password ${service.generatedAdminPassword} (shown only now)\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ event: 'ready', ...service.addresses })}\n`);
  const signal = await asked;
  log.info({ signal }, 'stopping');
  await service.stop();
  return 0;
}
