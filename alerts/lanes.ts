/**
 * Where a job runs and how urgent it is: rank 0 before everything. `suspect`: its endpoint did not answer lately.
 * `ahead`: before others of its rank.
 */
export type Placed = {
  readonly lane: string;
  readonly rank: number;
  readonly suspect?: boolean;
  readonly ahead?: boolean;
};

/** Urgent; others; urgent ones to endpoints that are out of order: once more, and for the first time. */
type Kind = 0 | 1 | 2 | 3;
const kinds: readonly Kind[] = [0, 1, 2, 3];
type Counts = [number, number, number, number];

type Lane<Job> = {
  /** By rank. */
  readonly waiting: Job[][];
  /** Running now, by kind. */
  readonly running: Counts;
};

/**
 * Of one lane at a time, by kind. Urgent jobs have places of their own, so that two hanging reports cannot hold up an
 * SOS. Where an endpoint hangs, each attempt takes its whole time: there are many places for those that keep to their
 * ladder, and few for new ones, which would learn the same and keep the others waiting.
 */
const perLane = [8, 2, 32, 4] as const;
/** Of all lanes together: bounds open sockets. A hundred dead endpoints leave the places of the living alone. */
const overall = [512, 64, 256, 64] as const;

/** Runs jobs in lanes, one for each endpoint: a slow endpoint fills its own lane and nobody else's. */
export class Lanes<Job> {
  readonly #place: (job: Job) => Placed;
  readonly #run: (job: Job) => Promise<void>;
  readonly #lanes = new Map<string, Lane<Job>>();
  readonly #running: Counts = [0, 0, 0, 0];
  /** Lanes that wait for a place among all, by kind. */
  readonly #held: Readonly<Record<Kind, Set<string>>> = { 0: new Set(), 1: new Set(), 2: new Set(), 3: new Set() };

  /** `run` never rejects. */
  constructor(place: (job: Job) => Placed, run: (job: Job) => Promise<void>) {
    this.#place = place;
    this.#run = run;
  }

  /** Starts the job at once when there is a place. */
  add(job: Job): void {
    const { lane: name, rank, ahead } = this.#place(job);
    const lane = this.#lanes.get(name) ?? { waiting: [], running: [0, 0, 0, 0] };
    this.#lanes.set(name, lane);
    lane.waiting[rank] ??= [];
    if (ahead) lane.waiting[rank].unshift(job);
    else lane.waiting[rank].push(job);
    this.#drain(name, lane);
  }

  /** Forgets what has not begun. */
  clear(): void {
    for (const lane of this.#lanes.values()) lane.waiting.length = 0;
    for (const kind of kinds) this.#held[kind].clear();
  }

  get running(): number {
    return sum(this.#running);
  }

  #drain(name: string, lane: Lane<Job>): void {
    for (let next = this.#next(name, lane); next !== undefined; next = this.#next(name, lane)) {
      this.#start(name, lane, next.job, next.kind);
    }
    if (sum(lane.running) === 0 && lane.waiting.every((jobs) => jobs.length === 0)) {
      this.#lanes.delete(name);
    }
  }

  #next(name: string, lane: Lane<Job>): { job: Job; kind: Kind } | undefined {
    for (const jobs of lane.waiting) {
      const [job] = jobs ?? [];
      if (job === undefined) continue;
      const kind = kindOf(this.#place(job));
      if (lane.running[kind] >= perLane[kind]) continue;
      if (this.#running[kind] < overall[kind]) {
        jobs!.shift(); // it has one
        return { job, kind };
      }
      this.#held[kind].add(name);
    }
    return undefined;
  }

  #start(name: string, lane: Lane<Job>, job: Job, kind: Kind): void {
    lane.running[kind] += 1;
    this.#running[kind] += 1;
    void this.#run(job).finally(() => {
      lane.running[kind] -= 1;
      this.#running[kind] -= 1;
      this.#drain(name, lane);
      for (const each of kinds) this.#drainHeld(each); // what waits may have become of another kind
    });
  }

  #drainHeld(kind: Kind): void {
    for (const name of this.#held[kind]) {
      if (this.#running[kind] >= overall[kind]) return; // in their order: whoever waits longest stays first
      this.#held[kind].delete(name);
      const lane = this.#lanes.get(name);
      if (lane) this.#drain(name, lane);
    }
  }
}

/** Asked anew whenever there is a place: an endpoint may break down, or be back, while jobs wait. */
function kindOf({ rank, suspect, ahead }: Placed): Kind {
  if (rank !== 0) return 1;
  if (!suspect) return 0;
  return ahead ? 2 : 3;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
