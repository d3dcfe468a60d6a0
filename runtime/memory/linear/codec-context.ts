import type { Correlation } from "../storage-layout.ts";
import type { Heap } from "./heap.ts";
import type { Place } from "./place.ts";

/** Where a value stands. */
export interface CodecContext {
  readonly heap: Heap;
  /** IDL path, for messages: `HOLDER.items`. */
  readonly label: string;
  /** Octets of a pointer. */
  readonly pointerSize: number;
}

/** A size or switch expression, as a function of the place in which the value stands. */
export function expectation(
  correlation: Correlation<never> | undefined,
  name: "size" | "switchIs",
): ((owner: Place) => number) | undefined {
  const expression = correlation?.[name];
  if (expression === undefined) return undefined;
  return (owner) => {
    const value: unknown = Reflect.apply(expression, undefined, [owner.base.node]);
    return Number(value);
  };
}
