import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import type { Language } from '../explain/figures.ts';
import { explanationOf } from '../explain/page.ts';
import { storyOf } from '../explain/story.ts';
import { UsageError } from '../usage.ts';

const usage = `usage: anju explain <alertId> [--lang zh|en]
Why an alert was raised, what would have kept it quiet, who was told and what they did.`;

/** `anju explain <alertId>`: from the running service, or from the folder when none runs. */
export async function explain(words: readonly string[]): Promise<number> {
  const { alertId, language } = optionsIn(words, process.env);
  const config = readConfig(process.env);
  const story = await storyOf(config, alertId);
  process.stdout.write(`${explanationOf(story, { language, timeZone: config.timeZone })}\n`);
  return 0;
}

function optionsIn(words: readonly string[], env: NodeJS.ProcessEnv): { alertId: string; language: Language } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { lang: { type: 'string' } },
      allowPositionals: true,
    });
    const [alertId, ...extra] = positionals;
    const language = values.lang ?? spokenHere(env);
    if (alertId === undefined || extra.length > 0 || !isLanguage(language)) throw new UsageError(usage);
    return { alertId, language };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function isLanguage(word: string): word is Language {
  return word === 'zh' || word === 'en';
}

/** POSIX: LC_ALL before LANG. */
function spokenHere({ LC_ALL, LANG }: NodeJS.ProcessEnv): Language {
  return (LC_ALL || LANG || '').startsWith('zh') ? 'zh' : 'en';
}
