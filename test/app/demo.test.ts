import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inherited } from '../support/children.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const root = new URL('../../', import.meta.url).pathname;
let temporary: string;
let demo: ChildProcess;
let said: string;

beforeEach(() => {
  temporary = temporaryFolder();
  demo = spawn(process.execPath, ['app/anju.mjs', 'demo'], {
    cwd: root,
    detached: true, // a group of its own, as a terminal gives to what it starts
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...inherited, TMPDIR: temporary, ANJU_HTTP_PORT: '0', ANJU_MQTT_PORT: '0' },
  });
  said = '';
  demo.stdout!.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
});
afterEach(() => {
  if (demo.exitCode === null) process.kill(-demo.pid!, 'SIGKILL'); // it was started
  removeFolder(temporary);
});

test('a demo says where to look and how to end it, shows an alert, and leaves nothing behind after Ctrl-C', {
  timeout: 60_000,
}, async () => {
  expect(await eventually(() => /P1 sos .*按下了求助键/.exec(said)?.[0], 30_000)).toBeDefined();
  expect(said).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
  expect(said).toMatch(/responder1 +demo-/);
  expect(said).toContain('Ctrl-C');
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  process.kill(-demo.pid!, 'SIGINT'); // the launcher, too, hears it and passes it on
  expect(await ended).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});
