/** What is left for files and peers of our own: LevelDB keeps up to a thousand tables open. */
const filesShare = 0.05;
const filesAtLeast = 96;
const filesAtMost = 1_200;
const httpShare = 0.03;
const httpAtLeast = 64;
const httpAtMost = 20_000;
/** More connections than this are a matter for several machines. */
const mqttAtMost = 120_000;

export type ConnectionBudget = { readonly http: number; readonly mqtt: number };

/**
 * How many connections each door may hold so that the process never runs out of file descriptors: a commit that cannot
 * open its next file is a commit that fails, and anybody can open connections.
 *
 * @param descriptors how many the system lets this process have
 */
export function connectionBudget(descriptors: number): ConnectionBudget {
  const files = within(filesShare * descriptors, filesAtLeast, filesAtMost);
  const http = within(httpShare * descriptors, httpAtLeast, httpAtMost);
  return { http, mqtt: within(descriptors - files - http, 1, mqttAtMost) };
}

/** The limit of this process; Node has raised it as far as the system lets it. */
export function descriptorLimit(): number {
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true; // or it looks up names; newer than the types
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : mqttAtMost; // `unlimited`, or a system without such limits
}

function within(wanted: number, least: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(least, wanted)));
}
