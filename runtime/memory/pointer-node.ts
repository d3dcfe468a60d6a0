import type { ConvertedVisitor } from "../conversions/conversion.ts";
import { DescribedNode } from "./described-node.ts";
import type { NodeType, ReferentVisitor } from "./node-type.ts";
import type { Storage, StructLayout } from "./storage-layout.ts";

/** The box between two nullable pointers: `T **` with both levels [unique] or [ptr] is `Pointer<T> | null`. */
export interface Pointer<T> {
  value: T;
}

/**
 * The node type of a pointer that another pointer refers to.
 *
 * @param name IDL name of the pointed-to pointer type
 * @param size octets of a pointer in C layout: 8, or 4 under /env win32
 * @param storage how the inner pointer lies in storage
 * @param referents visits the node that the inner pointer refers to
 * @param converted visits what it refers to when that is a value which routines of the application convert
 */
export function pointerNode<T>(
  name: string,
  size: number,
  zero: () => T,
  storage: () => Storage<Pointer<T>>,
  referents?: (node: Pointer<T>, visit: ReferentVisitor, path?: string) => void,
  converted?: (node: Pointer<T>, visit: ConvertedVisitor) => void,
): NodeType<Pointer<T>> {
  const description = {
    name,
    size,
    alignment: size,
    create: () => ({ value: zero() }),
    ...(referents === undefined ? {} : { referents }),
    ...(converted === undefined ? {} : { converted }),
  };
  const members = (): StructLayout<Pointer<T>> => ({ value: [0, ...storage()] });
  return new DescribedNode<Pointer<T>>(description, { kind: "struct", isPointer: true, pointerSize: size, members });
}
