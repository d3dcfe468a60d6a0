import type { NodeType } from "../node-type.ts";
import type { ArmLayout, NodeLayout, UnionLayout } from "../storage-layout.ts";
import { describe } from "./addresses.ts";
import { codecOf } from "./codecs.ts";
import type { Heap } from "./heap.ts";
import type { Codec, NodeKind } from "./node-kind.ts";
import { Place, View } from "./place.ts";
import type { Origin } from "./place.ts";
import { SCALARS } from "./scalars.ts";
import type { Scalar } from "./scalars.ts";

/** An arm as it shows itself: one with cases and [default] does so in two ways. */
interface Arm {
  readonly isDefault: boolean;
  readonly name: string | undefined;
  readonly codec: Codec | undefined;
  readonly members: readonly string[];
  /** What the view inherits while it has this arm: so that `"number" in contact` tells the arms apart. */
  readonly prototype: object;
}

/** Unions: objects told apart by `discriminant`. In C the discriminant of one that is not encapsulated lies elsewhere, so the view keeps it. */
export class UnionKind implements NodeKind {
  readonly type: NodeType<object>;
  readonly elementSize = undefined;
  readonly places = new Map<number, Place>();
  /** Where the arms begin. */
  readonly armsAt: number;
  readonly #heap: Heap;
  readonly #discriminant: Scalar | undefined;
  readonly #arms: readonly Arm[];
  readonly #armOfCase = new Map<number, Arm>();
  readonly #default: Arm | undefined;
  readonly #first: number;
  readonly #none: Arm;
  #holdsValues: boolean | undefined;

