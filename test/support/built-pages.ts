import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
const web = join(root, 'web');

/** Before any test: the pages as they are now. Builds only when something in `web/` is newer than what was built. */
export default function buildPages(): void {
  const built = join(web, 'dist/index.html');
  if (existsSync(built) && newestMs() <= statSync(built).mtimeMs) return;
  // On its own: here the libraries would be built as for tests, with their warnings in them.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, env, stdio: 'inherit' });
}

function newestMs(): number {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) => !file.startsWith('dist'));
  return Math.max(...files.map((file) => statSync(join(web, file)).mtimeMs));
}
