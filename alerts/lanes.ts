/** Where a job runs and how urgent it is: rank 0 before everything. */
export type Placed = { readonly lane: string; readonly rank: number };

type Lane<Job> = {
  /** By rank. */
  readonly waiting: Job[][];
  /** Running now: urgent ones, others. */
  readonly running: [number, number];
};

/** Of one lane at a time; urgent jobs have places of their own, so that two hanging reports cannot hold up an SOS. */
const perLane = { urgent: 8, other: 2 };
/** Of all lanes together: bounds open sockets. */
const overall = { urgent: 512, other: 64 };

/** Runs jobs in lanes, one for each endpoint: a slow endpoint fills its own lane and nobody else's. */
export class Lanes<Job> {
  readonly #place: (job: Job) => Placed;
  readonly #run: (job: Job) => Promise<void>;
  readonly #lanes = new Map<string, Lane<Job>>();
  readonly #running: [number, number] = [0, 0];
  /** Lanes that wait for a place among all: of urgent ones, of others. */
  readonly #held: [Set<string>, Set<string>] = [new Set(), new Set()];

  /** `run` never rejects. */
  constructor(place: (job: Job) => Placed, run: (job: Job) => Promise<void>) {
    this.#place = place;
    this.#run = run;
  }

  /** Starts the job at once when there is a place. */
  add(job: Job): void {
    const { lane: name, rank } = this.#place(job);
    const lane = this.#lanes.get(name) ?? { waiting: [], running: [0, 0] };
    this.#lanes.set(name, lane);
    lane.waiting[rank] ??= [];
    lane.waiting[rank].push(job);
    this.#drain(name, lane);
  }

  /** Forgets what has not begun. */
  clear(): void {
    for (const lane of this.#lanes.values()) lane.waiting.length = 0;
    for (const names of this.#held) names.clear();
  }

  get running(): number {
    return this.#running[0] + this.#running[1];
  }

  #drain(name: string, lane: Lane<Job>): void {
    for (let next = this.#next(name, lane); next !== undefined; next = this.#next(name, lane)) {
      this.#start(name, lane, next.job, next.kind);
    }
    if (lane.running[0] + lane.running[1] === 0 && lane.waiting.every((jobs) => jobs.length === 0)) {
      this.#lanes.delete(name);
    }
  }

  #next(name: string, lane: Lane<Job>): { job: Job; kind: 0 | 1 } | undefined {
    for (const [rank, jobs] of lane.waiting.entries()) {
      if (jobs === undefined || jobs.length === 0) continue;
      const kind = rank === 0 ? 0 : 1;
      if (lane.running[kind] >= (kind === 0 ? perLane.urgent : perLane.other)) continue;
      if (this.#running[kind] < (kind === 0 ? overall.urgent : overall.other)) return { job: jobs.shift()!, kind }; // not empty
      this.#held[kind].add(name);
    }
    return undefined;
  }

  #start(name: string, lane: Lane<Job>, job: Job, kind: 0 | 1): void {
    lane.running[kind] += 1;
    this.#running[kind] += 1;
    void this.#run(job).finally(() => {
      lane.running[kind] -= 1;
      this.#running[kind] -= 1;
      this.#drain(name, lane);
      this.#drainHeld(kind);
    });
  }

  #drainHeld(kind: 0 | 1): void {
    for (const name of this.#held[kind]) {
      this.#held[kind].delete(name);
      const lane = this.#lanes.get(name);
      if (lane) this.#drain(name, lane);
      if (this.#held[kind].has(name)) return; // still no place: the others would find none either
    }
  }
}
