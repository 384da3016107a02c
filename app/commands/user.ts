import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { asAdministrator } from '../administrator.ts';
import { UsageError } from '../usage.ts';

const usage = `usage: anju user add <username> --role admin|operator|responder|family|viewer [--id <id>] [--area <id>] [--residents <id,id>] [--stdin]
       anju user password <username> [--stdin]
With --stdin the password is read from standard input; otherwise one is made up and printed once.`;

/** `anju user add|password`. */
export async function user(words: readonly string[]): Promise<number> {
  const [action, username, ...rest] = words;
  if (username === undefined || (action !== 'add' && action !== 'password')) throw new UsageError(usage);
  const values = options(rest);
  const password = values.stdin ? (await text(process.stdin)).trim() : randomBytes(12).toString('base64url');
  if (action === 'add') await add(username, password, values);
  else await asAdministrator((administrator) => administrator.setPassword(username, password));
  process.stdout.write(values.stdin ? `the password of ${username} is set\n` : `${password}\n`);
  return 0;
}

type Options = ReturnType<typeof options>;

async function add(username: string, password: string, { role, id, area, residents }: Options): Promise<void> {
  if (role === undefined) throw new UsageError(`--role is missing\n${usage}`);
  const entity = {
    id: id ?? username.replaceAll(/[^A-Za-z0-9_-]/g, '-'),
    username,
    role,
    password,
    ...(area !== undefined && { areaId: area }),
    ...(residents !== undefined && { residentIds: residents.split(',') }),
  };
  await asAdministrator((administrator) => administrator.put('users', entity));
}

function options(words: readonly string[]) {
  const word = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: { role: word, id: word, area: word, residents: word, stdin: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
