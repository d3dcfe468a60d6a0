import type { NumberArray } from "../array-node.ts";
import { LINEAR } from "../linear-node.ts";
import type { ArrayNodeType, NodeType } from "../node-type.ts";
import { elementOctets, growForeign } from "./array-kind.ts";
import type { Heap } from "./heap.ts";
import type { NodeKind } from "./node-kind.ts";
import { Place } from "./place.ts";
import type { Origin } from "./place.ts";

/** The node type of an array of numbers. */
export type NumberType = ArrayNodeType<never, NumberArray>;

/** Arrays of numbers: typed arrays over the memory. */
export class NumberKind implements NodeKind {
  readonly type: NodeType<object>;
  readonly elementSize: number;
  readonly places = new Map<number, Place>();
  readonly holdsValues = false;
  readonly initializes = false;
  readonly #heap: Heap;
  readonly #view: NonNullable<NumberType["view"]>;

  constructor(heap: Heap, type: NodeType<object>, elementSize: number, view: NonNullable<NumberType["view"]>) {
    this.#heap = heap;
    this.type = type;
    this.elementSize = elementSize;
    this.#view = view;
  }

  place(address: number, cBytes: number, origin: Origin): NumberPlace {
    return new NumberPlace(this.#heap, this, address, cBytes, origin, this.#view);
  }

  measure(_address: number, size: number | undefined): number {
    return elementOctets(size, this.elementSize);
  }

  initialize(): void {
    // Zeroes are zeroes.
  }

  release(): void {
    // Numbers have nothing of their own.
  }

  assign(place: Place, value: object, label: string): void {
    if (!(place instanceof NumberPlace)) return;
    const { node, capacity } = place;
    if (!ArrayBuffer.isView(value) || value.constructor !== node.constructor)
      throw new TypeError(`${label}: not a ${node.constructor.name}`);
    const length = value.byteLength / this.elementSize;
    if (length > capacity) throw this.#heap.overrun(`${label}: ${length} elements do not fit into ${capacity}`);
    const octets = this.#heap.octets(place.address + place.cBytes);
    octets.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), place.address);
    octets.fill(0, place.address + value.byteLength, place.address + place.cBytes);
  }

  follow(place: Place, expected: number): void {
    if (place.seen === expected || !(place instanceof NumberPlace)) return;
    place.seen = expected;
    growForeign(place, expected, this.elementSize);
    place.length = Math.min(Math.max(expected, 0), place.capacity);
  }
}

/** An array of numbers that is live. Its node is another object after the memory has grown, or the size expression has changed. */
class NumberPlace extends Place {
  readonly members = undefined;
  length: number;
  readonly #view: NonNullable<NumberType["view"]>;
  #node: NumberArray | undefined;

  constructor(
    heap: Heap,
    kind: NumberKind,
    address: number,
    cBytes: number,
    origin: Origin,
    view: NonNullable<NumberType["view"]>,
  ) {
    super(heap, kind, address, cBytes, origin);
    this.#view = view;
    this.length = this.capacity;
  }

  get capacity(): number {
    return Math.floor(this.cBytes / (this.kind.elementSize ?? 1));
  }

  /** The array as it is now: an empty one may have been detached from its memory. */
  get node(): NumberArray {
    const known = this.#node;
    if (known !== undefined && this.address === 0) return known;
    if (known?.length === this.length && (known.length > 0 || this.length === 0)) return known;
    const { buffer } = this.heap.octets(this.address + this.cBytes);
    const node = this.#view(buffer, this.address, this.length);
    Object.defineProperty(node, LINEAR, { value: this });
    return (this.#node = node);
  }
}
