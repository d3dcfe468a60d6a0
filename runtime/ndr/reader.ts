import type { ApplicationConversions } from "../conversions/application-conversions.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { ConversionNesting } from "../conversions/conversion-nesting.ts";
import { disown } from "../memory/disown.ts";
import { identityOf, keepPresent, linearNodeOf } from "../memory/linear-node.ts";
import type { LinearHeap } from "../memory/linear-node.ts";
import { freesNothing } from "../memory/managed-memory.ts";
import { allocateFromPair } from "../memory/midl-user-memory.ts";
import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { NodeBlock } from "../memory/node-block.ts";
import type { NodeType } from "../memory/node-type.ts";
import { RpcError } from "../rpc-error.ts";
import type { RpcStatusName } from "../status.ts";
import type { ContextHandleTable } from "./context-handle-table.ts";
import { FullPointerTable } from "./full-pointers.ts";
import { DeferralStack } from "./deferral-stack.ts";
import type { DeferredRoutine } from "./deferral-stack.ts";

export interface NdrReaderOptions {
  /** NDR64 (MS-RPCE 2.2.5) instead of NDR 2.0 (C706 chapter 14). */
  readonly ndr64: boolean;
  /** Integer byte order of the data representation label (C706 14.1). */
  readonly littleEndian: boolean;
  /** The pair that gives out nodes. */
  readonly memory: MidlUserMemory;
  readonly contextHandles: ContextHandleTable;
  /** Arrays of numbers may refer straight into the stub data, which nobody changes or uses again: on a server (M19). */
  readonly reusesBuffer?: boolean | undefined;
  /** Octets of [out] arrays that [in] sizes may ask for, beside 16 for each octet of stub data; one megabyte by default. */
  readonly outStorageOctets?: number | undefined;
}

/** What a call held when it began to unmarshal a transmitted object: numbers of nodes and converted objects, the block that was being filled. */
export interface Held {
  readonly nodes: number;
  readonly converted: number;
  readonly block: NodeBlock | undefined;
}

const NO_VIEWS: ReadonlySet<object> = new Set();
const NOTHING_KEPT: ReadonlySet<object> = new Set();

/** Octets of [out] arrays in a call, unless another limit is set; what the peer sent pays for more. */
const OUT_STORAGE_OCTETS = 0x10_0000;
const PAID_BY_AN_OCTET = 16;

/**
 * Unmarshals stub data. Generated code drives it: it takes a run of octets at the cursor (`take`, which checks the bound once) and
 * then reads the fields of the run at their offsets. What pointers refer to lies behind the run, at the cursor.
 *
 * The same stubs read both transfer syntaxes: where NDR and NDR64 differ in an offset, generated code says `wide ? 8 : 4`.
 */
export class NdrReader {
  readonly octets: Buffer;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly ndr64: boolean;
  readonly memory: MidlUserMemory;
  readonly contextHandles: ContextHandleTable;
  #nesting: ConversionNesting | undefined;
  /** The cursor: offset of the next octet that nothing has taken. */
  offset = 0;
  /**
   * Every node is an ordinary object that nobody keeps account of: managed memory, no block, no existing storage. Generated code then does
   * by itself what the pair would do, where it is fast.
   */
  makesObjects: boolean;
  readonly #length: number;
  readonly #deferred = new DeferralStack<NdrReader>();
  readonly #allocated: object[] = [];
  #keepsAllocated: boolean;
  #existing: object | undefined;
  #ranShort = false;
  #fullPointers: FullPointerTable | undefined;
  #mayReuseBuffer: boolean;
  #ownStorage = 0;
  #block: NodeBlock | undefined;
  #heaps: Set<LinearHeap> | undefined;
  #views: Set<object> | undefined;
  #conversions: ApplicationConversions | undefined;
  /** Objects that routines of the application have made or filled, each with the call of its free routine. */
  #converted: { readonly presented: unknown; readonly free: () => void }[] | undefined;
  #outStorageOctets: number;

