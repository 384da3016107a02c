/** Loaded before a program: says what it holds whenever it is asked over the channel it was started with. */
process.on('message', () => {
  // Twice: what the first round lets go of may hold memory outside the heap.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, heapUsed, external });
});
process.channel?.unref(); // it ends when the program does
