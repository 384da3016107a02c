/** Where the desk says what went wrong; a pino logger is one. Ids only: no names, addresses or positions. */
export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
