/** One line of the table at the end. */
export type Figure = {
  readonly figure: string;
  readonly value: string;
  readonly goal: string;
  readonly isReached: boolean;
};

export type Bench = {
  readonly name: string;
  /** In `bench/`. */
  readonly file: string;
  readonly args: readonly string[];
  /** Little of everything: does it run? */
  readonly quickArgs: readonly string[];
  readonly minutes: number;
  readonly quickMinutes: number;
  /** What its JSON comes to. */
  readonly figures: (said: unknown) => readonly Figure[];
};

type Ingest = {
  readonly goal: number;
  readonly compared: readonly { readonly devices: number; readonly ratio: number }[];
};
type Stack = { readonly goal: number; readonly ratio: number; readonly stackPerS: number };
type Sos = {
  readonly goalP99Ms: number;
  readonly ways: readonly {
    readonly way: string;
    readonly p99Ms: number;
    readonly p999Ms: number;
    readonly missed: number;
  }[];
};
type Connections = {
  readonly connections: number;
  readonly goalKiB: number;
  readonly stormGoalMs: number;
  readonly costs: readonly { readonly name: string; readonly rssKiB: number }[];
  readonly storm: {
    readonly backInMs: number;
    readonly connected: number;
    readonly missing: number;
    readonly doubled: number;
  };
};
type Growth = {
  readonly goalMs: number;
  readonly rows: readonly {
    readonly residents: number;
    readonly readings: number;
    readonly startMs: readonly number[];
    readonly cpuUsPerMessage: number;
  }[];
};
type Soak = {
  readonly goalGrowth: number;
  readonly growth: { readonly own: number };
  readonly report: { readonly lost: number };
};

function ingest({ compared, goal }: Ingest): Figure[] {
  return compared.map(({ devices, ratio }) => atLeast(`Mosquitto's rate, ${devices} connections`, ratio, goal));
}

function stack({ ratio, goal, stackPerS }: Stack): Figure[] {
  return [atLeast(`times Mosquitto + Node-RED + InfluxDB (${stackPerS}/s)`, ratio, goal)];
}

function sos({ ways, goalP99Ms }: Sos): Figure[] {
  return ways.map(({ way, p99Ms, p999Ms, missed }) => ({
    figure: `${way}, p99 (p99.9), missed`,
    value: `${p99Ms.toFixed(1)} (${p999Ms.toFixed(1)}) ms, ${missed}`,
    goal: `<= ${goalP99Ms} ms, 0`,
    isReached: p99Ms <= goalP99Ms && missed === 0,
  }));
}

function connections({ connections: count, costs, goalKiB, storm, stormGoalMs }: Connections): Figure[] {
  const memory = costs.map(({ name, rssKiB }) => ({
    figure: `a connection of ${count}: ${name}`,
    value: `${rssKiB.toFixed(1)} KiB`,
    goal: name.startsWith('anju') ? `<= ${goalKiB} KiB` : '',
    isReached: !name.startsWith('anju') || rssKiB <= goalKiB,
  }));
  const back = `${storm.connected} in ${(storm.backInMs / 1000).toFixed(1)} s`;
  const all = { figure: 'back after a storm', value: back, goal: `${count} in ${stormGoalMs / 1000} s` };
  const wrong = storm.missing + storm.doubled;
  return [
    ...memory,
    { ...all, isReached: storm.connected === count && storm.backInMs <= stormGoalMs },
    { figure: 'alerts missing or doubled', value: String(wrong), goal: '0', isReached: wrong === 0 },
  ];
}

function growth({ rows, goalMs }: Growth): Figure[] {
  return rows.map(({ residents, readings, startMs, cpuUsPerMessage }) => {
    const middle = startMs.toSorted((a, b) => a - b)[Math.floor(startMs.length / 2)] ?? Number.NaN;
    return {
      figure: `start with ${residents} residents, ${(readings / 1e6).toFixed(1)} million readings`,
      value: `${middle} ms, ${cpuUsPerMessage.toFixed(0)} µs a message`,
      goal: `<= ${goalMs} ms`,
      isReached: middle <= goalMs,
    };
  });
}

function soak({ growth: { own }, goalGrowth, report: { lost } }: Soak): Figure[] {
  const value = `${(100 * own).toFixed(1)} %, ${lost} lost`;
  return [
    {
      figure: 'growth of memory',
      value,
      goal: `<= ${100 * goalGrowth} %, 0 lost`,
      isReached: own <= goalGrowth && lost === 0,
    },
  ];
}

function atLeast(figure: string, value: number, goal: number): Figure {
  return { figure, value: value.toFixed(2), goal: `>= ${goal}`, isReached: value >= goal };
}

/** In the order they run: what is short and asked for most often first. */
// biome-ignore format: a bench a line
export const benches: readonly Bench[] = [
  bench({ name: 'ingest', file: 'ingest.ts', minutes: 5, quickMinutes: 1, figures: ingest, quickArgs: ['--rounds', '1', '--seconds', '2', '--connections', '200'] }),
  bench({ name: 'latency', file: 'sos.ts', minutes: 1, quickMinutes: 1, figures: sos, quickArgs: ['--presses', '50'] }),
  bench({ name: 'latency-5000', file: 'sos.ts', args: ['--background', '5000'], minutes: 2, quickMinutes: 1, figures: sos, quickArgs: ['--presses', '50', '--background', '1000'] }),
  bench({ name: 'latency-20000', file: 'sos.ts', args: ['--background', '20000'], minutes: 2, quickMinutes: 1, figures: sos, quickArgs: ['--presses', '50', '--background', '2000'] }),
  bench({ name: 'connections', file: 'connections.ts', minutes: 4, quickMinutes: 1, figures: connections, quickArgs: ['--connections', '2000', '--presses', '200'] }),
  bench({ name: 'stack', file: 'stack.ts', minutes: 6, quickMinutes: 2, figures: stack, quickArgs: ['--seconds', '3'] }),
  bench({ name: 'stack-batched', file: 'stack.ts', args: ['--batch', '500'], minutes: 7, quickMinutes: 2, figures: stack, quickArgs: ['--seconds', '3', '--batch', '500'] }),
  bench({ name: 'growth', file: 'growth.ts', minutes: 15, quickMinutes: 1, figures: growth, quickArgs: ['--sizes', '1000:50000:1', '--seconds', '3', '--starts', '1'] }),
  bench({ name: 'soak', file: 'soak.ts', minutes: 61, quickMinutes: 4, figures: soak, quickArgs: ['--minutes', '4', '--rate', '1000', '--devices', '200'] }),
];

function bench<Said>({
  figures,
  ...rest
}: Omit<Bench, 'figures' | 'args'> & {
  readonly args?: readonly string[];
  readonly figures: (said: Said) => readonly Figure[];
}): Bench {
  // Each file prints what its own `figures` takes.
  return { args: [], ...rest, figures: (said) => figures(said as Said) };
}
