import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { inherited } from './children.ts';

const root = new URL('../../', import.meta.url).pathname;

export type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** The command line as an operator types it, on a data folder; `input` is what stdin brings. */
export function anju(
  dataDir: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...inherited, ANJU_DATA_DIR: dataDir, ...environment };
    const child = execFile(
      process.execPath,
      [join(root, 'app/main.ts'), ...words],
      { env },
      (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
    child.stdin?.end(input);
  });
}
