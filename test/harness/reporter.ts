import Mocha from 'mocha';

const SLOWEST_SHOWN = 5;

/**
 * Mocha's `spec` output, then the skipped tests, the slowest ones and the failures, and as the very
 * last line `N passed, N failed, N skipped`. A failed hook counts as a failure.
 */
class Reporter extends Mocha.reporters.Spec {
  readonly #skipped: Mocha.Test[] = [];
  readonly #passed: Mocha.Test[] = [];

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('pending', (test) => this.#skipped.push(test));
    runner.on('pass', (test) => this.#passed.push(test));
  }

  override epilogue(): void {
    this.#list('Skipped', this.#skipped.map((test) => test.fullTitle()));
    this.#list('Slowest', this.#slow());
    if (this.failures.length > 0) {
      write(`  ${this.failures.length} failed:`);
      Mocha.reporters.Base.list(this.failures);
    }
    const { passes, failures, pending, duration } = this.stats;
    write(`  in ${((duration ?? 0) / 1000).toFixed(1)} s\n`);
    write(`${passes} passed, ${failures} failed, ${pending} skipped`);
  }

  #slow(): string[] {
    return this.#passed
      .filter((test) => test.speed === 'slow')
      .sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0))
      .slice(0, SLOWEST_SHOWN)
      .map((test) => `${String(test.duration).padStart(6)} ms  ${test.fullTitle()}`);
  }

  #list(heading: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    write(`  ${heading}:`);
    for (const line of lines) write(`    ${line}`);
    write('');
  }
}

const write = (line: string): void => Mocha.reporters.Base.consoleLog(line);

// Mocha loads a reporter by its default export.
export { Reporter as default };
