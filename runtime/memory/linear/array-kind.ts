import { LINEAR } from "../linear-node.ts";
import type { ArrayNodeType, NodeType } from "../node-type.ts";
import type { Heap } from "./heap.ts";
import type { Codec, NodeKind } from "./node-kind.ts";
import { Place } from "./place.ts";
import type { Origin } from "./place.ts";

/** Arrays of anything but numbers: ordinary arrays to look at, whose elements lie in memory. */
export class ArrayKind implements NodeKind {
  readonly type: NodeType<object>;
  readonly elementSize: number;
  readonly places = new Map<number, Place>();
  readonly element: Codec;
  readonly #heap: Heap;

  constructor(heap: Heap, type: ArrayNodeType<unknown, object>, element: Codec) {
    this.#heap = heap;
    this.type = type;
    this.elementSize = type.elementSize;
    this.element = element;
  }

  get holdsValues(): boolean {
    return this.element.holdsValues;
  }

  get initializes(): boolean {
    return this.element.initializes;
  }

  place(address: number, cBytes: number, origin: Origin, base: Place | undefined): ArrayPlace {
    return new ArrayPlace(this.#heap, this, address, cBytes, origin, base);
  }

  measure(_address: number, size: number | undefined): number {
    return elementOctets(size, this.elementSize);
  }

  initialize(place: Place): void {
    const { element } = this;
    if (!element.initializes) return;
    eachElement(place, (at) => element.initialize?.(place, at));
  }

  release(place: Place): void {
    const { element } = this;
    if (!element.holdsValues) return;
    eachElement(place, (at) => element.release?.(place, at));
  }

  assign(place: Place, value: object, label: string): void {
    if (!(place instanceof ArrayPlace) || !Array.isArray(value)) throw new TypeError(`${label}: no array`);
    if (value.length > place.capacity)
      throw place.heap.overrun(`${label}: ${value.length} elements do not fit into ${place.capacity}`);
    const items: readonly unknown[] = Array.from<unknown>(value);
    place.resize(place.capacity);
    items.forEach((item, index) => {
      this.element.write(place, place.address + index * this.elementSize, item);
    });
    const rest = place.address + items.length * this.elementSize;
    for (let at = rest; at < place.address + place.cBytes && this.holdsValues; at += this.elementSize)
      this.element.release?.(place, at);
    place.heap.octets(place.address + place.cBytes).fill(0, rest, place.address + place.cBytes);
  }

  follow(place: Place, expected: number): void {
    if (place.seen === expected || !(place instanceof ArrayPlace)) return;
    place.seen = expected;
    growForeign(place, expected, this.elementSize);
    place.resize(Math.min(Math.max(expected, 0), place.capacity));
  }
}

/** Octets of so many elements, 0 when nothing says how many. */
export function elementOctets(size: number | undefined, elementSize: number): number {
  return size === undefined || !(size > 0) ? 0 : size * elementSize;
}

/** What others made has the size that the expression says, as long as no reply is being written into it. */
export function growForeign(place: Place, expected: number, elementSize: number): void {
  const octets = elementOctets(expected, elementSize);
  if (place.origin !== "foreign" || place.heap.values.inReply || octets <= place.cBytes) return;
  place.heap.requireInside(place.kind, place.address, octets);
  place.cBytes = octets;
}

function eachElement(place: Place, act: (at: number) => void): void {
  const { elementSize } = place.kind;
  if (elementSize === undefined) return;
  for (let at = place.address; at + elementSize <= place.address + place.cBytes; at += elementSize) act(at);
}

/** An array that is live: its node is a Proxy around an array of placeholders, one for each element there is. */
export class ArrayPlace extends Place {
  readonly node: object;
  readonly members = undefined;
  /** One for each element there is: its view where that is always the same one, undefined otherwise. */
  readonly placeholders: unknown[] = [];

