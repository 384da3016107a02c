const subBuckets = 32;
const exactBelow = 2 * subBuckets;
const bucketCount = exactBelow + 26 * subBuckets;
const longestUs = 2 ** 31 - 1;

export type LatencySummary = {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

/**
 * Latencies in fixed buckets, each at most 1/32 wide: constant memory however long the run. Exact below 64 µs, nothing
 * above 35 minutes.
 */
export class Histogram {
  readonly #counts = new Float64Array(bucketCount);
  #maxUs = 0;
  count = 0;

  record(latencyMs: number): void {
    const us = Math.min(longestUs, Math.max(0, Math.round(latencyMs * 1000)));
    this.#counts[bucketOf(us)]! += 1; // bucketOf stays inside by construction
    this.count += 1;
    if (us > this.#maxUs) this.#maxUs = us;
  }

  /** The latency (ms) that `share` (0 to 1) of the samples do not exceed: the upper edge of its bucket; 0 when empty. */
  percentileMs(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.count * share));
    let seen = 0;
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      seen += this.#counts[bucket]!;
      if (seen >= wanted) return Math.min(upperEdgeUs(bucket), this.#maxUs) / 1000;
    }
    return 0;
  }

  summary(): LatencySummary {
    return {
      p50: this.percentileMs(0.5),
      p90: this.percentileMs(0.9),
      p99: this.percentileMs(0.99),
      p999: this.percentileMs(0.999),
      max: this.#maxUs / 1000,
    };
  }
}

function bucketOf(us: number): number {
  if (us < exactBelow) return us;
  const shift = 26 - Math.clz32(us);
  return shift * subBuckets + (us >>> shift);
}

function upperEdgeUs(bucket: number): number {
  if (bucket < exactBelow) return bucket;
  const shift = Math.floor(bucket / subBuckets) - 1;
  return (bucket - shift * subBuckets + 1) * 2 ** shift - 1;
}
