import { demo } from './demo.ts';
import { device } from './device.ts';
import { exportDocument, importFile } from './documents.ts';
import { load } from './load.ts';
import { replay } from './replay.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { user } from './user.ts';

/** Runs with the words after its name; resolves with the exit status. */
export type CommandLine = (words: readonly string[]) => Promise<number>;

export const commands: ReadonlyMap<string, CommandLine> = new Map<string, CommandLine>([
  ['serve', serve],
  ['demo', demo],
  ['import', importFile],
  ['export', exportDocument],
  ['device', device],
  ['user', user],
  ['replay', replay],
  ['simulate', simulate],
  ['load', load],
]);
