/** Says how far long work is, on a terminal only: nobody reads it in a log. */
export class Progress {
  #shownAtMs = 0;
  #isShown = false;

  rows(what: string, rows: number): void {
    if (!process.stderr.isTTY || performance.now() - this.#shownAtMs < 200) return;
    this.#shownAtMs = performance.now();
    this.#isShown = true;
    process.stderr.write(`\r${what}: ${rows.toLocaleString('en')} rows  `);
  }

  end(): void {
    if (this.#isShown) process.stderr.write('\n');
    this.#isShown = false;
  }
}
