import { expect, test, vi } from 'vitest';
import { LoopDelay } from '../../app/loop-delay.ts';

const maxOf = (delay: LoopDelay): number => delay.metrics().get('event_loop_delay_max_seconds') ?? 0;

/** Keeps this thread to itself, as a rule that never ends would. */
function hog(forMs: number): void {
  for (const untilMs = performance.now() + forMs; performance.now() < untilMs; );
}

test('whoever kept everybody waiting is seen in the metrics, and forgotten when a minute has passed', async () => {
  let nowMs = 0;
  const delay = new LoopDelay(() => nowMs);
  await vi.waitFor(() => {
    hog(80);
    expect(maxOf(delay)).toBeGreaterThan(0.02);
  });

  nowMs = 60_000;
  expect(maxOf(delay)).toBeGreaterThan(0.02); // the look that ends the minute still tells of it
  expect(maxOf(delay)).toBe(0);
  delay.stop();
});
