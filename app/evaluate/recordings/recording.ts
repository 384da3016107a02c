/** One figure of the table that `anju evaluate` prints. */
export type Score = {
  /** What was judged: a data set or a simulated community. */
  readonly set: string;
  /** Ours, or the naive rule it is compared with. */
  readonly rule: string;
  /** What the figure says, unit at the end: `sensitivity %`, `false exits`, `delay p90 s`. */
  readonly figure: string;
  readonly value: number;
  /** Of how many: falls, homes, days. */
  readonly of?: number;
};

/** A recorded data set the rules can be scored on. A new one is a new file and a line in `index.ts`. */
export type Recording = {
  /** Its folder's name below the folder given to `anju evaluate --recordings`. */
  readonly folder: string;
  score(dir: string, progress: (line: string) => void): Promise<readonly Score[]>;
};
