/** Runs with the words after its name; resolves with the exit status. */
export type CommandLine = (words: readonly string[]) => Promise<number>;

/** Each is read when it is called: whoever exports a community need not wait for the simulators. */
export const commands: ReadonlyMap<string, () => Promise<CommandLine>> = new Map([
  ['serve', async () => (await import('./serve.ts')).serve],
  ['demo', async () => (await import('./demo.ts')).demo],
  ['import', async () => (await import('./documents.ts')).importFile],
  ['export', async () => (await import('./documents.ts')).exportDocument],
  ['device', async () => (await import('./device.ts')).device],
  ['user', async () => (await import('./user.ts')).user],
  ['person', async () => (await import('./person.ts')).person],
  ['backup', async () => (await import('./backup.ts')).backup],
  ['restore', async () => (await import('./backup.ts')).restore],
  ['audit', async () => (await import('./audit.ts')).audit],
  ['store', async () => (await import('./store.ts')).store],
  ['replay', async () => (await import('./replay.ts')).replay],
  ['simulate', async () => (await import('./simulate.ts')).simulate],
  ['explain', async () => (await import('./explain.ts')).explain],
  ['evaluate', async () => (await import('./evaluate.ts')).evaluate],
  ['load', async () => (await import('./load.ts')).load],
]);