  constructor(heap: Heap, type: NodeType<object>, layout: Extract<NodeLayout, { kind: "union" }>) {
    const union = layout.union();
    this.#heap = heap;
    this.type = type;
    this.armsAt = union.armsAt ?? 0;
    this.#discriminant = union.discriminant === undefined ? undefined : SCALARS[union.discriminant];
    this.#none = arm(this, undefined, undefined, false);
    const codecs = new Map<ArmLayout, Codec>();
    for (const each of union.arms) {
      const { name, storage } = each;
      if (name === undefined || storage === undefined) continue;
      const context = { heap, label: `${type.name}.${name}`, pointerSize: layout.pointerSize };
      codecs.set(each, codecOf(context, storage));
    }
    const arms: Arm[] = [];
    for (const each of union.arms) {
      const known = each.cases.length === 0 ? undefined : arm(this, each.name, codecs.get(each), false);
      if (known !== undefined) {
        arms.push(known);
        for (const value of each.cases) this.#armOfCase.set(value, known);
      }
      if (each.isDefault === true) arms.push((this.#default = arm(this, each.name, codecs.get(each), true)));
    }
    this.#arms = arms;
    this.#first = firstTag(union);
  }

  get holdsValues(): boolean {
    return (this.#holdsValues ??= this.#arms.some((each) => each.codec?.holdsValues === true));
  }

  /** A zeroed union has the discriminant 0, unless no arm has. */
  get initializes(): boolean {
    return this.#discriminant !== undefined && this.#first !== 0;
  }

  place(address: number, cBytes: number, origin: Origin): Place {
    const place = new UnionPlace(this.#heap, this, address, cBytes, origin, this.#first, this.#arm(this.#first));
    this.refresh(place);
    return place;
  }

  measure(): number {
    return this.type.size;
  }

  initialize(place: Place): void {
    if (!this.initializes || !(place instanceof UnionPlace)) return;
    this.#writeTag(place, this.#first);
    this.refresh(place);
  }

  release(place: Place): void {
    if (!(place instanceof UnionPlace)) return;
    this.refresh(place);
    const { codec } = place.arm;
    if (codec?.holdsValues === true) codec.release?.(place, place.address + this.armsAt);
  }

  assign(place: Place, value: object, label: string): void {
    if (!(place instanceof UnionPlace)) return;
    const discriminant: unknown = Reflect.get(value, "discriminant");
    const tag: unknown = discriminant === "default" ? Reflect.get(value, "discriminantValue") : discriminant;
    if (typeof tag !== "number")
      throw new TypeError(`${label}: ${describe(discriminant)} is no discriminant of a ${this.type.name}`);
    const next = discriminant === "default" ? this.#default : this.#armOfCase.get(tag);
    if (next === undefined) throw new TypeError(`${label}: no arm of ${this.type.name} for ${describe(discriminant)}`);
    this.change(place, tag, next);
    if (next.name !== undefined) Reflect.set(place.node, next.name, Reflect.get(value, next.name));
  }

  /** The discriminant that stands in memory, or that a switch_is expression says, has changed. */
  follow(place: Place, expected: number, clears: boolean): void {
    if (!(place instanceof UnionPlace) || place.seen === expected) return;
    const isFirst = place.seen === undefined;
    place.seen = expected;
    const next = this.#armOfCase.get(expected) ?? this.#default;
    if (next === undefined) return;
    if (next !== place.arm && (clears || (!isFirst && place.heap.values.inReply))) this.#clear(place);
    place.turn(expected, next);
  }

  /** Looks at the discriminant of an encapsulated union: C code may have changed it. */
  refresh(place: UnionPlace): void {
    if (this.#discriminant === undefined) return;
    const view = this.#heap.view(place.address + place.cBytes);
    const tag = Number(this.#discriminant.read(view, place.address));
    if (tag !== place.seen) this.follow(place, tag, false);
    if (place.seen === tag && this.#armOfCase.get(tag) === undefined && this.#default === undefined)
      place.turn(tag, this.#none);
  }

  /** Gives the union a discriminant; another arm begins as zeroes. */
  change(place: UnionPlace, tag: number, next: Arm): void {
    if (next !== place.arm) this.#clear(place);
    if (this.#discriminant !== undefined) {
      this.#writeTag(place, tag);
      place.seen = tag;
    }
    place.turn(tag, next);
  }

  /** The arm for a discriminant as the application says it. */
  armOf(discriminant: unknown): Arm | undefined {
    if (discriminant === "default") return this.#default;
    return typeof discriminant === "number" ? this.#armOfCase.get(discriminant) : undefined;
  }

  #arm(tag: number): Arm {
    return this.#armOfCase.get(tag) ?? this.#default ?? this.#none;
  }

  #writeTag(place: Place, tag: number): void {
    const scalar = this.#discriminant;
    if (scalar === undefined) return;
    const view = this.#heap.view(place.address + place.cBytes);
    if (!scalar.write(view, place.address, tag) && !scalar.write(view, place.address, tag !== 0))
      throw new TypeError(`${this.type.name}.discriminant: ${tag} is not of its type`);
  }

  #clear(place: UnionPlace): void {
    const from = place.address + this.armsAt;
    const { codec } = place.arm;
    if (codec?.holdsValues === true) codec.release?.(place, from);
    this.#heap.octets(place.address + place.cBytes).fill(0, from, place.address + this.type.size);
  }
}

/** The discriminant of a zeroed union: that of the arm for 0, or of the first one. */
function firstTag({ arms }: UnionLayout): number {
  const initial = arms.find((each) => each.cases.includes(0)) ?? arms[0];
  if (initial === undefined || initial.cases.includes(0)) return 0;
  return initial.cases[0] ?? 0;
}

/** A union that is live: what its discriminant is, and which arm it has. */
class UnionPlace extends Place {
  readonly node: View;
  readonly capacity = undefined;
  tag: number;
  arm: Arm;

  constructor(heap: Heap, kind: UnionKind, address: number, cBytes: number, origin: Origin, tag: number, first: Arm) {
    super(heap, kind, address, cBytes, origin);
    this.tag = tag;
    this.arm = first;
    this.node = new UnionView(this);
    Object.setPrototypeOf(this.node, first.prototype);
  }

  get members(): readonly string[] {
    if (this.address !== 0 && this.kind instanceof UnionKind) this.kind.refresh(this);
    return this.arm.members;
  }

  turn(tag: number, next: Arm): void {
    this.tag = tag;
    if (next === this.arm) return;
    this.arm = next;
    Object.setPrototypeOf(this.node, next.prototype);
  }
}

class UnionView extends View {
  get discriminant(): number | "default" {
    const { kind, place } = unionOf(this);
    kind.refresh(place);
    return place.arm.isDefault ? "default" : place.tag;
  }

  set discriminant(value: number | "default") {
    const { kind, place } = unionOf(this);
    kind.refresh(place);
    const next = kind.armOf(value);
    if (next === undefined) throw new TypeError(`${kind.type.name}.discriminant: no arm for ${describe(value)}`);
    kind.change(place, value === "default" ? (next === place.arm ? place.tag : 0) : value, next);
  }
}

function unionOf(view: View): { readonly kind: UnionKind; readonly place: UnionPlace } {
  const place = View.placeOf(view);
  if (!(place instanceof UnionPlace) || !(place.kind instanceof UnionKind)) throw new TypeError("not a union");
  return { kind: place.kind, place };
}

function arm(kind: UnionKind, name: string | undefined, codec: Codec | undefined, isDefault: boolean): Arm {
  const prototype: object = {};
  Object.setPrototypeOf(prototype, UnionView.prototype);
  const members = ["discriminant"];
  if (isDefault) {
    members.push("discriminantValue");
    Object.defineProperty(prototype, "discriminantValue", VALUE_OF_DEFAULT);
  }
  if (name !== undefined && codec !== undefined) {
    members.push(name);
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get(this: View) {
        const place = View.placeOf(this);
        return codec.read(place, place.address + kind.armsAt);
      },
      set(this: View, value: unknown) {
        const place = View.placeOf(this);
        codec.write(place, place.address + kind.armsAt, value);
      },
    });
  }
  return { isDefault, name, codec, members, prototype };
}

const VALUE_OF_DEFAULT: PropertyDescriptor = {
  enumerable: true,
  configurable: true,
  get(this: View) {
    return unionOf(this).place.tag;
  },
  set(this: View, value: unknown) {
    const { kind, place } = unionOf(this);
    if (typeof value !== "number")
      throw new TypeError(`${kind.type.name}.discriminantValue: ${describe(value)} is no number`);
    kind.change(place, value, place.arm);
  },
};
