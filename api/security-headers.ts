import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import { pagePolicy } from './page-policy.ts';
import type { MapTiles } from './routes/page-settings.ts';

/**
 * What every answer says to a browser, from helmet, which is asked once: its plugin for fastify works the same words out
 * anew for each request, a twentieth of a short answer. HTTPS may end elsewhere, so `Strict-Transport-Security` is not ours.
 */
export function securityHeaders(mapTiles: MapTiles | undefined): ReadonlyMap<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const contentSecurityPolicy = { useDefaults: false, directives: pagePolicy(mapTiles) };
  helmet({ strictTransportSecurity: false, contentSecurityPolicy })(request, response, nothing);
  return new Map(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

function nothing(): void {}
