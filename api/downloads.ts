import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A reader that takes nothing for so long is gone; until then it holds a snapshot of the store. */
const stalledAfterMs = 60_000;

export type Download = {
  readonly contentType: string;
  /** What the browser saves it as; shown in the page when absent. */
  readonly fileName?: string;
};

/**
 * Sends pieces of text as they come, no faster than they are read: however long the answer is, one piece is in memory.
 * An error on the way breaks the connection, so that half a file is never taken for a whole one.
 */
export function sendPieces(reply: FastifyReply, pieces: AsyncIterable<string>, download: Download): FastifyReply {
  reply.raw.setTimeout(stalledAfterMs, () => reply.raw.destroy());
  reply.type(download.contentType).header('cache-control', 'no-store');
  if (download.fileName !== undefined) {
    reply.header('content-disposition', `attachment; filename="${download.fileName}"`);
  }
  return reply.send(Readable.from(pieces, { objectMode: true, highWaterMark: 2 }));
}

/** Characters gathered before they are handed to the socket. */
const pieceChars = 16_384;

/** Many short texts as fewer longer ones. */
export async function* gathered(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < pieceChars) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
