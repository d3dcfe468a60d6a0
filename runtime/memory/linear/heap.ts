import { RpcError } from "../../rpc-error.ts";
import { linearNodeOf } from "../linear-node.ts";
import type { LinearHeap, LinearNode } from "../linear-node.ts";
import type { NodeType } from "../node-type.ts";
import { addressOf, hexadecimal, isAlike } from "./addresses.ts";
import { kindOf } from "./kinds.ts";
import type { BlockGuard, BlockRegistry } from "./block-registry.ts";
import type { NodeKind } from "./node-kind.ts";
import { Place } from "./place.ts";
import type { Origin } from "./place.ts";
import { ValueBlocks, ValueRoom } from "./value-blocks.ts";

/** What gives out the blocks: MIDL's C prototypes, 0 for none. */
export interface BlockSource {
  readonly malloc: (cBytes: number) => number | bigint;
  readonly free: (address: number) => void;
}

/** The alignment that MIDL takes for granted of what `midl_user_allocate` returns. */
const BLOCK_ALIGNMENT = 8;

/** Octets. */
const SMALL_NODE = 256;

/** Nodes in linear memory: where they are, and which are live. */
export class Heap implements LinearHeap {
  /** Blocks of strings and of scalars behind pointers. */
  readonly values: ValueBlocks;
  readonly #buffer: () => ArrayBufferLike;
  readonly #source: BlockSource;
  readonly #registry: BlockRegistry | undefined;
  readonly #kinds = new WeakMap<NodeType<object>, NodeKind>();
  /** Nodes that the pair gave out, by address. */
  readonly #blocks = new Map<number, Place>();
  #octets: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  /**
   * @param buffer the memory as it is now: that of a WebAssembly.Memory is replaced when it grows
   * @param registry of an allocator that other threads use
   */
  constructor(buffer: () => ArrayBufferLike, source: BlockSource, registry?: BlockRegistry) {
    this.#buffer = buffer;
    this.#source = source;
    this.#registry = registry;
    this.values = new ValueBlocks(this, registry);
  }

  // ------------------------------------------------------------------------------------------------------------- octets

