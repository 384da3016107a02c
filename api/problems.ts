import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, type ErrorCode, type Problem } from '../model/errors.ts';
import type { Log } from './parts.ts';

/** The one place where a refusal becomes a status. */
const statusOf: Readonly<Record<ErrorCode, number>> = {
  badRequest: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooMany: 429,
  unavailable: 503,
};

/** Problem details (RFC 9457). */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;

/** Whatever was thrown, as the caller may see it. Anything unknown is a bug: a plain sentence, and no more. */
function problemOf(error: unknown): ProblemDetails {
  if (error instanceof AppError) return details(statusOf[error.code], error.message, error.problems);
  if (hasZodFastifySchemaValidationErrors(error))
    return details(400, 'The request is not as described.', wrongs(error));
  const status = clientStatus(error);
  if (status !== undefined) return details(status, (error as Error).message);
  return details(500, 'The service could not do this. What went wrong has been logged.');
}

/** Who sends half a million wrong things is not told each of them. */
const problemsToldAtMost = 1_000;

function details(status: number, detail: string, all: readonly Problem[] = []): ProblemDetails {
  const errors = all.slice(0, problemsToldAtMost);
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, ...(errors.length > 0 && { errors: [...errors] }) };
}

function wrongs(
  error: Pick<FastifyError, 'validationContext'> & { validation: { instancePath: string; message?: string }[] },
) {
  const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
  return error.validation.slice(0, problemsToldAtMost).map((wrong) => ({
    path: where + wrong.instancePath.replaceAll('/', '.'),
    reason: wrong.message ?? 'is not as described',
  }));
}

/** Fastify's own refusals (body too large, not JSON, wrong media type) carry a status of their own. */
function clientStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** Answers with problem details, and logs what nobody planned for. */
export function errorHandler(log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = problemOf(error);
    if (problem.status === 500) log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return sendProblem(reply, problem);
  };
}

/** No such page; or there is one, for another method. */
export function notFoundHandler(methodsAt: (path: string) => readonly string[]) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const methods = methodsAt(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0) return sendProblem(reply, details(404, 'There is nothing at this address.'));
    reply.header('allow', methods.join(', '));
    return sendProblem(reply, details(405, `This address takes ${methods.join(', ')}, not ${request.method}.`));
  };
}

function sendProblem(reply: FastifyReply, problem: ProblemDetails): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
