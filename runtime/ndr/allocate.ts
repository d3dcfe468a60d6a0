import type { NodeType } from "../memory/node-type.ts";
import type { NdrReader } from "./reader.ts";

/**
 * Takes one node from the application's pair, for stubs: what it gives out in a call that fails is freed.
 *
 * @param cBytes octets of the node in C layout, a conformant tail included
 * @throws RpcError RPC_S_OUT_OF_MEMORY when the pair has none
 */
export function midl_user_allocate<T extends object>(r: NdrReader, cBytes: number, type: NodeType<T>): T {
  return r.allocate(type, cBytes);
}
