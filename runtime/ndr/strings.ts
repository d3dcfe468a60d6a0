/**
 * Strings on the wire: conformant varying ([string] char *), varying ([string] char a[64]), of 8-bit characters, octets or wchar_t
 * (C706 14.3.4, MS-RPCE 2.2.5.3.2). The terminator travels and is counted.
 */
import { HOST_LITTLE_ENDIAN } from "./host.ts";
import type { NdrReader } from "./reader.ts";
import type { NdrWriter } from "./writer.ts";

/** Widths of a character: `char` and `byte` strings, and wchar_t strings. */
export type CharacterSize = 1 | 2;

/**
 * Unmarshals a conformant varying string at the cursor.
 *
 * @param size octets of a character
 * @param maximum what the size expression says the maximum count is; undefined for an unsized string
 * @throws RpcError RPC_X_BAD_STUB_DATA when counts disagree or the terminator is missing
 */
export function unmarshalString(r: NdrReader, size: CharacterSize, path: string, maximum?: number): string {
  const counts = r.ndr64 ? r.take(24, 8) : r.take(12, 4);
  const step = r.ndr64 ? 8 : 4;
  const maximumCount = r.count(counts);
  if (maximum !== undefined) r.agree(maximumCount, maximum, "maximum count", path);
  const actual = checkCounts(r, r.count(counts + step), r.count(counts + 2 * step), maximumCount, path);
  return characters(r, r.take(actual * size, size), actual, size, path);
}

/** The end of a varying string that lies at `at` inside a run. */
export function skipVaryingString(r: NdrReader, at: number, size: CharacterSize): number {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const end = r.within(start, 2 * step);
  return r.within(end, r.count(start + step) * size);
}

/** Unmarshals a varying string of at most `capacity` characters, terminator included, that lies at `at` inside a run. */
export function unmarshalVaryingString(
  r: NdrReader,
  at: number,
  size: CharacterSize,
  capacity: number,
  path: string,
): string {
  const step = r.ndr64 ? 8 : 4;
  const start = r.align(at, step);
  const actual = checkCounts(r, r.count(start), r.count(start + step), capacity, path);
  return characters(r, start + 2 * step, actual, size, path);
}

/** Unmarshals a varying string at the cursor. */
export function takeVaryingString(r: NdrReader, size: CharacterSize, capacity: number, path: string): string {
  const at = r.align(r.offset, r.ndr64 ? 8 : 4);
  r.takeTo(skipVaryingString(r, at, size));
  return unmarshalVaryingString(r, at, size, capacity, path);
}

function checkCounts(r: NdrReader, offset: number, actual: number, maximum: number, path: string): number {
  if (offset !== 0) throw r.bad(`offset of a string is ${offset}, not 0`, path);
  if (actual > maximum) throw r.bad(`actual count ${actual} exceeds the maximum count ${maximum}`, path);
  if (actual === 0) throw r.bad("a string without a terminator", path);
  return actual;
}

function characters(r: NdrReader, at: number, count: number, size: CharacterSize, path: string): string {
  const end = at + (count - 1) * size;
  const text = size === 1 ? r.octets.toString("latin1", at, end) : utf16(r, at, end);
  const terminator = size === 1 ? r.uint8(end) : r.uint16(end);
  if (terminator !== 0) throw r.bad("a string without a terminator", path);
  const early = text.indexOf("\0");
  return early < 0 ? text : text.slice(0, early);
}

function utf16(r: NdrReader, at: number, end: number): string {
  if (r.littleEndian) return sliceUtf16(r.octets, at, end);
  return Buffer.from(r.octets.subarray(at, end)).swap16().toString("utf16le");
}

type Slice = (this: Buffer, start: number, end: number) => string;
type Write = (this: Buffer, text: string, at: number, octets: number) => number;

/*
 * What `toString("utf16le")` and `write(..., "utf16le")` themselves call, without the cost of their arguments: a quarter of the time of a
 * short string (measured on Node.js 20 to 24). They are not documented, so that the documented ways stand behind them.
 */
const ucs2Write: unknown = Reflect.get(Buffer.prototype, "ucs2Write");
const writeUtf16: (octets: Buffer, text: string, at: number) => void = isWrite(ucs2Write)
  ? (octets, text, at) => ucs2Write.call(octets, text, at, 2 * text.length)
  : (octets, text, at) => octets.write(text, at, "utf16le");
const ucs2Slice: unknown = Reflect.get(Buffer.prototype, "ucs2Slice");
const sliceUtf16: (octets: Buffer, start: number, end: number) => string = isSlice(ucs2Slice)
  ? (octets, start, end) => ucs2Slice.call(octets, start, end)
  : (octets, start, end) => octets.toString("utf16le", start, end);

