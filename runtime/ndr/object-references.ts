/** Interface pointers: an OBJREF as opaque octets, counted twice (MS-DCOM 2.2.14 MInterfacePointer). */
import { uint8ArrayNode } from "../memory/array-node.ts";
import { midl_user_allocate } from "./allocate.ts";
import type { NdrReader } from "./reader.ts";
import type { NdrWriter } from "./writer.ts";

/** Unmarshals what an interface pointer refers to, at the cursor: into existing storage of the same length, otherwise into a node. */
export function unmarshalObjectReference(
  r: NdrReader,
  existing: Uint8Array | null | undefined,
  path: string,
): Uint8Array {
  const maximum = r.takeCount();
  const count = r.uint32(r.take(4, 4));
  r.agree(count, maximum, "count of octets", path);
  const at = r.takeElements(count, 1, 1);
  const node = existing?.length === count ? existing : midl_user_allocate(r, count, uint8ArrayNode);
  node.set(r.octets.subarray(at, at + count));
  return node;
}

/** Marshals an OBJREF at the cursor. */
export function marshalObjectReference(w: NdrWriter, value: Uint8Array, path: string): void {
  if (!(value instanceof Uint8Array)) throw w.bad("an interface pointer is an OBJREF as Uint8Array", path);
  w.appendCount(value.length, path);
  w.uint32(w.reserve(4, 4), value.length, path);
  const at = w.reserve(value.length, 1);
  w.buffer.set(value, at);
}
