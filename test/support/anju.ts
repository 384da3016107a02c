import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;

export type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** The command line as an operator types it, on a data folder. */
export function anju(
  dataDir: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ANJU_DATA_DIR: dataDir, ...environment };
    execFile(process.execPath, [join(root, 'app/main.ts'), ...words], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
