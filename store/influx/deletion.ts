import { identifier, isTag, literal } from './influxql.ts';
import type { InfluxQuery } from './query.ts';
import { measurement } from './schema.ts';
import type { InfluxServer } from './server.ts';

const everMs = 9_000_000_000_000;

/**
 * Points found by one tag, all of them or up to and with a moment. 1.8 deletes with InfluxQL; 2.x (the one with
 * organisations) with its delete API; 3.x cannot, and says so when it is asked.
 */
export class Deletion {
  readonly #server: InfluxServer;
  readonly #query: InfluxQuery;

  constructor(server: InfluxServer, query: InfluxQuery) {
    this.#server = server;
    this.#query = query;
  }

  /** `upTo` is RFC 3339 with nanoseconds. Throws AppError: `badRequest` when the server cannot delete. */
  async of(tag: Readonly<Record<string, string>>, upTo?: string): Promise<void> {
    if (this.#server.org !== undefined) return this.#overV2(this.#server.org, tag, upTo);
    const tags = Object.entries(tag).map(([name, value]) => isTag(name, [value]));
    const until = upTo === undefined ? [] : [`time <= ${literal(upTo)}`];
    await this.#query.command(`DELETE FROM ${identifier(measurement)} WHERE ${[...tags, ...until].join(' AND ')}`);
  }

  async #overV2(org: string, tag: Readonly<Record<string, string>>, upTo: string | undefined): Promise<void> {
    const where = new URLSearchParams({ org, bucket: this.#server.bucket });
    const tags = Object.entries({ _measurement: measurement, ...tag });
    const body = {
      start: '1970-01-01T00:00:00Z',
      // Whether the end counts in is not written down: the next millisecond leaves nothing to be found for ever.
      stop: new Date(upTo === undefined ? everMs : Date.parse(upTo) + 1).toISOString(),
      predicate: tags.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' AND '),
    };
    const response = await this.#query.post(`/api/v2/delete?${where}`, JSON.stringify(body));
    await response.body?.cancel();
  }
}
