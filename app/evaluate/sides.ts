import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { areaRules } from '../../rules/areas/index.ts';
import { rules } from '../../rules/index.ts';
import type { WeeksOptions } from '../../simulators/weeks/weeks.ts';
import { type Lived, live, type OnDay } from './live.ts';
import { naiveRules } from './naive/index.ts';

/** The rules of the service, and what is used in their place elsewhere. */
export type Side = 'ours' | 'naive';
const rulesOf = { ours: { rules, areaRules }, naive: { rules: naiveRules, areaRules: [] } } as const;

type Task = { readonly side: Side; readonly options: WeeksOptions };
type Report = { readonly day: number; readonly messages: number } | { readonly lived: Lived };

/** Lives the weeks under both sets of rules, each in a thread of its own: the same people, days and faults. */
export async function liveBoth(
  options: WeeksOptions,
  onDay: (side: Side, day: number) => void,
): Promise<{ readonly ours: Lived; readonly naive: Lived }> {
  const [ours, naive] = await Promise.all([
    inThread({ side: 'ours', options }, (day) => onDay('ours', day)),
    inThread({ side: 'naive', options }, (day) => onDay('naive', day)),
  ]);
  return { ours, naive };
}

export function liveSide({ side, options }: Task, onDay?: OnDay): Lived {
  return live(options, rulesOf[side], onDay);
}

function inThread(task: Task, onDay: OnDay): Promise<Lived> {
  const { promise, resolve, reject } = Promise.withResolvers<Lived>();
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  worker.on('message', (report: Report) => {
    if ('lived' in report) resolve(report.lived);
    else onDay(report.day, report.messages);
  });
  worker.on('error', reject);
  worker.on('exit', (code) => reject(new Error(`the simulation ended early with ${code}`)));
  return promise;
}

if (!isMainThread && parentPort !== null && workerData !== null) {
  const port = parentPort;
  const task = workerData as Task; // what `inThread` gave
  const lived = liveSide(task, (day, messages) => port.postMessage({ day, messages } satisfies Report));
  port.postMessage({ lived } satisfies Report);
}
