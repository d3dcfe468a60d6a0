import { identityOf } from "../linear-node.ts";
import type { MidlUserMemory } from "../midl-user-memory.ts";
import type { NodeType } from "../node-type.ts";
import { logicalThreads } from "./logical-threads.ts";

/**
 * The pair that serves a call of a client stub (M36), in this order: the one set by RpcSsSetClientAllocFree; RpcSsAllocate and RpcSsFree, in
 * manager code or where the stub is sensitive, when there is an environment; the application's.
 *
 * @param application the pair that the client stub was made with
 * @param sensitive the stub heeds the caller's environment: [enable_allocate], /rpcss, /osf
 */
export function clientPair(application: MidlUserMemory, sensitive: boolean): MidlUserMemory {
  const thread = logicalThreads.current;
  if (thread === undefined) return sensitive ? recorded(application) : application;
  if (thread.clientPair !== undefined) return recorded(thread.clientPair);
  const { environment } = logicalThreads;
  if (environment !== undefined && (sensitive || thread.isManager)) return environment;
  return recorded(application);
}

/** The pair that gave out a node in a call of a client stub; undefined for nodes of environments, which know their own. */
export function pairThatServed(node: object): MidlUserMemory | undefined {
  return SERVED.get(identityOf(node));
}

/** Forgets a node that was freed. */
export function forgetServed(node: object): void {
  SERVED.delete(identityOf(node));
}

const SERVED = new WeakMap<object, MidlUserMemory>();
const RECORDED = new WeakMap<MidlUserMemory, MidlUserMemory>();

/** The same pair, with a note of what it gives out for RpcSmClientFree. */
function recorded(pair: MidlUserMemory): MidlUserMemory {
  let recording = RECORDED.get(pair);
  if (recording === undefined) RECORDED.set(pair, (recording = record(pair)));
  return recording;
}

function record(pair: MidlUserMemory): MidlUserMemory {
  return {
    copiesStubData: pair.copiesStubData ?? false,
    midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
      const node = pair.midl_user_allocate(cBytes, type);
      if (node !== null) SERVED.set(identityOf(node), pair);
      return node;
    },
    midl_user_free(node) {
      SERVED.delete(identityOf(node));
      pair.midl_user_free(node);
    },
    ...(pair.midl_user_orphaned === undefined
      ? {}
      : {
          midl_user_orphaned: (node: object, path: string) => {
            pair.midl_user_orphaned?.(node, path);
          },
        }),
  };
}
