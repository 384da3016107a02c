import { z } from 'zod';
import type { Context, Http } from '../access.ts';

const HealthView = z.object({ status: z.enum(['ok', 'failing']), checks: z.record(z.string(), z.string()).optional() });

/** At the root, for machines: is it alive, can it work, what has it counted. */
export function healthRoutes(http: Http, { parts, hub }: Context): void {
  const schemaOf = (summary: string) => ({ tags: ['health'], summary, response: { 200: HealthView, 503: HealthView } });
  http.get('/health/live', {
    config: { access: 'open' },
    schema: schemaOf('Is it alive?'),
    handler: async (_request, reply) => {
      const { live } = parts.health();
      return reply.code(live ? 200 : 503).send({ status: live ? 'ok' : 'failing' });
    },
  });
  http.get('/health/ready', {
    config: { access: 'open' },
    schema: schemaOf('Can it take work, and if not, why?'),
    handler: async (_request, reply) => {
      const { ready, checks } = parts.health();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'failing', checks });
    },
  });
  http.get('/metrics', {
    config: { access: 'local' },
    schema: { tags: ['health'], summary: 'Everything that is counted', description: 'Text format of Prometheus.' },
    handler: async (_request, reply) => {
      const own = { api_streams: hub.size, api_streams_dropped_total: hub.dropped };
      const all = new Map([...parts.metrics(), ...Object.entries(own)]);
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(exposition(all));
    },
  });
}

/** Prometheus' text format: series of one name stand together under their type. */
function exposition(metrics: ReadonlyMap<string, number>): string {
  const families = new Map<string, string[]>();
  for (const [series, value] of metrics) {
    const [name = '', labels] = series.split(/(?=\{)/, 2);
    const family = `anju_${name.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
    const lines = families.get(family) ?? [];
    lines.push(`${family}${labels ?? ''} ${value}`);
    families.set(family, lines);
  }
  const texts = [...families].map(([family, lines]) => `# TYPE ${family} ${kindOf(family)}\n${lines.join('\n')}\n`);
  return texts.join('');
}

function kindOf(family: string): string {
  return family.endsWith('_total') ? 'counter' : 'gauge';
}
