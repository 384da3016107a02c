import { parseArgs } from 'node:util';
import { asAdministrator } from '../administrator.ts';
import { UsageError } from '../usage.ts';

const usage = `usage: anju device add <id> --kind <kind> [--resident <id>] [--room <room>] [--codec <name>] [--address <address>] [--hub <id>]
       anju device token <id>     a new token, shown once; the old one stops working
       anju device revoke <id>    no token works any more`;

/** `anju device add|token|revoke`. */
export async function device(words: readonly string[]): Promise<number> {
  const [action, id, ...rest] = words;
  if (id === undefined) throw new UsageError(usage);
  switch (action) {
    case 'add':
      return add(id, rest);
    case 'token':
      process.stdout.write(`${await asAdministrator((administrator) => administrator.issueDeviceToken(id))}\n`);
      return 0;
    case 'revoke':
      await asAdministrator((administrator) => administrator.revokeDeviceToken(id));
      process.stdout.write(`${id} has no token any more\n`);
      return 0;
    default:
      throw new UsageError(usage);
  }
}

async function add(id: string, words: readonly string[]): Promise<number> {
  const { kind, resident, hub, ...named } = options(words);
  if (kind === undefined) throw new UsageError(`--kind is missing\n${usage}`);
  const entity = { id, kind, ...named, ...(resident && { residentId: resident }), ...(hub && { hubId: hub }) };
  const token = await asAdministrator(async (administrator) => {
    await administrator.put('devices', entity);
    return administrator.issueDeviceToken(id);
  });
  process.stdout.write(`${token}\n`);
  return 0;
}

function options(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        kind: text,
        resident: text,
        room: text,
        model: text,
        codec: text,
        address: text,
        hub: text,
        datum: text,
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
