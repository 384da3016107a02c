import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordStore } from '../store/contracts.ts';

/** Who changed something is told after so long that the disk has not confirmed it. */
export const confirmedWithinMs = 10_000;

const changing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * The hook before every answer: that something was changed is said when it is on disk. Refusals wait for nothing, nor do
 * those who only look.
 */
export function confirmed(records: Pick<RecordStore, 'durable'>) {
  return async ({ method }: FastifyRequest, { statusCode }: FastifyReply): Promise<void> => {
    if (changing.has(method) && statusCode < 400) await records.durable(confirmedWithinMs);
  };
}
