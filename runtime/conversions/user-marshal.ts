/**
 * Calls of the routines of [wire_marshal] and [user_marshal]. They write and read the octets of the wire type at the cursor of the writer
 * and the reader, which begin where the object begins and are checked to end where it ends (RPC "Marshaling Rules for user_marshal and
 * wire_marshal"). The generated routine of the wire type may do it for them.
 */
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { callRoutine } from "./application-conversions.ts";
import type { FillingUserMarshal, MakingUserMarshal, UserMarshal } from "./conversion.ts";

const LITTLE_ENDIAN = 0x0010_0000;
/** MSHCTX_DIFFERENTMACHINE: handles mean nothing to the peer, data have to travel. */
const DIFFERENT_MACHINE = 2;

/** The flags of data in this byte order, in IEEE floating point and ASCII (RPC "The type_UserSize Function"). */
export function userMarshalFlags(littleEndian: boolean): number {
  return (littleEndian ? LITTLE_ENDIAN : 0) | DIFFERENT_MACHINE;
}

/** Flags of what is marshaled here. */
export const USER_MARSHAL_FLAGS = userMarshalFlags(true);

/**
 * Finds the end of an object at `at` of which the size depends on the value, a union for instance: `TYPE_UserSize` may say too much, so
 * that `TYPE_UserMarshal` writes it where nothing is reserved yet (RPC "The type_UserSize Function"). They are called once for each place.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when the routine writes more than the size that was said
 */
export function sizeUser<Routines extends object, Presented>(
  w: NdrWriter,
  conversion: UserMarshal<Routines, Presented>,
  presented: Presented,
  at: number,
  path: string,
): number {
  const known = w.knownEnd(at);
  if (known !== undefined) return known;
  const cursor = w.offset;
  w.offset = at;
  appendUser(w, conversion, presented, path);
  const end = w.offset;
  w.offset = cursor;
  return w.agreeEnd(at, end, path);
}

/**
 * Calls `TYPE_UserMarshal` for an object of known size whose place is reserved. `TYPE_UserSize` is not called where the size is known before
 * the value is (RPC "The type_UserSize Function").
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when the routine writes more or less than the wire type has
 */
export function marshalUser<Routines extends object, Presented>(
  w: NdrWriter,
  conversion: UserMarshal<Routines, Presented>,
  presented: Presented,
  at: number,
  size: number,
  path: string,
): void {
  const routines = w.conversions.routines(conversion);
  const cursor = w.offset;
  w.buffer.fill(0, at, at + size);
  w.offset = at;
  callRoutine(conversion.marshals, path, () => {
    conversion.marshal(routines, USER_MARSHAL_FLAGS, w, presented);
  });
  if (w.offset !== at + size)
    throw w.bad(`${conversion.marshals} wrote ${w.offset - at} octets where the wire type has ${size}`, path);
  w.offset = cursor;
}

/**
 * Calls `TYPE_UserSize` and `TYPE_UserMarshal` for an object at the cursor.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when the routine writes more than the size that was said, which may be too large
 */
export function appendUser<Routines extends object, Presented>(
  w: NdrWriter,
  conversion: UserMarshal<Routines, Presented>,
  presented: Presented,
  path: string,
): void {
  const routines = w.conversions.routines(conversion);
  const start = w.offset;
  const end = callRoutine(conversion.sizes, path, () =>
    conversion.size(routines, USER_MARSHAL_FLAGS, start, presented),
  );
  w.nesting.within(path, () => {
    callRoutine(conversion.marshals, path, () => {
      conversion.marshal(routines, USER_MARSHAL_FLAGS, w, presented);
    });
  });
  if (w.offset < start || w.offset > end)
    throw w.bad(`${conversion.marshals} wrote ${w.offset - start} octets where ${end - start} were said`, path);
}

/** Calls `TYPE_UserUnmarshal` to make a value out of the `size` octets at `at`. */
export function makeUser<Routines extends object, Presented>(
  r: NdrReader,
  conversion: MakingUserMarshal<Routines, Presented>,
  at: number,
  size: number,
  path: string,
): Presented {
  const cursor = r.offset;
  r.offset = at;
  const presented = takeUser(r, conversion, path);
  endUser(r, conversion.unmarshals, at, size, path);
  r.offset = cursor;
  return presented;
}

/** Calls `TYPE_UserUnmarshal` to fill storage of the application. Returns it. */
export function fillUser<Routines extends object, Presented>(
  r: NdrReader,
  conversion: FillingUserMarshal<Routines, Presented>,
  presented: Presented,
  at: number,
  size: number,
  path: string,
): Presented {
  const cursor = r.offset;
  r.offset = at;
  takeUserInto(r, conversion, presented, path);
  endUser(r, conversion.unmarshals, at, size, path);
  r.offset = cursor;
  return presented;
}

function endUser(r: NdrReader, name: string, at: number, size: number, path: string): void {
  if (r.offset !== at + size) throw r.bad(`${name} read ${r.offset - at} octets where the wire type has ${size}`, path);
}

/** Calls `TYPE_UserUnmarshal` to make a value out of what begins at the cursor. */
export function takeUser<Routines extends object, Presented>(
  r: NdrReader,
  conversion: MakingUserMarshal<Routines, Presented>,
  path: string,
): Presented {
  const routines = r.conversions.routines(conversion);
  const flags = userMarshalFlags(r.littleEndian);
  const { routineMemory } = r;
  const make = (): Presented => conversion.make(routines, flags, r, routineMemory);
  const presented = unmarshaling(r, path, () => callRoutine(conversion.unmarshals, path, make));
  r.addConverted(conversion, presented);
  return presented;
}

/** Calls `TYPE_UserUnmarshal` to fill storage of the application with what begins at the cursor. Returns it. */
export function takeUserInto<Routines extends object, Presented>(
  r: NdrReader,
  conversion: FillingUserMarshal<Routines, Presented>,
  presented: Presented,
  path: string,
): Presented {
  const routines = r.conversions.routines(conversion);
  const flags = userMarshalFlags(r.littleEndian);
  const { routineMemory } = r;
  unmarshaling(r, path, () => {
    callRoutine(conversion.unmarshals, path, () => {
      conversion.fill(routines, flags, r, presented, routineMemory);
    });
  });
  r.addConverted(conversion, presented);
  return presented;
}

/** Calls a routine that reads for itself: what it allocates is in no block. */
function unmarshaling<T>(r: NdrReader, path: string, call: () => T): T {
  return r.nesting.within(path, () => r.outsideBlock(call));
}
