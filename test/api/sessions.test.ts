import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTown, password, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

test('a log-in gives a token for twelve hours, and leaves a trace', async () => {
  const { status, json } = await town.logIn('daughter');
  expect(status).toBe(201);
  expect(Date.parse(json.expiresAt) - town.nowMs).toBe(12 * 3_600_000);
  expect(json.user).toEqual({ id: 'u-daughter', username: 'daughter', role: 'family', residentIds: ['r0'] });
  const [entry] = await town.records.auditLog({ about: 'u-daughter', limit: 1 });
  expect(entry).toMatchObject({ who: 'u-daughter', what: 'login' });
});

test('a wrong password and an unknown name get the same answer', async () => {
  const wrong = await town.logIn('daughter', 'not-her-password');
  const unknown = await town.logIn('nobody', 'not-her-password');
  expect(wrong.status).toBe(401);
  expect(unknown.json).toEqual(wrong.json);
});

test('an unknown name costs a password check like a known one', async () => {
  const checked: string[] = [];
  const other = await openTown({ verifyPassword: async (_password, hash) => checked.push(hash) < 0 });
  await other.logIn('nobody');
  await other.logIn('daughter');
  expect(checked).toHaveLength(2);
  expect(checked[0]).toBe(other.parts.decoyPasswordHash);
  await other.close();
});

test('the eleventh attempt within a minute is refused, for that name only', async () => {
  for (let attempt = 0; attempt < 10; attempt++) await town.logIn('daughter', 'a wrong guess');
  const { status, headers, json } = await town.logIn('daughter');
  expect({ status, title: (json as unknown as { title: string }).title }).toEqual({
    status: 429,
    title: 'Too Many Requests',
  });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect((await town.logIn('son')).status).toBe(201);
});

test('passwords are checked one at a time, so that a storm of log-ins leaves threads for the disk', async () => {
  let atOnce = 0;
  let most = 0;
  const other = await openTown({
    async verifyPassword() {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return true;
    },
  });
  await Promise.all(Array.from({ length: 30 }, (_, i) => other.logIn(`nobody-${i}`)));
  expect(most).toBe(1);
  await other.close();
});

test('after logging out the token is worth nothing, over MQTT neither', async () => {
  const { json } = await town.logIn('daughter');
  expect((await town.api.authenticateSession(json.token))?.id).toBe('u-daughter');
  expect((await town.ask(json.token, 'DELETE', '/api/v1/session')).status).toBe(204);
  expect((await town.ask(json.token, 'GET', '/api/v1/residents')).status).toBe(401);
  expect(await town.api.authenticateSession(json.token)).toBeUndefined();
});

test('a session ends after twelve hours', async () => {
  const { json } = await town.logIn('daughter');
  town.clock.nowMs += 12 * 3_600_000 - 1;
  expect((await town.ask(json.token, 'GET', '/api/v1/residents')).status).toBe(200);
  town.clock.nowMs += 1;
  expect((await town.ask(json.token, 'GET', '/api/v1/residents')).status).toBe(401);
});

test('a new password logs out everywhere and the old one no longer works', async () => {
  const { json } = await town.logIn('daughter');
  const change = await town.as('admin', 'PATCH', '/users/u-daughter', { password: 'another-password' });
  expect({ status: change.status, text: change.text.includes('password') }).toEqual({ status: 200, text: false });
  expect((await town.ask(json.token, 'GET', '/api/v1/residents')).status).toBe(401);
  expect((await town.logIn('daughter')).status).toBe(401);
  expect((await town.logIn('daughter', 'another-password')).status).toBe(201);
});

test('who is in the middle of logging in with the old password does not get in', async () => {
  const other: Town = await openTown({
    async verifyPassword() {
      await other.parts.administration.patch('users', 'u-daughter', { password: 'another-password' });
      return true; // it was right when it was looked at
    },
  });
  expect((await other.logIn('daughter')).status).toBe(401);
  await other.close();
});

test('a removed user is out at once', async () => {
  const { json } = await town.logIn('daughter');
  expect((await town.as('admin', 'DELETE', '/users/u-daughter')).status).toBe(204);
  expect((await town.ask(json.token, 'GET', '/api/v1/residents')).status).toBe(401);
  expect((await town.logIn('daughter')).status).toBe(401);
});

test('a narrower scope counts from the next request on', async () => {
  expect((await town.as('daughter', 'GET', '/residents/r0')).status).toBe(200);
  await town.as('admin', 'PATCH', '/users/u-daughter', { residentIds: ['r1'] });
  expect((await town.as('daughter', 'GET', '/residents/r0')).status).toBe(404);
});

test('the password and the token are nowhere in the records as they are', async () => {
  const { json } = await town.logIn('daughter');
  const stored = await town.records.session(town.parts.hashToken(json.token));
  expect(JSON.stringify(stored)).not.toContain(json.token);
  expect((await town.records.passwordHash('daughter'))?.hash).not.toContain(password);
});
