import { z } from 'zod';
import type { Burst } from '../../model/reading.ts';
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

/** What a burst says: the device's clock when it has one, and the window; undefined when any of it was refused. */
export type ReadBurst = { readonly deviceClockMs: number | undefined; readonly burst: Burst };

/** Checks every sample; a window with a hole in it is refused whole. */
export function burstIn(source: Source, refusals: Refusals): ReadBurst | undefined {
  const rateHz = numberIn(source.rateHz, rate, 'rateHz', refusals);
  const site = siteIn(source.site, refusals);
  if (source.unit !== 'g') refusals.add('outOfRange', 'unit', 'expected g');
  const samples = samplesIn(source.samples, refusals);
  const deviceClockMs = source.t === undefined ? undefined : numberIn(source.t, anyDateMs, 't', refusals);
  if (rateHz === undefined || site === undefined || samples === undefined || refusals.count > 0) return undefined;
  return { deviceClockMs, burst: { rateHz, site, samples } };
}

function siteIn(site: unknown, refusals: Refusals): Burst['site'] | undefined {
  if (site === 'wrist' || site === 'waist') return site;
  refusals.add('outOfRange', 'site', 'expected wrist or waist');
  return undefined;
}

function samplesIn(samples: unknown, refusals: Refusals): Burst['samples'] | undefined {
  if (!Array.isArray(samples)) {
    refusals.add('wrongType', 'samples', `expected an array of [x, y, z], got ${typeName(samples)}`);
  } else if (samples.length === 0 || samples.length > maxSamples) {
    refusals.add('outOfRange', 'samples', `expected 1 to ${maxSamples} samples, got ${samples.length}`);
  } else if (samples.every(isSample)) {
    return samples;
  } else {
    const bad = samples.findIndex((sample) => !isSample(sample));
    refusals.add('outOfRange', `samples[${bad}]`, `expected three numbers between -${maxG} and ${maxG}`);
  }
  return undefined;
}

function isSample(sample: unknown): sample is Burst['samples'][number] {
  return (
    Array.isArray(sample) && sample.length === 3 && sample.every((g) => typeof g === 'number' && Math.abs(g) <= maxG)
  );
}
