import { AppError } from '../../model/errors.ts';
import { Deletion } from './deletion.ts';
import { identifier, isTag } from './influxql.ts';
import type { InfluxQuery } from './query.ts';
import { delayField, measurement } from './schema.ts';
import type { InfluxServer } from './server.ts';

/**
 * Removes everything about a subject and looks whether it is gone. Resolves with how many readings there were.
 * Throws AppError: `unavailable` when it may work later, `badRequest` when this server cannot do it.
 */
export async function eraseSubject(server: InfluxServer, query: InfluxQuery, subjectId: string): Promise<number> {
  const before = await countOf(query, subjectId);
  await new Deletion(server, query).of({ subject: subjectId });
  // A server that takes the statement and does nothing is worse than one that refuses it.
  if (await hasAny(query, subjectId))
    throw new AppError('badRequest', 'the server accepted the deletion and something is left');
  return before;
}

/** Any point at all, also one that counts no reading. */
async function hasAny(query: InfluxQuery, subjectId: string): Promise<boolean> {
  const question = `SELECT * FROM ${identifier(measurement)} WHERE ${isTag('subject', [subjectId])} LIMIT 1`;
  for await (const _ of query.rows(question)) return true;
  return false;
}

async function countOf(query: InfluxQuery, subjectId: string): Promise<number> {
  const where = isTag('subject', [subjectId]);
  const question = `SELECT count(${identifier(delayField)}) FROM ${identifier(measurement)} WHERE ${where}`;
  for await (const { cells } of query.rows(question)) return Number(cells[1]);
  return 0;
}
