import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller than this, the headers weigh more than what is saved. */
const worthItBytes = 1_000;
/** Nearly as small as the best, in a tenth of the time. */
const brotliQuality = 9;

/** Writes a `.br` and a `.gz` beside every text file of the build, so that the service compresses nothing while it runs. */
export function compress(): Plugin {
  let folder = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) compressFile(join(folder, file));
    },
  };
}

function compressFile(file: string): void {
  if (!/\.(js|css|html|svg|webmanifest)$/.test(file) || statSync(file).size < worthItBytes) return;
  const content = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
