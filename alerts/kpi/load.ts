const hourMs = 3_600_000;
const tenMinutesMs = 600_000;
/** EEMUA 191: ten alarms in ten minutes are a flood no operator can handle. */
const floodFrom = 10;

/** What came at those who handle alerts. */
export type Load = {
  readonly meanPerHour: number;
  readonly mostPerHour: number;
  /** Share of the time, in stretches of ten minutes, in 0..1. */
  readonly floodShare: number;
};

/** @param atMs when each alert opened, all of them in the range */
export function loadOf(
  atMs: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Load {
  const perHour = countsBy(atMs, hourMs);
  const stretches = [...countsBy(atMs, tenMinutesMs).values()];
  const allStretches = Math.max(1, Math.ceil((toMs - fromMs) / tenMinutesMs));
  return {
    meanPerHour: atMs.length / ((toMs - fromMs) / hourMs),
    mostPerHour: [...perHour.values()].reduce((a, b) => Math.max(a, b), 0),
    floodShare: stretches.filter((count) => count >= floodFrom).length / allStretches,
  };
}

function countsBy(atMs: readonly number[], everyMs: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const ms of atMs) {
    const stretch = Math.floor(ms / everyMs);
    counts.set(stretch, (counts.get(stretch) ?? 0) + 1);
  }
  return counts;
}
