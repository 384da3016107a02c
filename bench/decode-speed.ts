/**
 * How long one typical telemetry object takes from bytes to a reading, on one core.
 * Run: `npx node bench/decode-speed.ts`
 */
import { codecFor } from '../ingest/codecs/index.ts';
import { TelemetryPayload } from '../ingest/codecs/native.ts';
import { Duplicates } from '../ingest/duplicates.ts';
import { households } from '../ingest/household.ts';
import { normalise } from '../ingest/normalise.ts';
import type { Device } from '../model/device.ts';
import { Directory } from '../model/directory.ts';

const rounds = 300_000;
const t = 1_763_700_000_000;
const band: Device = { id: 'band-7', kind: 'wristband', residentId: 'wang' };
const household = households(new Directory())(band);
const topic = 'v1/devices/band-7/telemetry';
const position = { lat: 24.4451, lon: 118.0823, accuracyM: 12, source: 'gnss' };
const typical = { t, position, motion: true, worn: true, batteryPct: 83, steps: 5120, heartRateBpm: 72, spo2Pct: 97 };

const payloads = {
  'typical, with seq': { seq: 17, ...typical },
  'typical, without seq': typical,
  'typical, GCJ02': { seq: 17, ...typical, position: { ...position, datum: 'GCJ02' } },
  sos: { t, seq: 18, event: 'sos', batteryPct: 3 },
};

/** Nanoseconds per call, the best of five runs: the others measure the neighbours. */
function nanosecondsPer(work: (round: number) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const startedAt = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) work(round);
    best = Math.min(best, Number(process.hrtime.bigint() - startedAt) / rounds);
  }
  return Math.round(best);
}

const rows = Object.entries(payloads).map(([name, object]) => {
  const text = JSON.stringify(object);
  const payload = new TextEncoder().encode(text);
  const codec = codecFor(topic)!; // the topic above is native
  const duplicates = new Duplicates();
  const decode = () => {
    const result = codec.decode(topic, payload, household);
    if ('ignored' in result || result.refused.length > 0) throw new Error('the sample is not accepted');
    return result.decoded[0]!; // accepted, so there is one
  };
  return {
    payload: name,
    bytes: payload.length,
    'JSON.parse ns': nanosecondsPer(() => JSON.parse(text)),
    'decode ns': nanosecondsPer(decode),
    'decode + normalise + seen ns': nanosecondsPer((round) => duplicates.seen(normalise(decode(), topic, t + round))),
    'zod instead ns': nanosecondsPer(() => TelemetryPayload.parse(object)),
  };
});
console.table(rows);
