import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { resumed } from './ahead.ts';

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
  return described(reply, download).send(Readable.from(pieces, { objectMode: true, highWaterMark: 2 }));
}

/**
 * Sends many short texts, gathered into pieces. What fits into one piece goes out whole, in one write and without a
 * stream: that takes a third of the time of a short answer, and an error on the way is still answered in words.
 */
export async function sendTexts(
  reply: FastifyReply,
  texts: AsyncIterable<string>,
  download: Download,
): Promise<FastifyReply> {
  const pieces = gathered(texts);
  const first = await pieces.next();
  const second = await pieces.next();
  if (second.done) return described(reply, download).send(first.value ?? '');
  return sendPieces(reply, resumed([Promise.resolve(first), Promise.resolve(second)], pieces), download);
}

function described(reply: FastifyReply, { contentType, fileName }: Download): FastifyReply {
  reply.type(contentType).header('cache-control', 'no-store');
  if (fileName !== undefined) reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return reply;
}

/** Characters gathered before they are handed to the socket. */
export const pieceChars = 16_384;

async function* gathered(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < pieceChars) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
