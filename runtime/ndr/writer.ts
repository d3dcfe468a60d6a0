import type { ApplicationConversions } from "../conversions/application-conversions.ts";
import { ConversionNesting } from "../conversions/conversion-nesting.ts";
import { RpcError } from "../rpc-error.ts";
import type { RpcStatusName } from "../status.ts";
import { NdrBufferPool } from "./buffer-pool.ts";
import type { ContextHandleTable } from "./context-handle-table.ts";
import { FullPointerTable } from "./full-pointers.ts";
import { HOST_LITTLE_ENDIAN } from "./host.ts";
import { DeferralStack } from "./deferral-stack.ts";
import type { DeferredRoutine } from "./deferral-stack.ts";

export interface NdrWriterOptions {
  /** NDR64 (MS-RPCE 2.2.5) instead of NDR 2.0 (C706 chapter 14). */
  readonly ndr64: boolean;
  readonly contextHandles: ContextHandleTable;
  /**
   * An array may have more elements than its size says, which are not sent: on a server, where the manager routine may lower a size (MIDL
   * "Memory Orphaning"; M20). Elsewhere that is a mistake.
   */
  readonly sendsFewer?: boolean | undefined;
  /** Where the buffer comes from, and where `release` gives it back. */
  readonly buffers?: NdrBufferPool | undefined;
}

const MAXIMUM_OCTETS = 0x7fff_ff00;
const FIRST_REFERENT = 0x0002_0000;

/**
 * Marshals stub data, little-endian. Generated code drives it: it reserves a run of octets at the cursor and writes the fields of the
 * run at their offsets; what pointers refer to is appended behind. Gap octets are always zero: nothing of the process leaks.
 *
 * Values are checked as they are written; a wrong one is RPC_X_BAD_STUB_DATA with the name of the field.
 */
export class NdrWriter {
  readonly ndr64: boolean;
  readonly contextHandles: ContextHandleTable;
  /** An array may have more elements than its size says, which are not sent. */
  readonly sendsFewer: boolean;
  /** What `octets()` is taken from; replaced when it grows. */
  buffer: Buffer;
  view: DataView;
  /** The same octets as units of 16 and 32 bits: every value lies aligned, and storing an element is faster than DataView. */
  units: Uint16Array;
  words: Uint32Array;
  /** The cursor: number of octets marshaled so far. */
  offset = 0;
  readonly #buffers: NdrBufferPool;
  #referents = 0;
  readonly #deferred = new DeferralStack<NdrWriter>();
  #fullPointers: FullPointerTable | undefined;
  readonly #marshaled = new Set<object>();
  #conversions: ApplicationConversions | undefined;
  #nesting: ConversionNesting | undefined;
  /** Ends of fixed parts of varying size that routines of the application convert to, by where they begin. */
  #ends: Map<number, number> | undefined;

  constructor(options: NdrWriterOptions) {
    this.ndr64 = options.ndr64;
    this.contextHandles = options.contextHandles;
    this.sendsFewer = options.sendsFewer ?? false;
    this.#buffers = options.buffers ?? new NdrBufferPool();
    this.buffer = this.#buffers.take();
    this.view = viewOf(this.buffer);
    this.units = unitsOf(this.buffer);
    this.words = wordsOf(this.buffer);
  }

  /** Gives the buffer back: what `octets` returned is not valid any more. */
  release(): void {
    this.#buffers.give(this.buffer);
  }

  /** What was marshaled: a view, valid until the writer is used again. */
  octets(): Uint8Array {
    return this.buffer.subarray(0, this.offset);
  }

  /**
   * Reserves the next `size` octets and returns their offset. They hold anything until they are written.
   *
   * @param alignment 1, 2, 4 or 8
   */
  reserve(size: number, alignment: number): number {
    const start = this.offset;
    const at = (start + alignment - 1) & -alignment;
    const end = at + size;
    if (end > this.buffer.length) this.#grow(end);
    for (let gap = start; gap < at; gap++) this.buffer[gap] = 0;
    this.offset = end;
    return at;
  }

  /** Reserves the elements of an array (see NdrReader.takeArray). */
  reserveArray(count: number, size: number, stride: number, alignment: number): number {
    return this.reserve(count === 0 ? 0 : (count - 1) * stride + size, count === 0 ? 1 : alignment);
  }

