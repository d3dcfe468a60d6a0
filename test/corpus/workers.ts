/** Hands tasks to a few processes. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CorpusFile } from "./sources.ts";
import type { Outcome, Task } from "./worker.ts";

/** Processes at once. */
const WORKERS = 2;

/** Does every task; outcomes come in the order of the tasks. */
export async function work(tasks: readonly Task[]): Promise<readonly (readonly [CorpusFile, Outcome])[]> {
  const pending = [...tasks.entries()];
  const outcomes = tasks.map(({ file }): readonly [CorpusFile, Outcome] => [file, { failures: ["was not reached"] }]);
  const worker = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL("worker.js", import.meta.url)), {
      execArgv: ["--max-old-space-size=2048"],
    });
    const ended = new Promise<undefined>((resolve) => {
      child.once("exit", () => {
        resolve(undefined);
      });
    });
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const [index, task] = next;
      const answered = new Promise<Outcome>((resolve) => child.once("message", resolve));
      child.send(task);
      const outcome = (await Promise.race([answered, ended])) ?? { failures: ["the process ended"] };
      outcomes[index] = [task.file, outcome];
      if (child.exitCode !== null || child.signalCode !== null) return worker();
    }
    child.kill();
    await ended;
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return outcomes;
}
