import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { Http } from './access.ts';

const document = {
  openapi: '3.1.0',
  info: {
    title: 'Anju',
    version: '1',
    description:
      'Elder-care telemetry and alerts. Errors are problem details (RFC 9457). What is out of scope is answered 404.',
  },
  components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
  security: [{ session: [] }],
} satisfies Partial<OpenAPIV3_1.Document>;

/** Describes every route registered after it, from the zod schemas that also check the requests. */
export async function describeApi(http: Http): Promise<void> {
  await http.register(swagger, { openapi: document, transform: jsonSchemaTransform });
}

/** The description, for anybody. */
export function openapiRoute(http: Http): void {
  http.get('/openapi.json', {
    config: { access: 'open' },
    schema: { tags: ['openapi'], security: [] },
    handler: async () => http.swagger(),
  });
}

/** The description of the MQTT interface, for anybody. */
export function asyncapiRoute(http: Http, document: unknown): void {
  http.get('/asyncapi.json', {
    config: { access: 'open' },
    schema: { tags: ['openapi'], security: [] },
    handler: async () => document,
  });
}