  constructor(heap: Heap, kind: ArrayKind, address: number, cBytes: number, origin: Origin, base: Place | undefined) {
    super(heap, kind, address, cBytes, origin, base);
    this.resize(this.capacity);
    this.node = new Proxy(this.placeholders, new ElementHandler(this, kind.element, kind.elementSize));
  }

  get capacity(): number {
    return Math.floor(this.cBytes / (this.kind.elementSize ?? 1));
  }

  override withCapacity(act: () => void): void {
    const { length } = this.placeholders;
    this.resize(this.capacity);
    try {
      act();
    } finally {
      this.resize(length);
    }
  }

  /** Gives the array a length, 0 to its capacity. */
  resize(length: number): void {
    const placeholders = this.placeholders;
    if (placeholders.length > length) placeholders.length = length;
    while (placeholders.length < length) placeholders.push(undefined);
  }
}

class ElementHandler implements ProxyHandler<unknown[]> {
  readonly #place: ArrayPlace;
  readonly #element: Codec;
  readonly #elementSize: number;

  constructor(place: ArrayPlace, element: Codec, elementSize: number) {
    this.#place = place;
    this.#element = element;
    this.#elementSize = elementSize;
  }

  get(target: unknown[], key: string | symbol): unknown {
    const index = indexOf(key);
    if (index !== undefined) return index < target.length ? (target[index] ?? this.#read(target, index)) : undefined;
    if (key === LINEAR) return this.#place;
    if (key === Symbol.iterator) return this.#values;
    const value: unknown = Reflect.get(target, key);
    return value;
  }

  set(target: unknown[], key: string | symbol, value: unknown): boolean {
    const index = indexOf(key);
    if (index !== undefined) {
      this.#require(index + 1);
      if (index >= target.length) this.#place.resize(index + 1);
      this.#element.write(this.#place, this.#at(index), value);
      return true;
    }
    if (key === "length") {
      const length = Number(value);
      this.#require(length);
      this.#place.resize(length);
      return true;
    }
    return Reflect.set(target, key, value);
  }

  getOwnPropertyDescriptor(target: unknown[], key: string | symbol): PropertyDescriptor | undefined {
    const index = indexOf(key);
    if (index === undefined || index >= target.length) return Reflect.getOwnPropertyDescriptor(target, key);
    return { value: this.#read(target, index), writable: true, enumerable: true, configurable: true };
  }

  defineProperty(target: unknown[], key: string | symbol, descriptor: PropertyDescriptor): boolean {
    const value: unknown = descriptor.value;
    return indexOf(key) !== undefined || key === "length"
      ? this.set(target, key, value)
      : Reflect.defineProperty(target, key, descriptor);
  }

  /** An element cannot go; the array can be made shorter. */
  deleteProperty(target: unknown[], key: string | symbol): boolean {
    return indexOf(key) !== undefined || Reflect.deleteProperty(target, key);
  }

  /** What `for...of` calls: the elements without a trap for each, to the length that there is at each step. */
  readonly #values = (): IterableIterator<unknown> => this.#elements();

  *#elements(): IterableIterator<unknown> {
    const target = this.#place.placeholders;
    for (let index = 0; index < target.length; index++) yield target[index] ?? this.#read(target, index);
  }

  #read(target: unknown[], index: number): unknown {
    const value = this.#element.read(this.#place, this.#at(index));
    if (this.#element.isStable === true) target[index] = value;
    return value;
  }

  #at(index: number): number {
    return this.#place.requireLive().address + index * this.#elementSize;
  }

  #require(length: number): void {
    const { capacity, kind } = this.#place;
    if (length > capacity)
      throw this.#place.heap.overrun(`${kind.type.name}: ${length} elements where the block has room for ${capacity}`);
  }
}

/** The index that a property key stands for. */
function indexOf(key: string | symbol): number | undefined {
  if (typeof key === "symbol") return undefined;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && String(index) === key ? index : undefined;
}
