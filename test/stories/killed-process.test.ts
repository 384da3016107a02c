import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../alerts/support/eventually.ts';
import { hookServer } from '../alerts/support/hook-server.ts';
import { house, reachedAt } from '../alerts/support/house.ts';
import { inherited } from '../support/children.ts';
import { newRecordsFile, removeRecordsFile } from './support/records-file.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const script = join(import.meta.dirname, 'support', 'killed-service.ts');

/** What the family was sent, by the service that was killed with SIGKILL and by the one that went on from 02:12. */
async function told(point: number, when: 'before' | 'after') {
  const server = await hookServer();
  const file = newRecordsFile();
  ends.push(
    () => server.close(),
    () => removeRecordsFile(file),
  );
  const words = [script, file, server.url, String(point), when];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'], env: inherited });
  const [, signal] = await once(child, 'exit');
  const contacts = ['daughter', 'son', 'neighbour'].map((who, order) => reachedAt(server, who, order));
  const home = await house({ contacts, file, clock: '02:12' });
  ends.push(() => home.close());
  const sent = () => home.records.notificationsOf(home.only().id);
  const family = async () => (await sent()).filter(({ channel }) => channel === 'webhook');
  await eventually(async () => {
    await home.moveTo('02:12');
    const states = (await family()).map(({ state }) => state);
    return states.length === 3 && states.every((state) => state === 'delivered');
  });
  const lines = (await home.records.timeline(home.only().id)).map(({ what, who }) => `${what} ${who}`);
  const posted = server.posted.map(({ path, id }) => `${path} ${id}`);
  const states = (await family()).map(({ recipientId, id }) => `/${recipientId} ${id}`);
  return {
    signal,
    opened: true,
    posted,
    states,
    lines: lines.filter((line) => /notified (daughter|son|neigh)/.test(line)),
  };
}

/** A press is applied (1), told (2) and the answer written down (3); the same for the son and the neighbour. */
const kills = [
  { point: 1, when: 'after', twice: [] },
  { point: 2, when: 'after', twice: ['daughter'] },
  { point: 3, when: 'after', twice: [] },
  { point: 4, when: 'after', twice: [] },
  { point: 5, when: 'after', twice: ['son'] },
  { point: 8, when: 'before', twice: [] },
] as const;

for (const { point, when, twice } of kills) {
  const words =
    twice[0] === undefined ? 'each of the family is told once' : `the ${twice[0]} is told again, under the same id`;
  test(`SIGKILL right ${when} point ${point}: ${words}`, async () => {
    const { signal, posted, states, lines } = await told(point, when);
    expect(signal).toBe('SIGKILL');
    const again = states.filter((one) => twice.some((who) => one.startsWith(`/${who} `)));
    expect(posted.sort()).toEqual([...states, ...again].sort());
    expect(lines).toEqual(['notified daughter', 'notified son', 'notified neighbour']);
  });
}
