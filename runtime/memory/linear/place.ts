import { LINEAR } from "../linear-node.ts";
import type { LinearNode } from "../linear-node.ts";
import type { BlockGuard } from "./block-registry.ts";
import type { Heap } from "./heap.ts";
import type { NodeKind } from "./node-kind.ts";
import type { ValueRoom } from "./value-blocks.ts";

/**
 * Who gave out the storage of a node: the pair; the block in which it lies; or something else, such as C code, whose word is all that is
 * known of it.
 */
export type Origin = "pair" | "block" | "foreign";

/** The place of a live node. */
export abstract class Place implements LinearNode {
  readonly heap: Heap;
  readonly kind: NodeKind;
  readonly origin: Origin;
  address: number;
  cBytes: number;
  /** Nodes that lie in this one and go with it. */
  parts: Place[] | undefined = undefined;
  /** Some of them are no members of it, but were placed in it by `NodeType.place`. */
  holdsPlaced = false;
  /** Octets of the whole block, when other nodes lie in it behind this one. */
  blockOctets: number | undefined = undefined;
  /** In memory that other threads use: the block in which it lies. */
  guard: BlockGuard | undefined = undefined;
  /** Where its value referents go, in a block that was allocated for several nodes. */
  valueRoom: ValueRoom | undefined = undefined;
  /** What the size or switch expression said when it was last looked at. */
  seen: number | undefined = undefined;

  /** The struct whose members are meant by expressions: this one, or the one in which an array lies. */
  readonly base: Place;

  constructor(heap: Heap, kind: NodeKind, address: number, cBytes: number, origin: Origin, base?: Place) {
    this.heap = heap;
    this.kind = kind;
    this.address = address;
    this.cBytes = cBytes;
    this.origin = origin;
    this.base = base ?? this;
  }

  abstract readonly node: object;
  abstract readonly members: readonly string[] | undefined;
  abstract readonly capacity: number | undefined;

  withCapacity(act: () => void): void {
    act();
  }

  get isLive(): boolean {
    return this.address !== 0 && (this.guard === undefined || this.heap.holds(this.guard));
  }

  get room(): number {
    return this.blockOctets ?? this.cBytes;
  }

  /** @throws TypeError when the node was freed */
  requireLive(): this {
    if (!this.isLive) throw new TypeError(`${this.kind.type.name}: the node was freed`);
    return this;
  }
}

/** What every view is made of: its place, and how it is printed. */
export abstract class View {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  get [LINEAR](): Place {
    return this.#place;
  }

  /** The members as an ordinary object, for JSON; what they point to stays a view. */
  toJSON(): Record<string, unknown> {
    const { members = [] } = this.#place;
    return Object.fromEntries(members.map((name): [string, unknown] => [name, Reflect.get(this, name)]));
  }

  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return !this.#place.isLive ? `[freed ${this.#place.kind.type.name}]` : this.toJSON();
  }

  /**
   * The place of a view whose members are about to be used.
   *
   * @throws TypeError when the node was freed
   */
  static placeOf(view: View): Place {
    return view.#place.requireLive();
  }
}
