/** Terminated strings in linear memory, 8-bit (latin1) and UTF-16. Shared memory is no obstacle, as it is to TextDecoder. */
import type { Heap } from "./heap.ts";

/** Octets of a character. */
export type Width = 1 | 2;

/**
 * Reads the string at an address.
 *
 * @param limit octets that may be looked at; without a terminator in them the string ends there
 */
export function readText(heap: Heap, address: number, width: Width, limit: number): string {
  const octets = heap.octets(address + limit);
  if (width === 1) {
    const end = octets.subarray(address, address + limit).indexOf(0);
    return octets.toString("latin1", address, end < 0 ? address + limit : address + end);
  }
  return octets.toString("utf16le", address, address + 2 * unitsBefore(octets, address, limit >> 1));
}

/** UTF-16 units before the terminator. */
function unitsBefore(octets: Buffer, address: number, limit: number): number {
  if ((octets.byteOffset + address) % 2 === 0) {
    const end = new Uint16Array(octets.buffer, octets.byteOffset + address, limit).indexOf(0);
    return end < 0 ? limit : end;
  }
  let count = 0;
  while (count < limit && (octets[address + 2 * count] !== 0 || octets[address + 2 * count + 1] !== 0)) count++;
  return count;
}

/** Writes a string and its terminator; what is behind it in its block stays. */
export function writeText(heap: Heap, address: number, width: Width, text: string): void {
  const octets = heap.octets(address + textSize(text, width));
  if (width === 1) octets.write(text, address, "latin1");
  else octets.write(text, address, "utf16le");
  octets.fill(0, address + width * text.length, address + textSize(text, width));
}

/** Octets of a string with its terminator. */
export function textSize(text: string, width: Width): number {
  return width * (text.length + 1);
}

/**
 * A value as a string that memory can hold.
 *
 * @throws TypeError for no string, a null character inside, characters that 8 bits have no place for
 */
export function checkedText(value: unknown, width: Width, label: string): string {
  if (typeof value !== "string") throw new TypeError(`${label}: ${typeof value} is not a string`);
  if (value.includes("\0")) throw new TypeError(`${label}: a string with a null character inside`);
  if (width === 1 && NOT_LATIN1.test(value))
    throw new TypeError(`${label}: ${JSON.stringify(value)} has characters that an 8-bit string cannot hold`);
  return value;
}

const NOT_LATIN1 = /[^\0-\xff]/;
