/** The command was called wrongly: exit status 2. */
export class UsageError extends Error {}

type OptionValues = { readonly [name: string]: string | boolean | undefined };

/** A whole number from the command line, or the default. */
export function wholeNumber(values: OptionValues, name: string, fallback: number, least = 0): number {
  const text = values[name];
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) {
    throw new UsageError(`--${name} must be a whole number of at least ${least}, got '${text}'`);
  }
  return number;
}

/** Refuses words a command has no use for. */
export function requireNoMore(words: readonly string[], usage: string): void {
  if (words.length > 0) throw new UsageError(`'${words[0]}' is not understood\n${usage}`);
}
