import { AppError } from '../model/errors.ts';
import { readConfig } from './config.ts';
import { findLocalDoor, type LocalDoor } from './local-door.ts';
import { requestOf } from './local-request.ts';
import { openOffline } from './offline.ts';

/** What the command line may do to a community. */
export interface Administrator {
  importDocument(document: unknown): Promise<Readonly<Record<string, number>>>;
  exportDocument(): Promise<unknown>;
  /** Adds or replaces. */
  put(kind: 'devices' | 'users', entity: { readonly id: string } & Readonly<Record<string, unknown>>): Promise<void>;
  issueDeviceToken(id: string): Promise<string>;
  revokeDeviceToken(id: string): Promise<void>;
  setPassword(username: string, password: string): Promise<void>;
}

/** Does `work` through the running service of the data folder, or on the folder itself when none runs. */
export async function asAdministrator<T>(work: (administrator: Administrator) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const door = await findLocalDoor(config.dataDir);
  if (door !== undefined) return work(overHttp(door));
  const offline = await openOffline(config);
  try {
    return await work(offline.administrator);
  } finally {
    await offline.close();
  }
}

async function ask(door: LocalDoor, method: string, path: string, body?: unknown): Promise<unknown> {
  const text = await (await requestOf(door, method, path, body)).text();
  return text === '' ? undefined : JSON.parse(text);
}

function overHttp(door: LocalDoor): Administrator {
  const call = (method: string, path: string, body?: unknown) => ask(door, method, path, body);
  return {
    importDocument: async (document) => (await call('POST', '/import', document)) as Record<string, number>,
    exportDocument: () => call('GET', '/export'),
    put: async (kind, entity) => {
      await call('POST', `/${kind}`, entity);
    },
    issueDeviceToken: async (id) => ((await call('POST', `/devices/${id}/token`)) as { token: string }).token,
    revokeDeviceToken: async (id) => {
      await call('DELETE', `/devices/${id}/token`);
    },
    setPassword: async (username, password) => {
      const { users } = (await call('GET', '/export')) as { users: { id: string; username: string }[] };
      const found = users.find((user) => user.username === username);
      if (found === undefined) throw new AppError('notFound', `there is no user '${username}'`);
      await call('PATCH', `/users/${found.id}`, { password });
    },
  };
}
