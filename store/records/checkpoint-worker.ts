import { parentPort, workerData } from 'node:worker_threads';
import { Checkpointer } from './checkpointer.ts';
import type { Job } from './checkpoints.ts';

/* A thread of its own for what waits for the disk: `new Worker('checkpoint-worker.ts', { workerData: file })`. */

const checkpointer = new Checkpointer(String(workerData));

function done(job: Job): unknown {
  if (job === 'copy') return checkpointer.copy();
  if (job === 'end') return checkpointer.close();
  return checkpointer.beginAnew(job === 'cut');
}

parentPort?.on('message', (job: Job) => {
  try {
    parentPort?.postMessage({ result: done(job) });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
  if (job === 'end') parentPort?.close();
});
