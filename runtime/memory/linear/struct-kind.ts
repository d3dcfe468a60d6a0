import type { NodeType } from "../node-type.ts";
import type { NodeLayout, Storage } from "../storage-layout.ts";
import { codecOf } from "./codecs.ts";
import { describe } from "./addresses.ts";
import type { Heap } from "./heap.ts";
import type { Codec, NodeKind } from "./node-kind.ts";
import { Place, View } from "./place.ts";
import type { Origin } from "./place.ts";

type StructLayoutOf = Extract<NodeLayout, { kind: "struct" }>;

/** A member of a struct: where it lies, and what its accessors do. */
interface Member {
  readonly name: string;
  readonly offset: number;
  readonly codec: Codec;
  /** Members whose size or switch expression reads this one. */
  readonly decides: Member[];
  readonly by: readonly string[];
}

/** Structs: objects whose members are accessors. */
export class StructKind implements NodeKind {
  readonly type: NodeType<object>;
  readonly elementSize = undefined;
  readonly places = new Map<number, Place>();
  readonly #heap: Heap;
  readonly #members: readonly Member[];
  readonly #names: readonly string[];
  readonly #class: new (place: Place) => View;
  #holdsValues: boolean | undefined;
  #initializes: boolean | undefined;

  constructor(heap: Heap, type: NodeType<object>, layout: StructLayoutOf) {
    this.#heap = heap;
    this.type = type;
    this.#members = membersOf(heap, type, layout);
    this.#names = this.#members.map((member) => member.name);
    this.#class = viewClass(type.name, this.#members);
  }

  get holdsValues(): boolean {
    return (this.#holdsValues ??= this.#members.some((member) => member.codec.holdsValues));
  }

  get initializes(): boolean {
    return (this.#initializes ??= this.#members.some((member) => member.codec.initializes));
  }

  place(address: number, cBytes: number, origin: Origin): Place {
    return new StructPlace(this.#heap, this, address, cBytes, origin, this.#class, this.#names);
  }

  measure(address: number): number {
    const { size } = this.type;
    const tail = this.#members.at(-1)?.codec.measureTail;
    if (tail === undefined) return size;
    // Its members say how long it is; nothing of the tail is read for that.
    this.#heap.requireInside(this, address, size);
    return size + tail(this.place(address, size, "foreign"), address + (this.#members.at(-1)?.offset ?? 0));
  }

  initialize(place: Place): void {
    if (!this.initializes) return;
    for (const { codec, offset } of this.#members)
      if (codec.initializes) codec.initialize?.(place, place.address + offset);
  }

  release(place: Place): void {
    if (!this.holdsValues) return;
    for (const { codec, offset } of this.#members)
      if (codec.holdsValues) codec.release?.(place, place.address + offset);
  }

  assign(place: Place, value: object, label: string): void {
    if (Array.isArray(value)) throw new TypeError(`${label}: ${describe(value)} where a ${this.type.name} is wanted`);
    for (const { name } of this.#members) Reflect.set(place.node, name, Reflect.get(value, name));
  }

  follow(): void {
    // A struct has no size or switch of its own.
  }
}

class StructPlace extends Place {
  readonly node: object;
  readonly members: readonly string[];
  readonly capacity = undefined;

  constructor(
    heap: Heap,
    kind: StructKind,
    address: number,
    cBytes: number,
    origin: Origin,
    view: new (place: Place) => View,
    names: readonly string[],
  ) {
    super(heap, kind, address, cBytes, origin);
    this.members = names;
    this.node = new view(this);
  }
}

function membersOf(heap: Heap, type: NodeType<object>, layout: StructLayoutOf): readonly Member[] {
  const members = Object.entries(layout.members()).map(([name, [offset, ...storage]]): Member => {
    const context = { heap, label: `${type.name}.${name}`, pointerSize: layout.pointerSize };
    return { name, offset, codec: codecOf(context, storage), decides: [], by: deciding(storage) };
  });
  for (const member of members)
    for (const other of members) if (member.by.includes(other.name)) other.decides.push(member);
  return members;
}

/** Names of the members that decide about a value. */
function deciding(storage: Storage<never>): readonly string[] {
  switch (storage[0]) {
    case "embedded":
    case "tail":
    case "pointer":
      return storage[2]?.by ?? [];
    case "elements":
      return deciding(storage[1]);
    default:
      return [];
  }
}

/** A class whose accessors read and write the members. */
export function viewClass(name: string, members: readonly Member[]): new (place: Place) => View {
  const constructor = class extends View {};
  Object.defineProperty(constructor, "name", { value: name });
  for (const member of members) Object.defineProperty(constructor.prototype, member.name, accessor(member));
  return constructor;
}

function accessor(member: Member): PropertyDescriptor {
  const { codec, offset, decides } = member;
  return {
    enumerable: true,
    configurable: true,
    get(this: View) {
      const place = View.placeOf(this);
      return codec.read(place, place.address + offset);
    },
    set:
      decides.length === 0
        ? function (this: View, value: unknown) {
            const place = View.placeOf(this);
            codec.write(place, place.address + offset, value);
          }
        : function (this: View, value: unknown) {
            const place = View.placeOf(this);
            follow(place, decides, false);
            codec.write(place, place.address + offset, value);
            follow(place, decides, true);
          },
  };
}

/** Looks at what a member decides about: before it changes, so that the storage there is known by its old size, and after. */
function follow(place: Place, members: readonly Member[], clears: boolean): void {
  for (const { codec, offset } of members) codec.follow?.(place, place.address + offset, clears);
}