  /** @throws RpcError RPC_X_BAD_STUB_DATA for NDR64 under another label than little-endian (MS-RPCE 2.2.5) */
  constructor(octets: Uint8Array, options: NdrReaderOptions) {
    if (options.ndr64 && !options.littleEndian)
      throw new RpcError("RPC_X_BAD_STUB_DATA", "NDR64 stub data under a big-endian label", { offset: 0 });
    this.octets = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
    this.view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.#length = octets.byteLength;
    this.littleEndian = options.littleEndian;
    this.ndr64 = options.ndr64;
    this.memory = options.memory;
    this.contextHandles = options.contextHandles;
    this.makesObjects = freesNothing(options.memory);
    this.#keepsAllocated = !this.makesObjects;
    this.#mayReuseBuffer = (options.reusesBuffer ?? false) && options.memory.copiesStubData !== true;
    this.#outStorageOctets = (options.outStorageOctets ?? OUT_STORAGE_OCTETS) + PAID_BY_AN_OCTET * octets.byteLength;
  }

  /** Arrays of numbers may refer straight into the stub data (M19). */
  get reusesBuffer(): boolean {
    return this.#mayReuseBuffer && this.#ownStorage === 0;
  }

  /** Arrays that are views of the stub data: storage that is not from the pair and is never freed. */
  get views(): ReadonlySet<object> {
    return this.#views ?? NO_VIEWS;
  }

