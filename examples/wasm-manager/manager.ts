/** Manager routines that hand their parameters to C: a node of linear memory is passed as its address, and nothing is copied. */
import type { LinearMemory } from "@midl-ts/runtime";
import type { CModule } from "./c-module.ts";
import { ITEM } from "./generated/stock.ts";
import type { StockManager } from "./generated/stock_s.ts";

/** The manager over a module; `memory` is the pair over the same module's memory. */
export function stockManager(module: CModule, memory: LinearMemory): StockManager {
  const addressOf = (items: ITEM | null): number => (items === null ? 0 : memory.addressOf(items));

  /** Calls C with the address of a pointer, `ITEM **`, and gives what the pointer refers to afterwards. */
  function throughPointer(
    items: ITEM | null,
    call: (pointer: number) => number,
  ): { items: ITEM | null; result: number } {
    const pointer = module.midl_user_allocate(4);
    if (pointer === 0) return { items, result: RPC_S_OUT_OF_MEMORY };
    try {
      new DataView(module.memory.buffer).setUint32(pointer, addressOf(items), true);
      const result = call(pointer);
      // The memory may have grown in the call: its buffer is another one then.
      const address = new DataView(module.memory.buffer).getUint32(pointer, true);
      return { items: address === 0 ? null : ITEM.at(memory.heap, address, ITEM.size), result };
    } finally {
      module.midl_user_free(pointer);
    }
  }

  return {
    Value: ({ items }) => module.Value(addressOf(items)),

    Reprice({ percent, items: before }) {
      const { items, result } = throughPointer(before, (pointer) => module.Reprice(percent, pointer));
      return { items, returnValue: result };
    },

    Order({ items, least }) {
      const order = throughPointer(null, (pointer) => module.Order(addressOf(items), least, pointer));
      return { missing: order.items, returnValue: order.result };
    },

    Catalogue({ count }) {
      const { items, result } = throughPointer(null, (pointer) => module.Catalogue(count, pointer));
      return { items, returnValue: result };
    },
  };
}

const RPC_S_OUT_OF_MEMORY = 14;
