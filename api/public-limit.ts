import type { FastifyRequest } from 'fastify';
import { AppError } from '../model/errors.ts';
import type { Http } from './access.ts';
import { networkOf } from './network-of.ts';

/** Looks from one address: a page looks every few seconds, a guesser more often. */
const looksPerMinute = 300;

/** For what needs no log-in: throws AppError `tooMany` for an address that asks more than 300 times a minute. */
export function publicLimit(http: Http): (request: FastifyRequest) => Promise<void> {
  const limit = http.createRateLimit({
    max: looksPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ ip }) => networkOf(ip),
  });
  return async (request) => {
    const verdict = await limit(request);
    if (!verdict.isAllowed && verdict.isExceeded)
      throw new AppError('tooMany', `Too many looks. Try again in ${verdict.ttlInSeconds} seconds.`);
  };
}
