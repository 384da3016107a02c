import type { FastifyRequest } from 'fastify';

/**
 * What may take minutes: the request is here whole, so whoever is silent meanwhile is us. The connection is not closed for
 * that, and has its usual patience again for the answer.
 */
export async function atWork<T>({ raw: { socket } }: FastifyRequest, work: () => Promise<T>): Promise<T> {
  const patienceMs = socket.timeout ?? 0;
  socket.setTimeout(0);
  try {
    return await work();
  } finally {
    socket.setTimeout(patienceMs);
  }
}
