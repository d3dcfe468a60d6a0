/** What the server asks a thread of the pool for. */
import type { RpcSsThreadHandle } from "@midl-ts/runtime";

/** A part of the samples. Nodes are known by their addresses in the memory that all threads share. */
export interface Task {
  /** Where the SAMPLES lie. */
  readonly samples: number;
  readonly first: number;
  readonly count: number;
  /** The RpcSs environment in which the PART is allocated; left out: it is a node by itself, which the server frees. */
  readonly handle?: RpcSsThreadHandle;
}

/** Where the PART lies, or why there is none. */
export type Outcome = { readonly part: number } | { readonly error: string };
