/** Ends a run's report with the plain line `N passed, N failed, N skipped`. */
import type { Reporter, TestModule } from "vitest/node";

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    for (const each of modules) {
      count.failed += each.errors().length;
      for (const test of each.children.allTests()) count[test.result().state]++;
    }
    const skipped = count.skipped + count.pending;
    // Printed when the other reporters have finished.
    process.once("exit", () => {
      console.log(`${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
    });
  }
}
