/** Calls in which the k-th allocation fails, for every k: nothing leaks, the status is the documented one, the connection stays usable (M3). */
import type { MidlUserMemory, NodeType } from "@midl-ts/runtime";
import type { Operation } from "../../grammar/index.ts";
import type { Subject } from "./calls.ts";
import { RandomCall } from "./random-call.ts";

/** Allocations of a call that are made to fail, at most: spread over all of them. */
const POSITIONS = 12;

/** A pair that runs out when it is told to, and knows what is live. */
export class LimitedMemory implements MidlUserMemory {
  #left = Infinity;
  #allocations = 0;
  readonly #live = new Set<object>();

  /** Nodes given out since the last `begin`. */
  get allocations(): number {
    return this.#allocations;
  }

  /** Nodes given out since the last `begin` and not freed. */
  get live(): number {
    return this.#live.size;
  }

  /** Forgets everything; so many allocations succeed from now on. */
  begin(left = Infinity): void {
    this.#left = left;
    this.#allocations = 0;
    this.#live.clear();
  }

  midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
    if (this.#left-- <= 0) return null;
    this.#allocations++;
    const node = type.create(cBytes);
    this.#live.add(node);
    return node;
  }

  midl_user_free(node: object): void {
    this.#live.delete(node);
  }
}

/** What came of the calls of one operation. */
export interface Exhausted {
  readonly failure: string | undefined;
  readonly calls: number;
}

/** Makes a call again and again, each time with another allocation failing, on the server and on the client. */
export async function exhaust(operation: Operation, subject: Subject, seed: number): Promise<Exhausted> {
  const { client, server } = subject.memories;
  let calls = 0;
  const call = async (limits: { readonly client?: number; readonly server?: number }): Promise<string | undefined> => {
    client.begin(limits.client);
    server.begin(limits.server);
    calls++;
    return new RandomCall(operation, subject, seed).run();
  };
  const whole = await call({});
  if (whole !== undefined) return { failure: whole, calls };
  const counts = { server: server.allocations, client: client.allocations };
  for (const side of ["server", "client"] as const) {
    for (const position of positionsIn(counts[side])) {
      const refused = await call({ [side]: position });
      const where = `allocation ${position + 1} of ${counts[side]} failed on the ${side}`;
      const failure = judged(refused, side, subject);
      if (failure !== undefined) return { failure: `${where}: ${failure}`, calls };
      const next = await call({});
      if (next !== undefined) return { failure: `${where}; the next call: ${next}`, calls };
    }
  }
  return { failure: undefined, calls };
}

const STATUS = { server: "RPC_S_SERVER_OUT_OF_MEMORY", client: "RPC_S_OUT_OF_MEMORY" };

function judged(refused: string | undefined, side: "client" | "server", { memories }: Subject): string | undefined {
  if (refused === undefined) return "the call succeeded all the same";
  if (!refused.startsWith(`${STATUS[side]}:`)) return refused;
  for (const each of ["client", "server"] as const)
    if (memories[each].live > 0) return `${memories[each].live} nodes are live on the ${each}`;
  return undefined;
}

/** All of them, or some from the first to the last. */
function positionsIn(count: number): readonly number[] {
  if (count <= POSITIONS) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: POSITIONS }, (_, index) => Math.round((index * (count - 1)) / (POSITIONS - 1)));
}
