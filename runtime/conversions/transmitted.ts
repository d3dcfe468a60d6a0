/**
 * Calls of the routines of [transmit_as] and [represent_as]. The routine allocates what lies behind its objects; the object that the
 * application gets is the stub's to allocate, and so is the transmitted one that arrives, which is freed when it has been converted.
 */
import type { Held, NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { unsetLocal } from "./converted-node.ts";
import { callRoutine } from "./application-conversions.ts";
import type { FillingTransmit, MakingTransmit, TransmitConversion } from "./conversion.ts";

/**
 * Calls `TYPE_to_xmit` or `TYPE_from_local`: the routine allocates the transmitted object and all behind it.
 *
 * @throws RpcError when the routine throws or returns nothing
 */
export function toTransmitted<Routines extends object, Presented, Transmitted>(
  w: NdrWriter,
  conversion: TransmitConversion<Routines, Presented, Transmitted>,
  presented: Presented,
  path: string,
): Transmitted {
  const { conversions } = w;
  const name = conversion.makesTransmitted;
  const routines = conversions.routines(conversion);
  w.nesting.enter(path);
  const transmitted = callRoutine(name, path, () => conversion.toTransmitted(routines, presented, conversions.memory));
  if (transmitted === undefined || transmitted === null) throw w.bad(`${name} returned nothing`, path);
  return transmitted;
}

/** Calls `TYPE_free_xmit`, or `TYPE_free_inst` of [represent_as], when the transmitted object has been marshaled. */
export function freeTransmitted<Routines extends object, Presented, Transmitted>(
  w: NdrWriter,
  conversion: TransmitConversion<Routines, Presented, Transmitted>,
  transmitted: Transmitted,
  path: string,
): void {
  const { conversions } = w;
  const routines = conversions.routines(conversion);
  w.nesting.leave();
  callRoutine(conversion.freesTransmitted, path, () => {
    conversion.freeTransmitted(routines, transmitted, conversions.memory);
  });
}

/**
 * Calls `TYPE_from_xmit` or `TYPE_to_local` to fill storage of the application, and frees the transmitted object. Returns the storage.
 *
 * @param held what the call held before the transmitted object was unmarshaled
 */
export function fillPresented<Routines extends object, Presented, Transmitted>(
  r: NdrReader,
  conversion: FillingTransmit<Routines, Presented, Transmitted>,
  transmitted: Transmitted,
  presented: Presented,
  held: Held,
  path: string,
): Presented {
  const memory = held.block?.memory ?? r.memory;
  const routines = r.conversions.routines(conversion);
  const isPostponed = held.block?.postpone?.() ?? false;
  if (!isPostponed)
    callRoutine(conversion.makesPresented, path, () => {
      conversion.fill(routines, transmitted, presented, memory);
    });
  r.freeSince(held);
  if (!isPostponed) r.addConverted(conversion, presented);
  return presented;
}

/** Calls `TYPE_from_xmit` or `TYPE_to_local` to make a value of the application, and frees the transmitted object. */
export function makePresented<Routines extends object, Presented, Transmitted>(
  r: NdrReader,
  conversion: MakingTransmit<Routines, Presented, Transmitted>,
  transmitted: Transmitted,
  held: Held,
  path: string,
): Presented {
  const memory = held.block?.memory ?? r.memory;
  const routines = r.conversions.routines(conversion);
  if (held.block?.postpone?.() === true) {
    r.freeSince(held);
    return unsetLocal();
  }
  const presented = callRoutine(conversion.makesPresented, path, () => conversion.make(routines, transmitted, memory));
  r.freeSince(held);
  r.addConverted(conversion, presented);
  return presented;
}
