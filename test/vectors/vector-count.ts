/** Ends a run of the vectors with how many of them came out as given, in all their encodings and in each. */
import type { Reporter, TestModule } from "vitest/node";

export default class VectorCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = new Map<unknown, boolean>();
    const encodings = new Map<string, { right: number; all: number }>();
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      const isRight = test.result().state === "passed";
      cases.set(test.parent, (cases.get(test.parent) ?? true) && isRight);
      const encoding = encodings.get(test.name) ?? { right: 0, all: 0 };
      encodings.set(test.name, { right: encoding.right + Number(isRight), all: encoding.all + 1 });
    }
    const right = [...cases.values()].filter(Boolean).length;
    const each = [...encodings].map(([name, { right, all }]) => `${name} ${right} of ${all}`);
    // Printed when the other reporters have finished.
    process.once("exit", () => {
      console.log(`vectors: ${right} of ${cases.size} (${each.join(", ")})`);
    });
  }
}