  /** Notes that an array is a view of the stub data. Returns it. */
  addView<A extends object>(view: A): A {
    (this.#views ??= new Set()).add(view);
    return view;
  }

  /** Numbers and referents of full pointers in this call. */
  get fullPointers(): FullPointerTable {
    return (this.#fullPointers ??= new FullPointerTable());
  }

  set fullPointers(table: FullPointerTable | undefined) {
    this.#fullPointers = table;
  }

  /** The same table, undefined while nobody has needed it. */
  get knownFullPointers(): FullPointerTable | undefined {
    return this.#fullPointers;
  }

  /**
   * Takes the next `size` octets and returns their offset.
   *
   * @param alignment 1, 2, 4 or 8
   * @throws RpcError RPC_X_BAD_STUB_DATA when the stub data ends before
   */
  take(size: number, alignment: number): number {
    const at = (this.offset + alignment - 1) & -alignment;
    const end = at + size;
    if (end > this.#length) throw this.#short(size, at);
    this.offset = end;
    return at;
  }

  /**
   * Takes the elements of an array. The product is checked before anything is allocated for it.
   *
   * @param size octets of an element
   * @param stride octets from one element to the next: `size` rounded up to the alignment
   */
  takeArray(count: number, size: number, stride: number, alignment: number): number {
    return this.take(count === 0 ? 0 : (count - 1) * stride + size, count === 0 ? 1 : alignment);
  }

  /** The same for elements without gaps between them. */
  takeElements(count: number, size: number, alignment: number): number {
    return this.take(count * size, count === 0 ? 1 : alignment);
  }

  /** End of the elements of an array that begins at `at` or after the gap behind it. */
  elementsEnd(at: number, count: number, size: number, stride: number, alignment: number): number {
    return count === 0 ? at : this.within(this.align(at, alignment), (count - 1) * stride + size);
  }

  /** Rounds an offset up. */
  align(at: number, alignment: number): number {
    return (at + alignment - 1) & -alignment;
  }

  /** Takes everything up to `end`, the end of a run whose length a skip routine found. */
  takeTo(end: number): void {
    if (end > this.#length) throw this.#short(end - this.offset, this.offset);
    this.offset = end;
  }

  /** Checks that `size` octets lie at `at`: for runs that are skipped before they are read. Returns the end. */
  within(at: number, size: number): number {
    if (at + size > this.#length) throw this.#short(size, at);
    return at + size;
  }

  /** Whether something was to be taken of which the end is missing. */
  get ranShort(): boolean {
    return this.#ranShort;
  }

  /** Checks that nothing is left but padding that belongs to no item. */
  end(): void {
    if (this.#length - this.offset >= 8)
      throw this.bad(`${this.#length - this.offset} octets follow the last item`, "");
  }

  // ------------------------------------------------------------------------------------------------------- values at an offset

  boolean(at: number): boolean {
    return this.view.getUint8(at) !== 0;
  }

  int8(at: number): number {
    return this.view.getInt8(at);
  }

  uint8(at: number): number {
    return this.view.getUint8(at);
  }

  int16(at: number): number {
    return this.view.getInt16(at, this.littleEndian);
  }

  uint16(at: number): number {
    return this.view.getUint16(at, this.littleEndian);
  }

  int32(at: number): number {
    return this.view.getInt32(at, this.littleEndian);
  }

  uint32(at: number): number {
    return this.view.getUint32(at, this.littleEndian);
  }

  int64(at: number): bigint {
    return this.view.getBigInt64(at, this.littleEndian);
  }

  uint64(at: number): bigint {
    return this.view.getBigUint64(at, this.littleEndian);
  }

  float(at: number): number {
    return this.view.getFloat32(at, this.littleEndian);
  }

  double(at: number): number {
    return this.view.getFloat64(at, this.littleEndian);
  }

  /** An enum that is not [v1_enum]: 16 bits, in NDR64 32 (C706 14.2.6, MS-RPCE 2.2.4.5). */
  enum16(at: number): number {
    const value = this.ndr64 ? this.view.getInt32(at, true) : this.view.getUint16(at, this.littleEndian);
    if ((value & 0x7fff) !== value)
      throw this.error("RPC_X_ENUM_VALUE_OUT_OF_RANGE", `${value} is no enum value (0 to 32767)`, "");
    return value;
  }

  /** __int3264: 32 bits in NDR, 64 in NDR64 (MS-RPCE 2.2.4.1.4, 2.2.5.3.4). */
  int3264(at: number): bigint {
    return this.ndr64 ? this.view.getBigInt64(at, true) : BigInt(this.view.getInt32(at, this.littleEndian));
  }

  uint3264(at: number): bigint {
    return this.ndr64 ? this.view.getBigUint64(at, true) : BigInt(this.view.getUint32(at, this.littleEndian));
  }

  /** The referent identifier of a pointer; 0 is null (C706 14.3.10). */
  pointer(at: number): number {
    if (!this.ndr64) return this.view.getUint32(at, this.littleEndian);
    return this.view.getUint32(at, true) || this.view.getUint32(at + 4, true);
  }

  /** A maximum count, an offset or an actual count: 32 bits, in NDR64 64 (C706 14.3.3, MS-RPCE 2.2.5.3). */
  count(at: number): number {
    if (!this.ndr64) return this.view.getUint32(at, this.littleEndian);
    const high = this.view.getUint32(at + 4, true);
    return this.view.getUint32(at, true) + high * 0x1_0000_0000;
  }

  // -------------------------------------------------------------------------------------------------------------- counts

  /** Takes one count at the cursor. */
  takeCount(): number {
    return this.count(this.ndr64 ? this.take(8, 8) : this.take(4, 4));
  }

  /**
   * Takes the maximum count of a conformant array.
   *
   * @param expected value of the size expression, undefined where it is not known yet
   * @param path IDL path, for the message
   * @throws RpcError RPC_X_BAD_STUB_DATA when the two differ
   */
  takeMaximumCount(expected: number | undefined, path: string): number {
    const count = this.takeCount();
    if (expected !== undefined && count !== expected)
      throw this.bad(`maximum count is ${count} where the size expression says ${expected}`, path);
    return count;
  }

  /**
   * Checks the [range] of the maximum count that comes next (MS-RPCE 2.2.4.14.2). Returns the reader.
   *
   * @throws RpcError RPC_X_BAD_STUB_DATA
   */
  limit(low: number, high: number, path: string): this {
    const at = this.offset;
    const count = this.takeCount();
    if (count < low || count > high) throw this.bad(`maximum count ${count} is not in range(${low}, ${high})`, path);
    this.offset = at;
    return this;
  }

  /**
   * Checks that a string whose maximum count comes next fits into what was there, which has the capacity that its size expression gave
   * before the call (MIDL "MCCP Buffer Protection"; M15). Returns the reader.
   *
   * @param existing null and undefined have no capacity
   * @throws RpcError RPC_X_BAD_STUB_DATA
   */
  fits(existing: string | null | undefined, capacity: number, path: string): this {
    if (existing === null || existing === undefined) return this;
    const at = this.offset;
    const count = this.takeCount();
    if (count > capacity)
      throw this.bad(`${count} characters do not fit into the ${capacity} of the existing string`, path);
    this.offset = at;
    return this;
  }

  /**
   * The null pointer of an array whose size another value says (MS-RPCE 3.1.1.5.3.3.1.2).
   *
   * @throws RpcError RPC_X_BAD_STUB_DATA when that size is not 0
   */
  nullArray(size: number | undefined, path: string): null {
    if (size !== undefined && size !== 0) throw this.bad(`a null pointer where the size is ${size}`, path);
    return null;
  }

  /** Compares what arrived with what another value says it must be. Returns it. */
  agree<T extends number | bigint>(value: T, expected: T, what: string, path: string): T {
    if (value !== expected) throw this.bad(`${what} is ${value} where ${expected} was said elsewhere`, path);
    return value;
  }

  /** Compares the discriminant of a union with its switch_is expression: by their 32 bits. */
  agreeDiscriminant(discriminant: number, expected: number | undefined, path: string): void {
    if (expected !== undefined && (discriminant | 0) !== (expected | 0))
      throw this.bad(`discriminant is ${discriminant} where switch_is says ${expected}`, path);
  }

  /** A discriminant that no arm has. */
  invalidTag(discriminant: number, path: string): RpcError {
    return this.error("RPC_S_INVALID_TAG", `no arm for discriminant ${discriminant}`, path);
  }

  /**
   * Octets of an [out] array whose size an [in] parameter says.
   *
   * @throws RpcError RPC_S_OUT_OF_MEMORY when all of the call together exceed the limit: nothing but the peer's word pays for them
   */
  capacity(count: number, elementSize: number, path: string): number {
    const octets = count * elementSize;
    this.#outStorageOctets -= octets;
    if (this.#outStorageOctets < 0)
      throw this.error(
        "RPC_S_OUT_OF_MEMORY",
        `${count} elements exceed the limit of storage for [out] arrays (outStorageOctets)`,
        path,
      );
    return octets;
  }

  /** Checks a [range] (MIDL "range"). Returns the value. */
  range<T extends number | bigint>(value: T, low: T, high: T, path: string): T {
    if (value < low || value > high)
      throw this.error("RPC_X_INVALID_BOUND", `${value} is not in range(${low}, ${high})`, path);
    return value;
  }

  // --------------------------------------------------------------------------------------------------------------- nodes

  /** A node from the pair, or a place in the block that is being filled. */
  allocate<T extends object>(type: NodeType<T>, cBytes: number): T {
    if (this.#block !== undefined) return this.#block.place(type, cBytes);
    return this.allocateAlone(type, cBytes);
  }

  /** A node from the pair, whatever is being filled. */
  allocateAlone<T extends object>(type: NodeType<T>, cBytes: number): T {
    const node = allocateFromPair(this.memory, cBytes, type);
    if (this.#keepsAllocated) this.#keep(node);
    return node;
  }

  #keep(node: object): void {
    this.#allocated.push(node);
    this.#noteHeap(node);
  }

  /** Whether nodes go into a block now. */
  get fillsBlock(): boolean {
    return this.#block !== undefined;
  }

  /** Unmarshals with every node in a block, and everything that is deferred with it. */
  fill<T>(block: NodeBlock, unmarshal: () => T): T {
    const outer = this.#block;
    this.#block = block;
    this.makesObjects = false;
    try {
      return this.inOwnStorage(unmarshal);
    } finally {
      this.#block = outer;
      this.makesObjects = outer === undefined && !this.#keepsAllocated;
    }
  }

  /** Calls something that unmarshals into no block, whatever is being filled. */
  outsideBlock<T>(unmarshal: () => T): T {
    const outer = this.#block;
    this.#block = undefined;
    try {
      return unmarshal();
    } finally {
      this.#block = outer;
    }
  }

  /** Unmarshals without views of the stub data, and everything that is deferred with it. */
  inOwnStorage<T>(unmarshal: () => T): T {
    const { mark } = this;
    this.#ownStorage++;
    try {
      const value = unmarshal();
      this.drain(mark);
      return value;
    } finally {
      this.#ownStorage--;
    }
  }

  /** Says that the reply is written into storage of the application: a call that fails leaves no pointer to freed nodes in it. */
  existing(storage: object): void {
    this.#existing = storage;
    this.#keepsAllocated = true;
    this.makesObjects = false;
    for (const value of Object.values<unknown>({ ...storage }))
      if (typeof value === "object" && value !== null) this.#noteHeap(value);
  }

  /** Linear memory has to hold all that its nodes point to, and has to know that a reply is written into existing storage. */
  #noteHeap(node: object): void {
    const heap = linearNodeOf(node)?.heap;
    if (heap === undefined) return;
    this.#heaps ??= new Set();
    if (this.#heaps.has(heap)) return;
    this.#heaps.add(heap);
    this.#mayReuseBuffer = false;
    if (this.#existing !== undefined) heap.beginReply();
  }

  /** What was unmarshaled goes to the application: the call has not failed here. */
  settle<Parameters>(parameters: Parameters): Parameters {
    if (this.#heaps === undefined) return parameters;
    for (const heap of this.#heaps) heap.endReply(false);
    return keepPresent(parameters);
  }

  /** Conversions that are under way. */
  get nesting(): ConversionNesting {
    return (this.#nesting ??= new ConversionNesting());
  }

  /**
   * Begins to unmarshal a transmitted object, whose nodes are freed when it has been converted and are in no block. Returns a mark for
   * `freeSince`.
   *
   * @throws RpcError RPC_X_BAD_STUB_DATA when transmitted objects nest too deep
   */
  hold(path: string): Held {
    this.nesting.enter(path);
    const block = this.#block;
    this.#block = undefined;
    return { nodes: this.#allocated.length, converted: this.#converted?.length ?? 0, block };
  }

  /** Frees what came since a mark: a transmitted object that has been converted, and what routines of the application made for it. */
  freeSince({ nodes, converted, block }: Held): void {
    this.nesting.leave();
    this.#block = block;
    for (const { free } of this.#converted?.splice(converted) ?? []) free();
    for (const node of this.#allocated.splice(nodes)) this.memory.midl_user_free(node);
  }

  /**
   * Gives every node of a call that failed back to the pair (M3), after the free routines of the application were called for the objects
   * that its routines had made: not for those in existing storage, which the application can reach. What a free routine throws is
   * dropped: the call has failed already.
   */
  abandon(): void {
    const nodes = new Map(this.#allocated.map((node) => [identityOf(node), node]));
    const changed = nodes.size > 0 || this.#converted !== undefined;
    const kept = this.#existing !== undefined && changed ? disown(this.#existing, new Set(nodes.keys())) : NOTHING_KEPT;
    for (const { presented, free } of this.#converted?.splice(0).reverse() ?? [])
      if (!isAmong(presented, kept)) attempt(free);
    for (const node of nodes.values()) this.memory.midl_user_free(node);
    this.#allocated.length = 0;
    for (const heap of this.#heaps ?? []) heap.endReply(true);
  }

  // --------------------------------------------------------------------------------------------------------- conversions

  /** The application's routines for types in whose place others travel. */
  get conversions(): ApplicationConversions {
    if (this.#conversions === undefined) throw new TypeError("the stub has no conversion routines");
    return this.#conversions;
  }

  set conversions(conversions: ApplicationConversions) {
    this.#conversions = conversions;
  }

  /** What routines of the application allocate from: the pair, or the buffer that is being filled. */
  get routineMemory(): MidlUserMemory {
    return this.#block?.memory ?? this.memory;
  }

  /** Notes an object that a routine of the application made or filled: a call that fails frees what lies behind it (M40). */
  addConverted<Routines extends object, Presented>(
    conversion: Conversion<Routines, Presented>,
    presented: Presented,
  ): void {
    const { conversions, routineMemory: memory } = this;
    const free = (): void => {
      conversion.freePresented(conversions.routines(conversion), presented, memory);
    };
    (this.#converted ??= []).push({ presented, free });
  }

  // ------------------------------------------------------------------------------------------------------------ deferral

  /** Unmarshals something after everything that precedes it on the wire, without recursion. */
  defer<Owner>(routine: DeferredRoutine<NdrReader, Owner>, at: number, owner: Owner, index = 0): void {
    this.#deferred.push(routine, at, owner, index);
  }

  /** Mark for `drain`: the number of deferred items. */
  get mark(): number {
    return this.#deferred.depth;
  }

  /** Unmarshals what was deferred since `mark`. */
  drain(mark: number): void {
    this.#deferred.drain(this, mark);
  }

  // -------------------------------------------------------------------------------------------------------------- errors

  /** RPC_X_BAD_STUB_DATA at the cursor. */
  bad(message: string, path: string): RpcError {
    return this.error("RPC_X_BAD_STUB_DATA", message, path);
  }

  error(status: RpcStatusName, message: string, path: string): RpcError {
    return new RpcError(status, `${path === "" ? "stub data" : path}: ${message} (octet ${this.offset})`, {
      offset: this.offset,
      path,
    });
  }

  #short(size: number, at: number): RpcError {
    this.#ranShort = true;
    return new RpcError(
      "RPC_X_BAD_STUB_DATA",
      `stub data of ${this.#length} octets ends before ${size} octets at ${at}`,
      { offset: at },
    );
  }
}

/** Whether an object of the application is one of those with these identities. */
function isAmong(presented: unknown, identities: ReadonlySet<object>): boolean {
  return typeof presented === "object" && presented !== null && identities.has(identityOf(presented));
}

/** Calls a free routine, whatever it throws. */
function attempt(free: () => void): void {
  try {
    free();
  } catch {
    // The error that made it necessary is the one that counts.
  }
}
