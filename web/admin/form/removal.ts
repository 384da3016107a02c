/** What taking a record away means. */
export type Removal = {
  /** What is lost, in a sentence. */
  readonly consequence: string;
  /** What has to be typed first, where it cannot be undone; absent: it can be, for some seconds. */
  readonly typed?: string;
};
