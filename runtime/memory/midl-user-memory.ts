import { RpcError } from "../rpc-error.ts";
import type { NodeType } from "./node-type.ts";

/**
 * The pair that the application supplies: every node that a stub needs comes from `midl_user_allocate`, and what a server stub frees
 * goes to `midl_user_free` (MIDL "The midl_user_allocate Function", "The midl_user_free Function").
 *
 * The smallest pair is `{ midl_user_allocate: (cBytes, type) => type.create(cBytes), midl_user_free: () => {} }`.
 */
export interface MidlUserMemory {
  /**
   * Storage for one node, zeroed as `type.create` makes it, or null when there is none (the call then fails with
   * RPC_S_OUT_OF_MEMORY). What it throws counts as null, with the thrown error as the cause.
   *
   * @param cBytes octets of the node in C layout, a conformant tail included
   */
  midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null;
  /** Takes back a node that `midl_user_allocate` gave out. */
  midl_user_free(node: object): void;
  /** Optional: a node that the stub was told to forget and will not free. `path` names the severed pointer as the IDL does. */
  midl_user_orphaned?(node: object, path: string): void;
  /**
   * Optional: true when every array has to lie in the pair's own storage, so that a server stub never lets one refer straight into the
   * received stub data (M19).
   */
  readonly copiesStubData?: boolean;
}

/**
 * Fails unless `memory` is a pair: for callers that no compiler has checked.
 *
 * @param stub name of the generated class or function, for the message
 * @throws TypeError
 */
export function requirePair(memory: unknown, stub: string): asserts memory is MidlUserMemory {
  if (isPair(memory)) return;
  throw new TypeError(
    `${stub} needs the application's memory: supply an object with midl_user_allocate and midl_user_free, such as managedMemory(). ` +
      "An interface compiled with /osf needs none.",
  );
}

/** Whether something has the two routines of a pair. */
export function isPair(memory: unknown): memory is MidlUserMemory {
  const pair: Partial<Record<keyof MidlUserMemory, unknown>> =
    typeof memory === "object" && memory !== null ? memory : {};
  return typeof pair.midl_user_allocate === "function" && typeof pair.midl_user_free === "function";
}

/**
 * Takes one node from the pair.
 *
 * @throws RpcError RPC_S_OUT_OF_MEMORY when the pair returns null or throws
 */
export function allocateFromPair<T extends object>(memory: MidlUserMemory, cBytes: number, type: NodeType<T>): T {
  let node: T | null | undefined;
  let cause: unknown;
  try {
    node = memory.midl_user_allocate(cBytes, type);
  } catch (error) {
    cause = error;
  }
  if (node === null || node === undefined) throw outOfMemory(cBytes, type, cause);
  return node;
}

function outOfMemory(cBytes: number, { name }: { readonly name: string }, cause: unknown): RpcError {
  return new RpcError("RPC_S_OUT_OF_MEMORY", `midl_user_allocate gave no storage for ${name} (${cBytes} octets)`, {
    cause,
  });
}
