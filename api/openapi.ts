import swagger, { type SwaggerTransform } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import type { Access, Http } from './access.ts';
import { ProblemDetails } from './problems.ts';

const document = {
  openapi: '3.1.0',
  info: {
    title: 'Anju',
    version: '1',
    description:
      'Elder-care telemetry and alerts. Errors are problem details (RFC 9457). What is out of scope is answered 404.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'This service' }],
  components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
  security: [{ session: [] }],
} satisfies Partial<OpenAPIV3_1.Document>;

/** Describes every route registered after it, from the zod schemas that also check the requests. */
export async function describeApi(http: Http): Promise<void> {
  await http.register(swagger, { openapi: document, transform: described });
}

const problem = {
  description: 'What was wrong, in words.',
  content: { 'application/problem+json': { schema: z.toJSONSchema(ProblemDetails, { target: 'openapi-3.0' }) } },
};

/** Adds to each route what all have in common: a name, who may use it, how it refuses. */
const described: SwaggerTransform = (input) => {
  const { schema, url } = jsonSchemaTransform(input as Parameters<typeof jsonSchemaTransform>[0]);
  const { method, config } = input.route;
  const name = operationIdOf(String(method), url);
  const text = [schema.description, forWhom(config?.access)].filter((part) => part !== undefined).join(' ');
  return {
    url,
    schema: {
      ...schema,
      operationId: name,
      description: text,
      ...(config?.access === 'open' && { security: [] }),
      response: { ...(schema.response as object | undefined), '4xx': problem },
    },
  };
};

function forWhom(access: Access | undefined): string {
  if (access === 'open') return 'No log-in.';
  return access === 'local' ? 'Log-in, or from the machine itself.' : `For: ${(access ?? []).join(', ')}.`;
}

/** `GET /api/v1/residents/{id}/live` is `getResidentsIdLive`. */
function operationIdOf(method: string, url: string): string {
  const words = url.replace('/api/v1', '').match(/[A-Za-z0-9]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
}

/** The description, for anybody. */
export function openapiRoute(http: Http): void {
  http.get('/openapi.json', {
    config: { access: 'open' },
    schema: { tags: ['openapi'], summary: 'This description', security: [] },
    handler: async () => http.swagger(),
  });
}

/** The description of the MQTT interface, for anybody. */
export function asyncapiRoute(http: Http, document: unknown): void {
  http.get('/asyncapi.json', {
    config: { access: 'open' },
    schema: { tags: ['openapi'], summary: 'The MQTT interface', security: [] },
    handler: async () => document,
  });
}
