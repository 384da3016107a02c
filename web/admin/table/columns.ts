/** A column of a table of records. */
export type Column<T> = {
  /** Also the name of the slot that draws its cells. */
  readonly name: string;
  readonly title: string;
  text(item: T): string;
  /** Left out where there is no room for it. */
  readonly extra?: boolean;
};
