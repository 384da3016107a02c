/** Server-sent events by hand: blocks are parted by an empty line, a line is `name: value`, a comment begins with a colon. */

/** The blocks of a stream; `heard` is called for every piece, comments (signs of life) too. */
export async function* blocksOf(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    const parts = (text + decoder.decode(value, { stream: true })).split('\n\n');
    text = parts.pop() ?? '';
    yield* parts;
  }
}

export type Fields = { readonly id?: string; readonly event?: string; readonly data?: string };

export function fieldsOf(block: string): Fields {
  return Object.fromEntries(block.split('\n').map(fieldOf));
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
