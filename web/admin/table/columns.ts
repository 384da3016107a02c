/** A column of a table of records. */
export type Column<T> = {
  /** Also the name of the slot that draws its cells. */
  readonly name: string;
  readonly title: string;
  text(item: T): string;
  /** Left out while a record stands beside the table. */
  readonly extra?: boolean;
};
