/** Structs, unions and arrays that lie in their owner: reading gives the node, assigning copies into it. */
import type { ArrayNodeType, NodeType } from "../node-type.ts";
import type { Correlation } from "../storage-layout.ts";
import { describe } from "./addresses.ts";
import { elementOctets } from "./array-kind.ts";
import { expectation } from "./codec-context.ts";
import type { CodecContext } from "./codec-context.ts";
import type { Codec, NodeKind } from "./node-kind.ts";
import type { Place } from "./place.ts";

/** What is said of a node inside another one. */
interface InPlace {
  readonly size: number;
  readonly holdsValues: boolean;
  readonly initializes?: boolean;
  /** Octets that the node has in this owner; `size` when it is left out. */
  readonly cBytes?: (owner: Place) => number;
  /** What the expression that decides about the node says; undefined without one. */
  readonly expected?: ((owner: Place) => number) | undefined;
}

/** A node that lies in its owner: assigning copies. */
export function inPlaceCodec({ heap, label }: CodecContext, kindOf: () => NodeKind, options: InPlace): Codec {
  const { size, cBytes, expected } = options;
  let known: NodeKind | undefined;
  const placeOf = (owner: Place, address: number): Place => {
    const kind = (known ??= kindOf());
    return (
      heap.part(kind, address) ??
      heap.placeAt(kind, address, cBytes === undefined ? size : cBytes(owner), owner, owner.base)
    );
  };
  const follow = (owner: Place, address: number, clears: boolean): Place => {
    const place = placeOf(owner, address);
    if (expected !== undefined) place.kind.follow(place, expected(owner), clears);
    return place;
  };
  return {
    size,
    holdsValues: options.holdsValues,
    initializes: options.initializes ?? false,
    read: (owner, address) => follow(owner, address, false).node,
    write(owner, address, value) {
      if (typeof value !== "object" || value === null)
        throw new TypeError(`${label}: ${describe(value)} where an object is wanted`);
      const place = follow(owner, address, false);
      if (value !== place.node) place.kind.assign(place, value, label);
    },
    release(owner, address) {
      const place = follow(owner, address, false);
      place.kind.release(place);
    },
    initialize(owner, address) {
      const place = placeOf(owner, address);
      place.kind.initialize(place);
    },
    ...(expected === undefined ? {} : { follow }),
  };
}

/** A struct or a union in place. A conformant tail belongs to the innermost struct that ends in it. */
export function embeddedCodec(
  context: CodecContext,
  type: NodeType<object>,
  correlation: Correlation<never> | undefined,
): Codec {
  const { heap } = context;
  const kind = (): NodeKind => heap.kind(type);
  const isOpen = hasTail(type);
  const codec: Codec = inPlaceCodec(context, kind, {
    size: type.size,
    holdsValues: true,
    initializes: true,
    ...(isOpen ? { cBytes: (owner) => type.size + owner.cBytes - owner.kind.type.size } : {}),
    expected: expectation(correlation, "switchIs"),
  });
  return {
    ...codec,
    isStable: type.layout.kind === "struct",
    ...(isOpen ? { measureTail: (_owner, address) => kind().measure(address, undefined) - type.size } : {}),
    get holdsValues() {
      return kind().holdsValues;
    },
    get initializes() {
      return kind().initializes;
    },
  };
}

/** Whether a node of the type ends in a conformant array or string. */
function hasTail({ layout }: NodeType<object>): boolean {
  if (layout.kind !== "struct") return false;
  const last = Object.values(layout.members()).at(-1);
  if (last === undefined) return false;
  const [, kind, type] = last;
  if (kind === "embedded") return hasTail(type);
  return kind === "tail" || kind === "tail8" || kind === "tail16";
}

export function tailCodec(
  context: CodecContext,
  type: ArrayNodeType<unknown, object>,
  correlation: Correlation<never> | undefined,
): Codec {
  const { elementSize } = type;
  const rest = (owner: Place): number => Math.floor((owner.cBytes - owner.kind.type.size) / elementSize) * elementSize;
  const kind = (): NodeKind => context.heap.kind(type);
  const expected = expectation(correlation, "size");
  const codec = inPlaceCodec(context, kind, {
    size: 0,
    holdsValues: true,
    initializes: true,
    cBytes: rest,
    expected,
  });
  return {
    ...codec,
    measureTail: (owner) => elementOctets(expected?.(owner), elementSize),
    get holdsValues() {
      return kind().holdsValues;
    },
    get initializes() {
      return kind().initializes;
    },
  };
}