  /**
   * The octets of the memory.
   *
   * @param end the end of what is about to be read or written
   * @throws RangeError when the memory ends before
   */
  view(end: number): DataView {
    if (end > this.#octets.length) this.#refresh(end);
    return this.#view;
  }

  /** The same as a Buffer. */
  octets(end: number): Buffer {
    if (end > this.#octets.length) this.#refresh(end);
    return this.#octets;
  }

  /** Octets of the memory as it is now. */
  get length(): number {
    return this.#buffer().byteLength;
  }

  /** A buffer that was detached has no octets left; one that is shared keeps its length and misses what was added. */
  #refresh(end: number): void {
    const buffer = this.#buffer();
    this.#octets = Buffer.from(buffer);
    this.#view = new DataView(buffer);
    if (end > buffer.byteLength)
      throw new RangeError(`${hexadecimal(end)} is beyond the end of a memory of ${buffer.byteLength} octets`);
  }

  /** Reads a pointer of 4 or 8 octets. */
  pointer(at: number, size: number): number {
    const view = this.view(at + size);
    const low = view.getUint32(at, true);
    return size === 4 ? low : low + view.getUint32(at + 4, true) * 0x1_0000_0000;
  }

  setPointer(at: number, size: number, address: number): void {
    const view = this.view(at + size);
    view.setUint32(at, address % 0x1_0000_0000, true);
    if (size === 8) view.setUint32(at + 4, Math.floor(address / 0x1_0000_0000), true);
  }

  // ------------------------------------------------------------------------------------------------------------- blocks

  /**
   * A zeroed block, 0 when there is none.
   *
   * @throws RangeError when what `malloc` returns is no multiple of 8 or not inside the memory
   */
  takeBlock(cBytes: number): number {
    const address = addressOf(this.#source.malloc(Math.max(cBytes, 1)));
    if (address === 0) return 0;
    if (address % BLOCK_ALIGNMENT !== 0) {
      this.#source.free(address);
      throw new RangeError(`malloc returned ${hexadecimal(address)}, which is no multiple of ${BLOCK_ALIGNMENT}`);
    }
    this.#clear(address, cBytes);
    const stale = this.#blocks.get(address);
    if (stale !== undefined) this.#end(stale);
    this.values.forget(address);
    return address;
  }

  /** Buffer#fill has its price: most nodes are a few words. */
  #clear(address: number, cBytes: number): void {
    if (cBytes > SMALL_NODE) this.octets(address + cBytes).fill(0, address, address + cBytes);
    else {
      const view = this.view(address + cBytes);
      const words = address + cBytes - (cBytes % 8);
      for (let at = address; at < words; at += 8) view.setFloat64(at, 0);
      for (let at = words; at < address + cBytes; at++) view.setUint8(at, 0);
    }
  }

  giveBlock(address: number): void {
    this.#source.free(address);
  }

  /** A zeroed node in a block of its own, null when there is none. */
  allocate<T extends object>(type: NodeType<T>, cBytes: number): T | null {
    if (!Number.isSafeInteger(cBytes) || cBytes < type.size)
      throw new RangeError(`${type.name}: ${cBytes} octets where a node has ${type.size}`);
    const address = this.takeBlock(cBytes);
    if (address === 0) return null;
    const { type: nodeType, cBytes: octets } = type.first ?? { type, cBytes };
    const place = this.#place(this.kind(nodeType), address, octets, "pair", undefined);
    if (type.first !== undefined) {
      place.blockOctets = type.first.valuesAt;
      place.valueRoom = new ValueRoom(address + type.first.valuesAt, address + cBytes);
    }
    place.kind.initialize(place);
    return nodeOf(place, type);
  }

  /** Frees a node with everything that lies in its block, and its value referents. What was not allocated by itself is left alone. */
  free(node: object): void {
    const place = this.placeOf(node);
    if (place === undefined || !place.isLive || place.origin === "block") return;
    const { address } = place;
    this.#release(place);
    this.#end(place);
    this.giveBlock(address);
  }

  #release(place: Place): void {
    place.kind.release(place);
    if (place.holdsPlaced && place.parts !== undefined) for (const part of place.parts) this.#release(part);
  }

