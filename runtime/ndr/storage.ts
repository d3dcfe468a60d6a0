/** Where the nodes behind a pointer live, when it is not node by node with views of the stub data. */
import { AllocatedBlock, MeasuredBlock } from "../memory/node-block.ts";
import { BufferMemory } from "../memory/byte-count.ts";
import type { ByteCountBuffer } from "../memory/byte-count.ts";
import { uint8ArrayNode } from "../memory/array-node.ts";
import type { NodeType } from "../memory/node-type.ts";
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
  if (measured.octets === 0 && !measured.hasPostponed) return scratch;
  r.offset = offset;
  if (measured.octets === 0) return r.inOwnStorage(unmarshal);
  const block = new AllocatedBlock(measured.octets, measured.valueOctets, (type, cBytes) =>
    r.allocateAlone(type, cBytes),
  );
  return r.fill(block, unmarshal);
}

/**
 * Unmarshals what a [byte_count] parameter refers to into the application's buffer, as views: nothing is taken from the pair (MIDL
 * "byte_count"; M25).
 *
 * @param cBytes octets of the buffer, as its [in] parameter says
 * @throws RpcError RPC_X_BYTE_COUNT_TOO_SMALL when it does not fit
 */
export function inBuffer<T>(r: NdrReader, buffer: ByteCountBuffer, cBytes: number, unmarshal: () => T): T {
  const memory = new BufferMemory(buffer, cBytes);
  try {
    return r.fill(memory, unmarshal);
  } catch (error) {
    throw memory.tooSmall(error);
  }
}

/**
 * The storage of a [byte_count] parameter on a server: one buffer from the pair, whose first node the manager routine is handed.
 *
 * @param cBytes octets of the buffer: what the client said
 * @throws RpcError RPC_X_BYTE_COUNT_TOO_SMALL when not even that node fits
 */
export function bufferStorage<T extends object>(r: NdrReader, cBytes: number, type: NodeType<T>, size: number): T {
  const memory = new BufferMemory(r.allocate(uint8ArrayNode, cBytes), cBytes);
  return memory.place(type, size);
}
