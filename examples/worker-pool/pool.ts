/** A few worker threads, each with one task at a time. */
import type { Worker } from "node:worker_threads";
import type { Outcome, Task } from "./task.ts";

interface Waiting {
  readonly task: Task;
  readonly resolve: (address: number) => void;
  readonly reject: (error: Error) => void;
}

/** Hands tasks to whichever thread is idle. */
export class WorkerPool implements AsyncDisposable {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #waiting: Waiting[] = [];

  constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    for (const worker of workers) {
      this.#idle.push(worker);
      worker.on("message", (outcome: Outcome) => {
        this.#done(worker, outcome);
      });
      worker.on("error", (error) => {
        this.#done(worker, { error: String(error) });
      });
    }
  }

  /** Has a task done. Resolves to the address of its PART. */
  run(task: Task): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const worker = this.#waiting.length === 0 ? undefined : this.#idle.pop();
    const next = worker === undefined ? undefined : this.#waiting.shift();
    if (worker === undefined || next === undefined) return;
    this.#busy.set(worker, next);
    worker.postMessage(next.task);
  }

  #done(worker: Worker, outcome: Outcome): void {
    const done = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle.push(worker);
    if ("part" in outcome) done?.resolve(outcome.part);
    else done?.reject(new Error(outcome.error));
    this.#next();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