function isWrite(value: unknown): value is Write {
  return typeof value === "function";
}

function isSlice(value: unknown): value is Slice {
  return typeof value === "function";
}

/**
 * Marshals a conformant varying string at the cursor.
 *
 * @param capacity value of the size expression: the maximum count; undefined for an unsized string
 * @throws RpcError RPC_X_BAD_STUB_DATA for a value that is no string, holds a null, does not fit, or has characters that an 8-bit
 *   string has no place for
 */
export function marshalString(w: NdrWriter, value: string, size: CharacterSize, name: string, capacity?: number): void {
  const count = checkedLength(w, value, capacity, name) + 1;
  const head = w.ndr64 ? 24 : 12;
  const at = w.reserve(head + count * size, w.ndr64 ? 8 : 4);
  w.stringCounts(at, maximumCount(w, capacity ?? count, name), count);
  putCharacters(w, at + head, value, size, name);
}

function maximumCount(w: NdrWriter, count: number, name: string): number {
  if ((count & 0x7fff_ffff) !== count) throw w.bad(`${count} is not the size of a string`, name);
  return count;
}

/** The end of a varying string written at `at`. */
export function sizeVaryingString(w: NdrWriter, at: number, value: string, size: CharacterSize): number {
  const step = w.ndr64 ? 8 : 4;
  return w.align(at, step) + 2 * step + (value.length + 1) * size;
}

/** Marshals a varying string into a run at `at`. */
export function marshalVaryingString(
  w: NdrWriter,
  at: number,
  value: string,
  size: CharacterSize,
  capacity: number,
  name: string,
): void {
  const step = w.ndr64 ? 8 : 4;
  const start = w.align(at, step);
  const count = checkedLength(w, value, capacity, name) + 1;
  w.count(start, 0, name);
  w.count(start + step, count, name);
  putCharacters(w, start + 2 * step, value, size, name);
}

/** Marshals a varying string at the cursor. */
export function appendVaryingString(
  w: NdrWriter,
  value: string,
  size: CharacterSize,
  capacity: number,
  name: string,
): void {
  const at = w.appendGap(w.ndr64 ? 8 : 4);
  w.reserveTo(sizeVaryingString(w, at, value, size));
  marshalVaryingString(w, at, value, size, capacity, name);
}

function checkedLength(w: NdrWriter, value: unknown, capacity: number | undefined, name: string): number {
  if (typeof value !== "string") throw w.bad(`${value === null ? "null" : typeof value} is not a string`, name);
  if (capacity !== undefined && value.length >= capacity)
    throw w.bad(`${value.length} characters and a terminator do not fit into ${capacity}`, name);
  return value.length;
}

function putCharacters(w: NdrWriter, at: number, value: string, size: CharacterSize, name: string): void {
  if (size === 2) {
    putUtf16(w, at, value, name);
    return;
  }
  if (value.includes("\0")) throw w.bad(NULL_INSIDE, name);
  if (NOT_LATIN1.test(value))
    throw w.bad(`${JSON.stringify(value)} has characters that an 8-bit string cannot hold`, name);
  w.buffer.write(value, at, "latin1");
  w.buffer[at + value.length] = 0;
}

/** Up to this many characters a loop is faster than a call of the string encoder (measured on Node.js 20 to 24). */
const SHORT = HOST_LITTLE_ENDIAN ? 20 : -1;

const NULL_INSIDE = "a string with a null character inside";

/** Writes a terminated UTF-16 string; `at` is even, as every wchar_t is. */
function putUtf16(w: NdrWriter, at: number, value: string, name: string): void {
  const { length } = value;
  if (length > SHORT) {
    if (value.includes("\0")) throw w.bad(NULL_INSIDE, name);
    writeUtf16(w.buffer, value, at);
    w.view.setUint16(at + 2 * length, 0, true);
    return;
  }
  const { units } = w;
  let place = at >> 1;
  for (let index = 0; index < length; index++) {
    const unit = value.charCodeAt(index);
    if (unit === 0) throw w.bad(NULL_INSIDE, name);
    units[place++] = unit;
  }
  units[place] = 0;
}

const NOT_LATIN1 = /[^\0-\xff]/;

/** UTF-16 code units of a text, without a terminator: for counted strings that travel as arrays of wchar_t. */
export function encodeUtf16(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
  return units;
}

/** The text of UTF-16 code units; nothing ends it but the end of the array. */
export function decodeUtf16(units: Uint16Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < units.length; start += 8192)
    pieces.push(String.fromCharCode(...units.subarray(start, start + 8192)));
  return pieces.join("");
}
