import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const web = new URL('../../web/', import.meta.url).pathname;

/** Before any test: the pages as they are now. Builds only when something in `web/` is newer than what was built. */
export default async function buildPages(): Promise<void> {
  const built = join(web, 'dist/index.html');
  if (existsSync(built) && newestMs() <= statSync(built).mtimeMs) return;
  const { build } = await import('vite');
  await build({ configFile: join(web, 'vite.config.ts'), logLevel: 'warn' });
}

function newestMs(): number {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => !file.startsWith('dist'));
  return Math.max(...files.map((file) => statSync(join(web, file)).mtimeMs));
}
