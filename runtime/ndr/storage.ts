/** Where the nodes behind a pointer live, when it is not node by node with views of the stub data. */
import { AllocatedBlock, MeasuredBlock } from "../memory/node-block.ts";
import type { NdrReader } from "./reader.ts";

/**
 * Unmarshals what a pointer refers to with every node from the pair, none a view of the stub data (MIDL "force_allocate"; "allocate",
 * dont_free).
 */
export function inOwnStorage<T>(r: NdrReader, unmarshal: () => T): T {
  return r.inOwnStorage(unmarshal);
}

/**
 * Unmarshals what a pointer with [allocate(all_nodes)] refers to: the stub data is read once to know the size of all that is reachable,
 * and again into one block, which one call to `midl_user_allocate` gave and one to `midl_user_free`, of the node returned, takes back
 * (MIDL "allocate"). Inside a block that is being filled it adds to that one.
 *
 * @throws RpcError RPC_S_OUT_OF_MEMORY when the pair has no block of that size
 */
export function allNodes<T>(r: NdrReader, unmarshal: () => T): T {
  if (r.fillsBlock) return unmarshal();
  const { offset } = r;
  const measured = new MeasuredBlock();
  const scratch = r.fullPointers.trial(() => r.fill(measured, unmarshal));
  if (measured.octets === 0) return scratch;
  r.offset = offset;
  return r.fill(new AllocatedBlock(measured.octets, (type, cBytes) => r.allocateAlone(type, cBytes)), unmarshal);
}
