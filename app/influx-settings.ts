import { z } from 'zod';
import { AppError } from '../model/errors.ts';
import type { InfluxServer } from '../store/influx/server.ts';

const Text = z.string().min(1, 'must not be empty');

/** The `ANJU_INFLUX_` variables; they make sense together only. */
export const influxVariables = {
  ANJU_INFLUX_URL: z
    .url({ protocol: /^https?$/, error: 'must be http://… or https://…' })
    .refine((url) => !/[@?#]/.test(url), 'must have no user, query or fragment; ANJU_INFLUX_TOKEN takes user:password')
    .optional(),
  ANJU_INFLUX_TOKEN: Text.optional(),
  ANJU_INFLUX_ORG: Text.optional(),
  ANJU_INFLUX_BUCKET: Text.optional(),
};

const Variables = z.object(influxVariables);

/** Undefined when nothing is to be forwarded. Throws AppError when one variable is missing or of no use alone. */
export function influxServerOf(env: z.infer<typeof Variables>): InfluxServer | undefined {
  const { ANJU_INFLUX_URL: url, ANJU_INFLUX_TOKEN: token, ANJU_INFLUX_ORG: org, ANJU_INFLUX_BUCKET: bucket } = env;
  if (url === undefined) {
    const alone = Object.keys(influxVariables).filter((name) => env[name as keyof typeof env] !== undefined);
    if (alone.length === 0) return undefined;
    throw new AppError('badRequest', `${alone.join(', ')} has no use without ANJU_INFLUX_URL`);
  }
  if (bucket === undefined) {
    throw new AppError('badRequest', 'ANJU_INFLUX_URL is set, so ANJU_INFLUX_BUCKET must name a bucket or database');
  }
  return { url, bucket, ...(token !== undefined && { token }), ...(org !== undefined && { org }) };
}
