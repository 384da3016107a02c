import { AppError } from '../model/errors.ts';
import { commands } from './commands/index.ts';
import { UsageError } from './usage.ts';

const usage = `anju <command>

  serve                      run the service
  demo                       run it on a fresh folder with a simulated community
  import <file>              areas, residents, contacts, devices, zones, users from one JSON document
  export                     the same document of what is stored, on stdout
  device add|token|revoke    administration without the web page
  user add|password
  person export|erase        everything kept about one resident: a copy, or the end of it
  backup <dir>               a consistent copy, while the service runs
  restore <dir>              a verified copy into an empty data folder
  store verify|repair        reads everything and says what is damaged
  audit verify               was the audit log changed, cut or written anew
  replay <file> --community <import.json>
  simulate <scenario>        drive a running service from outside
  explain <alert>            why an alert was raised, and who did what about it
  evaluate                   how well emergencies are noticed, on an invented community and on recordings
  load                       load generator

README.md says more.`;

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${usage}\n`);
    return name === undefined ? 2 : 0;
  }
  const load = commands.get(name);
  if (load === undefined) throw new UsageError(`there is no command '${name}'\n\n${usage}`);
  const command = await load();
  return command(rest);
}

/** One clear line on stderr for what people can mend; a stack only for bugs. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`anju: ${error.message}\n`);
    return 2;
  }
  if (error instanceof AppError) {
    const details = error.problems.map(({ path, reason }) => `\n  ${path || '(the whole)'}: ${reason}`).join('');
    process.stderr.write(`anju: ${error.message}${details}\n`);
    return 1;
  }
  process.stderr.write(`anju: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

// `anju export | head`: whoever reads has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = explain(error);
  },
);