  /** Reserves a run that has gap octets: all of it is zeroed. */
  reserveCleared(size: number, alignment: number): number {
    const at = this.reserve(size, alignment);
    this.buffer.fill(0, at, at + size);
    return at;
  }

  reserveClearedArray(count: number, size: number, stride: number, alignment: number): number {
    const at = this.reserveArray(count, size, stride, alignment);
    this.buffer.fill(0, at, this.offset);
    return at;
  }

  /** Appends the gap before something aligned; returns where that begins. */
  appendGap(alignment: number): number {
    return this.reserve(0, alignment);
  }

  /** End of the elements of an array that begins at `at` or after the gap behind it. */
  elementsEnd(at: number, count: number, size: number, stride: number, alignment: number): number {
    return count === 0 ? at : this.align(at, alignment) + (count - 1) * stride + size;
  }

  /** Rounds an offset up. */
  align(at: number, alignment: number): number {
    return (at + alignment - 1) & -alignment;
  }

  /** Reserves everything from the cursor to `end`, zeroed: for runs of varying length, whose gaps have no fixed place. */
  reserveTo(end: number): void {
    const start = this.offset;
    if (end > this.buffer.length) this.#grow(end);
    this.buffer.fill(0, start, end);
    this.offset = end;
  }

  #grow(needed: number): void {
    if (needed > MAXIMUM_OCTETS)
      throw new RpcError("RPC_S_OUT_OF_MEMORY", `stub data exceeds ${MAXIMUM_OCTETS} octets`);
    const larger = Buffer.allocUnsafeSlow(
      Math.min(Math.max(this.buffer.length * 2, (needed + 71) & -8), MAXIMUM_OCTETS),
    );
    larger.set(this.buffer.subarray(0, this.offset));
    this.buffer = larger;
    this.view = viewOf(larger);
    this.units = unitsOf(larger);
    this.words = wordsOf(larger);
  }

  // ------------------------------------------------------------------------------------------------------- values at an offset

  boolean(at: number, value: boolean, name: string): void {
    if (typeof value !== "boolean") throw wrong(value, "a boolean", name);
    this.buffer[at] = value ? 1 : 0;
  }

  int8(at: number, value: number, name: string): void {
    if ((value << 24) >> 24 !== value) throw wrong(value, "a small (-128 to 127)", name);
    this.buffer[at] = value;
  }

  uint8(at: number, value: number, name: string): void {
    if ((value & 0xff) !== value) throw wrong(value, "an octet (0 to 255)", name);
    this.buffer[at] = value;
  }

  int16(at: number, value: number, name: string): void {
    if ((value << 16) >> 16 !== value) throw wrong(value, "a short (-32768 to 32767)", name);
    this.#unit(at, value);
  }

  uint16(at: number, value: number, name: string): void {
    if ((value & 0xffff) !== value) throw wrong(value, "an unsigned short (0 to 65535)", name);
    this.#unit(at, value);
  }

  int32(at: number, value: number, name: string): void {
    if ((value | 0) !== value) throw wrong(value, "a long (-2147483648 to 2147483647)", name);
    this.#word(at, value);
  }

  uint32(at: number, value: number, name: string): void {
    if (value >>> 0 !== value) throw wrong(value, "an unsigned long (0 to 4294967295)", name);
    this.#word(at, value);
  }

  int64(at: number, value: bigint, name: string): void {
    if (typeof value !== "bigint" || BigInt.asIntN(64, value) !== value)
      throw wrong(value, "a hyper (bigint of 64 bits, signed)", name);
    this.view.setBigInt64(at, value, true);
  }

  uint64(at: number, value: bigint, name: string): void {
    if (typeof value !== "bigint" || BigInt.asUintN(64, value) !== value)
      throw wrong(value, "an unsigned hyper (bigint of 64 bits)", name);
    this.view.setBigUint64(at, value, true);
  }

  float(at: number, value: number, name: string): void {
    if (typeof value !== "number") throw wrong(value, "a number", name);
    this.view.setFloat32(at, value, true);
  }

  double(at: number, value: number, name: string): void {
    if (typeof value !== "number") throw wrong(value, "a number", name);
    this.view.setFloat64(at, value, true);
  }

  /** An enum that is not [v1_enum]: 16 bits, of which 0 to 32767 may be sent (MIDL "enum"); in NDR64 32. */
  enum16(at: number, value: number, name: string): void {
    if ((value & 0x7fff) !== value)
      throw wrong(value, "an enum value (0 to 32767)", name, "RPC_X_ENUM_VALUE_OUT_OF_RANGE");
    if (this.ndr64) this.#word(at, value);
    else this.#unit(at, value);
  }

  #unit(at: number, value: number): void {
    this.units[at >> 1] = HOST_LITTLE_ENDIAN ? value : swap16(value);
  }

  #word(at: number, value: number): void {
    this.words[at >> 2] = HOST_LITTLE_ENDIAN ? value : swap32(value);
  }

  int3264(at: number, value: bigint, name: string): void {
    if (this.ndr64) this.int64(at, value, name);
    else this.int32(at, numberOf(value, name), name);
  }

  uint3264(at: number, value: bigint, name: string): void {
    if (this.ndr64) this.uint64(at, value, name);
    else this.uint32(at, numberOf(value, name), name);
  }

  /** A pointer's referent identifier: 0 for null, a new one otherwise (C706 14.3.10). Returns what it refers to; undefined counts as null. */
  pointer<T>(at: number, referent: T | null | undefined): T | null {
    const isNull = referent === null || referent === undefined;
    this.#word(at, isNull ? 0 : this.#newNumber());
    if (this.ndr64) this.words[(at >> 2) + 1] = 0;
    return isNull ? null : referent;
  }

  /** Numbers and referents of full pointers in this call. */
  get fullPointers(): FullPointerTable {
    return (this.#fullPointers ??= new FullPointerTable());
  }

  set fullPointers(table: FullPointerTable | undefined) {
    this.#fullPointers = table;
  }

  /** A full pointer's referent identifier: the same for the same node (C706 14.3.10). */
  fullPointer<T extends object>(at: number, referent: T | null | undefined): T | null {
    if (referent === null || referent === undefined) {
      this.pointer(at, null);
      return null;
    }
    const { numbers, sent } = this.fullPointers;
    let number = numbers.get(referent);
    if (number === undefined) {
      number = this.#newNumber();
      numbers.set(referent, number);
    }
    sent.set(number, referent);
    this.#word(at, number);
    if (this.ndr64) this.words[(at >> 2) + 1] = 0;
    return referent;
  }

  /** A referent identifier that nothing in this call has. */
  #newNumber(): number {
    const table = this.#fullPointers;
    let number = FIRST_REFERENT + 4 * this.#referents++;
    while (table !== undefined && (table.sent.has(number) || table.received.has(number)))
      number = FIRST_REFERENT + 4 * this.#referents++;
    return number;
  }

  /** True the first time that a node is asked about: the referent of a full pointer is marshaled once. */
  isFirst(referent: object): boolean {
    if (this.#marshaled.has(referent)) return false;
    this.#marshaled.add(referent);
    return true;
  }

  /** A maximum count, an offset or an actual count. */
  count(at: number, value: number, name: string): void {
    this.uint32(at, value, name);
    if (this.ndr64) this.words[(at >> 2) + 1] = 0;
  }

  /** The counts of a conformant varying string: maximum, offset 0, actual. All are below 2^31. */
  stringCounts(at: number, maximum: number, actual: number): void {
    const { words } = this;
    const place = at >> 2;
    const step = this.ndr64 ? 2 : 1;
    if (step === 2) words[place + 1] = words[place + 3] = words[place + 5] = 0;
    words[place] = HOST_LITTLE_ENDIAN ? maximum : swap32(maximum);
    words[place + step] = 0;
    words[place + 2 * step] = HOST_LITTLE_ENDIAN ? actual : swap32(actual);
  }

  // -------------------------------------------------------------------------------------------------------------- counts

  /** Appends one count at the cursor. */
  appendCount(value: number, name: string): void {
    this.count(this.ndr64 ? this.reserve(8, 8) : this.reserve(4, 4), value, name);
  }

  /** The referent of a [ref] pointer, or of a parameter that may not be null. */
  required<T>(value: T | null | undefined, name: string): T {
    if (value === null || value === undefined)
      throw new RpcError("RPC_X_NULL_REF_POINTER", `${name}: a [ref] pointer is null`, { path: name });
    return value;
  }

  /** Compares a union's discriminant with its switch_is expression: by their 32 bits. */
  agreeDiscriminant(value: Tagged, expected: number, path: string): void {
    if ((tagOf(value) | 0) !== (expected | 0))
      throw this.bad(`discriminant is ${tagOf(value)} where switch_is says ${expected}`, path);
  }

  /** A discriminant that no arm has. */
  invalidTag(value: unknown, path: string): RpcError {
    const tag: unknown =
      typeof value === "object" && value !== null && "discriminant" in value ? value.discriminant : value;
    return wrong(tag, "the discriminant of an arm", path, "RPC_S_INVALID_TAG");
  }

  /** Refuses a null pointer to an array whose size another value says (MS-RPCE 3.1.1.5.3.3.1.2). */
  nullArray(size: number, path: string): void {
    if (size !== 0) throw this.bad(`null where the size is ${size}`, path);
  }

  /** Checks a [range] (MIDL "range"). Returns the value. */
  range<T extends number | bigint>(value: T, low: T, high: T, name: string): T {
    if (value < low || value > high) throw wrong(value, `in range(${low}, ${high})`, name, "RPC_X_INVALID_BOUND");
    return value;
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

  /** Conversions that are under way. */
  get nesting(): ConversionNesting {
    return (this.#nesting ??= new ConversionNesting());
  }

  /** The end of an object at `at` whose size routines of the application decide, once it has been found. */
  knownEnd(at: number): number | undefined {
    return this.#ends?.get(at);
  }

  /**
   * Compares the end of a transmitted object at `at` with what the same conversion gave before: objects of varying size are converted to
   * find their size, and again to marshal them. Returns it.
   *
   * @throws RpcError RPC_X_BAD_STUB_DATA when they differ
   */
  agreeEnd(at: number, end: number, path: string): number {
    const ends = (this.#ends ??= new Map<number, number>());
    const known = ends.get(at);
    if (known === undefined) ends.set(at, end);
    else if (known !== end) throw this.bad(`converted to ${known - at} octets first and to ${end - at} later`, path);
    return end;
  }

  // ------------------------------------------------------------------------------------------------------------ deferral

  /** Marshals something after everything that precedes it on the wire, without recursion. */
  defer<Owner>(routine: DeferredRoutine<NdrWriter, Owner>, at: number, owner: Owner, index = 0): void {
    this.#deferred.push(routine, at, owner, index);
  }

  /** Mark for `drain`: the number of deferred items. */
  get mark(): number {
    return this.#deferred.depth;
  }

  /** Marshals what was deferred since `mark`. */
  drain(mark: number): void {
    this.#deferred.drain(this, mark);
  }

  /** RPC_X_BAD_STUB_DATA for a value that cannot be sent. */
  bad(message: string, path: string): RpcError {
    return new RpcError("RPC_X_BAD_STUB_DATA", `${path}: ${message}`, { path });
  }
}

/** A union as the stubs see it. */
export type Tagged =
  { readonly discriminant: number } | { readonly discriminant: "default"; readonly discriminantValue: number };

/** The number that a union sends as its discriminant. */
export function tagOf(value: Tagged): number {
  return value.discriminant === "default" ? value.discriminantValue : value.discriminant;
}

function swap16(value: number): number {
  return ((value & 0xff) << 8) | ((value >> 8) & 0xff);
}

function swap32(value: number): number {
  return ((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | ((value >>> 24) & 0xff);
}

function wordsOf(buffer: Buffer): Uint32Array {
  return new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.byteLength >> 2);
}

/** Buffers are their own ArrayBuffer, so that units are aligned. */
function unitsOf(buffer: Buffer): Uint16Array {
  return new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.byteLength >> 1);
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function numberOf(value: bigint, name: string): number {
  if (typeof value !== "bigint") throw wrong(value, "a bigint", name);
  return Number(value);
}

function wrong(value: unknown, wanted: string, path: string, status: RpcStatusName = "RPC_X_BAD_STUB_DATA"): RpcError {
  return new RpcError(status, `${path}: ${describe(value)} is not ${wanted}`, { path });
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}
