/** Named counts of what came through the door and what did not. */
export class Counters {
  readonly byName = new Map<string, number>();

  count(name: string, times = 1): void {
    this.byName.set(name, (this.byName.get(name) ?? 0) + times);
  }
}

/** The part of a pino logger that is used here. */
export type Log = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};
