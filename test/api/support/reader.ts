/** Reads an event stream over real HTTP, as a page does. */
export type Heard = { readonly event: string; readonly id: string; readonly data: Readonly<Record<string, unknown>> };

export class StreamReader {
  readonly heard: Heard[] = [];
  comments = 0;
  status = 0;
  headers = new Headers();
  /** Resolves when the service ended the stream. */
  ended: Promise<void> = Promise.resolve();
  readonly #abort = new AbortController();

  static async open(url: string, token: string, lastEventId?: string): Promise<StreamReader> {
    const reader = new StreamReader();
    const response = await fetch(`${url}/api/v1/stream`, {
      headers: { authorization: `Bearer ${token}`, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
      signal: reader.#abort.signal,
    });
    reader.status = response.status;
    reader.headers = response.headers;
    reader.ended = reader.#read(response).catch(() => undefined);
    return reader;
  }

  /** Waits for `count` events. */
  async until(count: number): Promise<readonly Heard[]> {
    for (let tries = 0; this.heard.length < count && tries < 500; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.heard;
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      const parts = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) this.#take(part);
    }
  }

  #take(block: string): void {
    if (block.startsWith(':')) {
      this.comments += 1;
      return;
    }
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    this.heard.push({
      event: fields.get('event') ?? '',
      id: fields.get('id') ?? '',
      data: JSON.parse(fields.get('data') ?? '{}') as Heard['data'],
    });
  }
}
