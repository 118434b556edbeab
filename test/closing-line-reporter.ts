/**
 * Ends every run with one line a script can read: `N passed, N failed, N skipped`. With TIELINE_REQUIRE_SERVICES=1 a
 * skipped test fails the run, so that a machine that should have Redis and a browser cannot pass without them.
 */
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const states = tests.map((test) => test.result().state);
    const retried = tests.filter((test) => test.diagnostic()?.flaky === true).map((test) => test.fullName);
    const count = (state: string): number => states.filter((found) => found === state).length;
    const brokenFiles = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    const failed = count('failed') + count('pending') + brokenFiles + unhandledErrors.length;
    const skipped = count('skipped');
    const isStrict = process.env['TIELINE_REQUIRE_SERVICES'] === '1';
    // On exit, so that nothing another reporter prints comes after it.
    process.once('exit', () => {
      for (const name of retried) process.stdout.write(`passed on the second try: ${name}\n`);
      if (isStrict && skipped > 0) {
        process.stdout.write('TIELINE_REQUIRE_SERVICES=1: skipped tests count as failures\n');
        process.exitCode = 1;
      }
      process.stdout.write(`${count('passed')} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }
}
