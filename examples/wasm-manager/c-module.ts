/** The module compiled from manager.c and heap.c, with the types that its C prototypes say. Addresses are numbers, `hyper` is bigint. */
import { readFileSync } from "node:fs";

/** What the module exports (generated/stock.h). */
export interface CModule {
  /** Its buffer is another one after the memory has grown. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** `void *midl_user_allocate(size_t cBytes)` */
  midl_user_allocate(cBytes: number): number;
  /** `void midl_user_free(void *pBuffer)` */
  midl_user_free(pBuffer: number): void;
  /** `hyper Value(ITEM *items)` */
  Value(items: number): bigint;
  /** `long Reprice(long percent, ITEM **items)` */
  Reprice(percent: number, items: number): number;
  /** `error_status_t Order(ITEM *items, long least, ITEM **missing)` */
  Order(items: number, least: number, missing: number): number;
  /** `error_status_t Catalogue(long count, ITEM **items)` */
  Catalogue(count: number, items: number): number;
  /** Blocks that the pair gave out and did not get back. */
  blocks_in_use(): number;
  /** Blocks that the pair ever gave out. */
  blocks_given_out(): number;
}

/**
 * Instantiates a module.
 *
 * @throws Error when it does not export what it should
 */
export function loadCModule(path: string | URL): CModule {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)));
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("the module exports no memory");
  const call = (name: string): ((...parameters: readonly number[]) => unknown) => {
    const routine = exports[name];
    if (typeof routine !== "function") throw new Error(`the module exports no ${name}`);
    return (...parameters) => {
      const result: unknown = Reflect.apply(routine, undefined, parameters);
      return result;
    };
  };
  const signed = (name: string): ((...parameters: readonly number[]) => number) => {
    const routine = call(name);
    return (...parameters) => Number(routine(...parameters));
  };
  // Addresses beyond 2 GB and error_status_t are unsigned, which WebAssembly does not know.
  const unsigned = (name: string): ((...parameters: readonly number[]) => number) => {
    const routine = signed(name);
    return (...parameters) => routine(...parameters) >>> 0;
  };
  const [value, free] = [call("Value"), call("midl_user_free")];
  return {
    memory,
    midl_user_allocate: unsigned("midl_user_allocate"),
    midl_user_free: (pBuffer) => void free(pBuffer),
    Value(items) {
      const result = value(items);
      if (typeof result !== "bigint") throw new TypeError("Value returns a hyper");
      return result;
    },
    Reprice: signed("Reprice"),
    Order: unsigned("Order"),
    Catalogue: unsigned("Catalogue"),
    blocks_in_use: signed("blocks_in_use"),
    blocks_given_out: signed("blocks_given_out"),
  };
}
