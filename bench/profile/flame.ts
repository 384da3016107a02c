/** What V8 writes with `--cpu-prof`. */
export type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** µs, one for each sample. */
  readonly timeDeltas: readonly number[];
};

export type Flame = {
  readonly name: string;
  readonly place: string;
  readonly us: number;
  readonly above: readonly Flame[];
};

type Growing = { name: string; place: string; us: number; above: Map<string, Growing> };

/**
 * The stacks of a profile, those of one function in one place put together; time spent waiting is left out.
 * `from` µs at the beginning are left out too: the start of the program is not its work.
 */
export function flameOf({ nodes, samples, timeDeltas }: CpuProfile, fromUs: number): Flame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const all = growing('all', '');
  let atUs = 0;
  for (const [index, sample] of samples.entries()) {
    const us = timeDeltas[index] ?? 0;
    atUs += us;
    const stack: Growing[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const frame = byId.get(id)?.callFrame;
      if (frame && frame.functionName !== '(root)')
        stack.push(growing(frame.functionName || '(anonymous)', placeOf(frame)));
    }
    const isIdle = stack[0]?.name === '(idle)' || stack[0]?.name === '(program)';
    if (atUs >= fromUs && !isIdle) add(all, stack.reverse(), us);
  }
  return settled(all);
}

function growing(name: string, place: string): Growing {
  return { name, place, us: 0, above: new Map() };
}

/** The last two parts of the path: enough to find it. */
function placeOf({ url, lineNumber }: { readonly url: string; readonly lineNumber: number }): string {
  return url === '' ? '' : `${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
}

function add(below: Growing, stack: readonly Growing[], us: number): void {
  below.us += us;
  let at = below;
  for (const frame of stack) {
    const key = `${frame.name} ${frame.place}`;
    const next = at.above.get(key) ?? frame;
    at.above.set(key, next);
    next.us += us;
    at = next;
  }
}

/** In the order of their names, so that two profiles can be compared. */
function settled({ name, place, us, above }: Growing): Flame {
  const sorted = [...above.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { name, place, us, above: sorted.map(settled) };
}

/** Time in a function itself, whoever called it; the most first. */
export function selfTimes(flame: Flame): { readonly name: string; readonly share: number }[] {
  const selves = new Map<string, number>();
  const visit = ({ name, place, us, above }: Flame): void => {
    const key = `${name} ${place}`.trim();
    selves.set(key, (selves.get(key) ?? 0) + us - above.reduce((sum, one) => sum + one.us, 0));
    for (const one of above) visit(one);
  };
  visit(flame);
  const sorted = [...selves].toSorted(([, a], [, b]) => b - a);
  return sorted.map(([name, us]) => ({ name, share: us / flame.us }));
}
