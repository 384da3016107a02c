import { z } from 'zod';
import { numberIn } from '../fields.ts';
import type { Source } from '../payload.ts';
import { anyDateMs } from '../plausible.ts';
import { type Refusals, typeName } from '../refusals.ts';

/** Sensors in bands end at 16 g; a fall from bed shows 3. */
const maxG = 64;
const maxSamples = 4096;
const rate = { min: 1, max: 1000 };

const Acceleration = z.number().min(-maxG).max(maxG);

/** An acceleration window around something sudden, for the published JSON Schema. */
export const BurstPayload = z.object({
  t: z.number().min(anyDateMs.min).max(anyDateMs.max).optional().describe('of the first sample, epoch milliseconds'),
  rateHz: z.number().min(rate.min).max(rate.max),
  site: z.enum(['wrist', 'waist']),
  unit: z.literal('g'),
  samples: z
    .array(z.tuple([Acceleration, Acceleration, Acceleration]))
    .min(1)
    .max(maxSamples),
});
export type BurstPayload = z.infer<typeof BurstPayload>;

/** Checks every sample; a window with a hole in it is refused whole. Returns the device's clock when it says one. */
export function checkBurst(source: Source, refusals: Refusals): number | undefined {
  numberIn(source.rateHz, rate, 'rateHz', refusals);
  if (source.site !== 'wrist' && source.site !== 'waist') refusals.add('outOfRange', 'site', 'expected wrist or waist');
  if (source.unit !== 'g') refusals.add('outOfRange', 'unit', 'expected g');
  checkSamples(source.samples, refusals);
  return source.t === undefined ? undefined : numberIn(source.t, anyDateMs, 't', refusals);
}

function checkSamples(samples: unknown, refusals: Refusals): void {
  if (!Array.isArray(samples)) {
    refusals.add('wrongType', 'samples', `expected an array of [x, y, z], got ${typeName(samples)}`);
  } else if (samples.length === 0 || samples.length > maxSamples) {
    refusals.add('outOfRange', 'samples', `expected 1 to ${maxSamples} samples, got ${samples.length}`);
  } else {
    const bad = samples.findIndex((sample) => !isSample(sample));
    if (bad >= 0) refusals.add('outOfRange', `samples[${bad}]`, `expected three numbers between -${maxG} and ${maxG}`);
  }
}

function isSample(sample: unknown): boolean {
  return (
    Array.isArray(sample) && sample.length === 3 && sample.every((g) => typeof g === 'number' && Math.abs(g) <= maxG)
  );
}
