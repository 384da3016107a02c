import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `npm run faults`: more rounds (`test/faults/support/form.ts`), and the stories that take a minute each. */
const faults = ['test/faults/**/*.{test,long}.ts', 'test/app/crash.test.ts', 'test/store/telemetry-damage.test.ts'];

export default defineConfig({
  test: {
    include: process.env.FAULTS_FORM === 'long' ? faults : ['test/**/*.test.ts'],
    globalSetup: ['test/support/built-pages.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // The long stories mostly wait for other processes: on two cores, too, two files run at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Files share nothing but read-only modules, and loading those anew for each file took longer than most of the tests.
    isolate: false,
  },
});
