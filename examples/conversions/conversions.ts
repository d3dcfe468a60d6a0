/** How the application's types become those that travel, and back. Client and server are given the same routines. */
import { RpcError } from "@midl-ts/runtime";
import { MEASURED_VALUES } from "./generated/measurements.ts";
import type { MeasurementsConversions } from "./generated/measurements.ts";
import { freeList, listOf, valuesOf } from "./list.ts";

const LONG = 4;

export const conversions: MeasurementsConversions = {
  // [transmit_as]: a list becomes an array, for as long as it takes to marshal it.
  MEASUREMENT_LIST_to_xmit(list, memory) {
    const values = Int32Array.from(valuesOf(list));
    const sent = memory.midl_user_allocate(MEASURED_VALUES.size + LONG * values.length, MEASURED_VALUES);
    if (sent === null) throw new RpcError("RPC_S_OUT_OF_MEMORY", "no storage for the values of a list");
    return Object.assign(sent, { count: values.length, values });
  },
  MEASUREMENT_LIST_free_xmit(sent, memory) {
    memory.midl_user_free(sent);
  },
  MEASUREMENT_LIST_from_xmit: ({ values }, memory) => listOf(values, memory),
  MEASUREMENT_LIST_free_inst: freeList,

  // [represent_as]: nothing lies behind a Date, or behind a CALENDAR_DAY, so that nothing is to be freed.
  CALENDAR_DAY_from_local: (date) => ({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  }),
  CALENDAR_DAY_to_local: ({ year, month, day }) => new Date(Date.UTC(year, month - 1, day)),
  CALENDAR_DAY_free_local: () => undefined,
  CALENDAR_DAY_free_inst: () => undefined,
};