  /** A node is no more: every view of it fails from now on. */
  #end(place: Place): void {
    const { address, kind, parts } = place;
    if (parts !== undefined) for (const part of parts) this.#end(part);
    const known = place.origin === "pair" ? this.#blocks : kind.places;
    if (known.get(address) === place) known.delete(address);
    if (place.origin === "pair") for (const value of place.valueRoom?.addresses ?? []) this.values.forget(value);
    place.address = 0;
  }

  // ------------------------------------------------------------------------------------------------------------- nodes

  nodeAt<T extends object>(type: NodeType<T>, address: number, cBytes: number, block?: LinearNode): T {
    const kind = this.kind(type);
    const known = this.find(kind, address);
    if (known?.kind === kind && known.cBytes >= cBytes) return nodeOf(known, type);
    if (cBytes < type.size)
      throw new RangeError(`${type.name}: ${cBytes} octets where a node has at least ${type.size}`);
    const owner = block instanceof Place ? block : undefined;
    const place = this.placeAt(kind, address, cBytes, owner);
    if (owner !== undefined) owner.holdsPlaced = true;
    return nodeOf(place, type);
  }

  /**
   * The place of a node that nothing is known of yet, inside a block or by itself.
   *
   * @throws RangeError when it does not lie inside the memory, or not at a multiple of its alignment
   */
  placeAt(kind: NodeKind, address: number, cBytes: number, block?: Place, base?: Place): Place {
    const { name, alignment, layout } = kind.type;
    const isAligned = (block !== undefined && layout.kind !== "numbers") || address % alignment === 0;
    if (!Number.isSafeInteger(address) || address <= 0 || !isAligned)
      throw new RangeError(`${name}: ${hexadecimal(address)} is no multiple of its alignment, ${alignment}`);
    this.requireInside(kind, address, cBytes);
    const place = this.#place(kind, address, cBytes, block === undefined ? "foreign" : "block", base);
    if (block !== undefined) {
      (block.parts ??= []).push(place);
      place.valueRoom = block.valueRoom;
      place.guard = block.guard;
    }
    return place;
  }

  /** @throws RangeError when so many octets do not lie inside the memory */
  requireInside(kind: NodeKind, address: number, cBytes: number): void {
    if (!(cBytes >= 0 && address + cBytes <= this.length))
      throw new RangeError(
        `${kind.type.name}: ${cBytes} octets at ${hexadecimal(address)} do not lie inside the memory`,
      );
  }

  #place(kind: NodeKind, address: number, cBytes: number, origin: Origin, base: Place | undefined): Place {
    const place = kind.place(address, cBytes, origin, base);
    if (origin !== "block") place.guard = this.#guardOf(address);
    if (origin === "pair") this.#blocks.set(address, place);
    // An empty array inside a block has the address of what comes behind it.
    else if (cBytes > 0) kind.places.set(address, place);
    return place;
  }

  /** What is known of a type. */
  kind(type: NodeType<object>): NodeKind {
    let kind = this.#kinds.get(type);
    if (kind === undefined) this.#kinds.set(type, (kind = kindOf(this, type)));
    return kind;
  }

  /** The live node at an address: of that kind, or a block of the pair whose type another module has under the same name. */
  find(kind: NodeKind, address: number): Place | undefined {
    const block = this.#present(this.#blocks, address);
    return block !== undefined && isAlike(block.kind, kind) ? block : this.part(kind, address);
  }

  /** The live node at an address that the pair did not give out by itself: in another one, or from elsewhere. */
  part(kind: NodeKind, address: number): Place | undefined {
    return this.#present(kind.places, address);
  }

  /** Nodes that another thread has freed are forgotten when somebody comes across them. */
  #present(places: ReadonlyMap<number, Place>, address: number): Place | undefined {
    const place = places.get(address);
    if (place === undefined || place.isLive) return place;
    this.#end(place);
    return undefined;
  }

  /** Whether the block is there that was. */
  holds({ address, serial }: BlockGuard): boolean {
    return this.#registry?.serialOf(address) === serial;
  }

  #guardOf(address: number): BlockGuard | undefined {
    if (this.#registry === undefined) return undefined;
    const block = this.#registry.blockAt(address);
    return block === 0 ? undefined : { address: block, serial: this.#registry.serialOf(block) };
  }

  /** The place of a node of this heap, undefined for any other object. */
  placeOf(node: object): Place | undefined {
    const place = linearNodeOf(node);
    return place instanceof Place && place.heap === this ? place : undefined;
  }

  releaseValues(node: object): void {
    const place = this.placeOf(node);
    if (place?.isLive === true) this.#release(place);
  }

  // ------------------------------------------------------------------------------------------------------------- replies

  beginReply(): void {
    this.values.beginReply();
  }

  endReply(failed: boolean): void {
    this.values.endReply(failed);
  }

  /** The error for something that does not fit into existing storage. */
  overrun(message: string): Error {
    return this.values.inReply ? new RpcError("RPC_X_BAD_STUB_DATA", message) : new RangeError(message);
  }
}

function nodeOf<T extends object>(place: Place, type: NodeType<T>): T {
  const { node } = place;
  if (isNodeOf(node, place, type)) return node;
  throw new TypeError(`${hexadecimal(place.address)} is a ${place.kind.type.name} and no ${type.name}`);
}

/** A kind makes the views of its type, with the members of the type's layout. */
function isNodeOf<T extends object>(_node: object, place: Place, type: NodeType<T>): _node is T {
  return place.kind.type === (type.first?.type ?? type);
}
