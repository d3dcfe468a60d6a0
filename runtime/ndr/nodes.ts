/** What stubs need for nodes that are no plain structs: boxes, arms of unions, [ref] pointers that are not set yet. */
import { linearNodeOf } from "../memory/linear-node.ts";
import type { NodeType } from "../memory/node-type.ts";
import type { Pointer } from "../memory/pointer-node.ts";
import { midl_user_allocate } from "./allocate.ts";
import type { NdrReader } from "./reader.ts";

/** Unmarshals what a nullable pointer to a nullable pointer refers to: the box, and what is in it. */
export function unmarshalBox<T>(
  r: NdrReader,
  existing: Pointer<T> | null | undefined,
  type: NodeType<Pointer<T>>,
  unmarshal: (existing: T | null) => T,
): Pointer<T> {
  const box = existing ?? midl_user_allocate(r, type.size, type);
  box.value = unmarshal(box.value);
  return box;
}

/**
 * Gives a union another arm. A node keeps its identity: the members of the old arm go, those of the new one come. A union inside
 * another value is replaced, unless it lies there in linear memory.
 */
export function setArm<A extends object>(existing: object | null | undefined, isNode: boolean, arm: A): A {
  if (existing === null || existing === undefined) return arm;
  if (!isNode && linearNodeOf(existing) === undefined) return arm;
  for (const name of Object.keys(existing)) if (!(name in arm)) Reflect.deleteProperty(existing, name);
  return Object.assign(existing, arm);
}

/**
 * The value of an embedded [ref] pointer in a zeroed node: null, although its type says that it never is. Marshaling it faults with
 * RPC_X_NULL_REF_POINTER until it is set (MIDL "ref").
 */
export function unsetReference(): never;
export function unsetReference(): null {
  return null;
}
