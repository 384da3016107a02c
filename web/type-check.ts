import { createRequire } from 'node:module';
import { run } from 'vue-tsc';

/** Vue's checker needs the JavaScript API of the compiler, which TypeScript 7 no longer has: it runs on TypeScript 6. */
run(createRequire(import.meta.url).resolve('@typescript/typescript6/lib/tsc'));
