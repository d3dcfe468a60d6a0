/** The other thread of the tests of shared memory: it does what it is asked, one message after the other. */
import { parentPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import {
  RpcSsAllocate,
  RpcSsDisableAllocate,
  RpcSsEnableAllocate,
  RpcSsFree,
  RpcSsGetThreadHandle,
  RpcSsSetThreadHandle,
  sharedMemory,
  threadHandleFrom,
} from "../../runtime/index.ts";
import type { SharedMemory } from "../../runtime/index.ts";
import type { PostedThreadHandle } from "../../runtime/memory/shared/shared-environment.ts";
import { SHARED_NODE } from "./shared-node.ts";
import type { SharedNode } from "./shared-node.ts";

/** What the thread can be asked for. */
export type SharedRequest =
  | { readonly kind: "attach"; readonly buffer: SharedArrayBuffer }
  | { readonly kind: "adopt"; readonly handle: PostedThreadHandle }
  /** Allocates in the environment of the thread. */
  | { readonly kind: "allocate"; readonly value: number; readonly name: string }
  | { readonly kind: "look"; readonly address: number }
  | { readonly kind: "rename"; readonly address: number; readonly name: string }
  /** RpcSsFree. */
  | { readonly kind: "mark"; readonly address: number }
  /** midl_user_free. */
  | { readonly kind: "free"; readonly address: number }
  | { readonly kind: "enable"; readonly buffer: SharedArrayBuffer }
  | { readonly kind: "disable" }
  /** Allocates and frees at random, so many times. */
  | { readonly kind: "churn"; readonly rounds: number };

/** What it answers. */
export interface SharedAnswer {
  readonly result: unknown;
  readonly error: string | undefined;
}

let memory: SharedMemory | undefined;
const seen = new Map<number, SharedNode>();

function present(): SharedMemory {
  if (memory === undefined) throw new Error("no memory");
  return memory;
}

function nodeAt(address: number): SharedNode {
  const node = SHARED_NODE.at(present().heap, address, SHARED_NODE.size);
  seen.set(address, node);
  return node;
}

function answer(request: SharedRequest): unknown {
  switch (request.kind) {
    case "attach":
      memory = sharedMemory(request.buffer);
      return undefined;
    case "adopt":
      memory = sharedMemory(request.handle.buffer);
      RpcSsSetThreadHandle(threadHandleFrom(request.handle));
      return RpcSsGetThreadHandle()?.liveCount;
    case "allocate": {
      const node = RpcSsAllocate(SHARED_NODE.size, SHARED_NODE);
      Object.assign(node, { value: request.value, name: request.name });
      return present().addressOf(node);
    }
    case "look": {
      const known = seen.get(request.address);
      let stale: string | undefined;
      try {
        Reflect.get(known ?? {}, "value");
      } catch (error) {
        stale = String(error);
      }
      const { value, name } = nodeAt(request.address);
      return { value, name, stale };
    }
    case "rename":
      nodeAt(request.address).name = request.name;
      return undefined;
    case "mark":
      RpcSsFree(nodeAt(request.address));
      return undefined;
    case "free":
      present().midl_user_free(nodeAt(request.address));
      return undefined;
    case "enable":
      memory = sharedMemory(request.buffer);
      RpcSsEnableAllocate(memory);
      return RpcSsGetThreadHandle();
    case "disable":
      RpcSsDisableAllocate();
      return undefined;
    case "churn":
      return churn(request.rounds);
    default:
      return request satisfies never;
  }
}

function churn(rounds: number): number {
  const nodes: SharedNode[] = [];
  let wrong = 0;
  for (let round = 0; round < rounds; round++) {
    const node = present().midl_user_allocate(SHARED_NODE.size, SHARED_NODE);
    if (node === null) throw new Error("no storage");
    Object.assign(node, { value: round, name: "x".repeat(round % 50) });
    nodes.push(node);
    if (nodes.length < 20) continue;
    const oldest = nodes.splice((round * 7) % 20, 1)[0];
    if (oldest === undefined) continue;
    if (oldest.name !== "x".repeat(oldest.value % 50)) wrong++;
    present().midl_user_free(oldest);
  }
  for (const node of nodes) present().midl_user_free(node);
  return wrong;
}

/** One asynchronous context from beginning to end: what a thread enables, it has when the next message comes. */
async function serve(port: MessagePort): Promise<never> {
  for (;;) {
    const request = await new Promise<SharedRequest>((resolve) => port.once("message", resolve));
    let result: unknown;
    let error: string | undefined;
    try {
      result = answer(request);
    } catch (thrown) {
      error = String(thrown);
    }
    const answered: SharedAnswer = { result, error };
    port.postMessage(answered);
  }
}

if (parentPort !== null) void serve(parentPort);
