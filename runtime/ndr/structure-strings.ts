/**
 * Strings of structures of bytes: conformant and varying arrays, or varying ones, that end with a structure of which every byte is 0 (MIDL
 * "string"; C706 14.3.4).
 */
import type { NdrReader } from "./reader.ts";
import type { NdrWriter } from "./writer.ts";

/**
 * Number of elements of a string, the terminator included.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when there is no terminator
 */
export function terminatedLength<T>(
  w: NdrWriter,
  value: readonly T[],
  isNull: (item: T) => boolean,
  path: string,
): number {
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    if (item !== undefined && isNull(item)) return index + 1;
  }
  throw w.bad("a string without a terminator", path);
}

/**
 * Checks that the last of the elements that arrived is the terminator.
 *
 * @param count number of the elements that arrived
 * @throws RpcError RPC_X_BAD_STUB_DATA when it is not, or when there are none
 */
export function requireTerminator<T>(
  r: NdrReader,
  value: readonly T[],
  count: number,
  isNull: (item: T) => boolean,
  path: string,
): void {
  const last = value[count - 1];
  if (last === undefined || !isNull(last)) throw r.bad("a string without a terminator", path);
}
