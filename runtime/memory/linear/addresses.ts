import type { NodeKind } from "./node-kind.ts";

/** Addresses beyond 2 GB come out of WebAssembly as negative numbers, those of 64-bit memories as bigint. */
export function addressOf(address: number | bigint): number {
  const number = Number(address);
  return number < 0 ? number + 0x1_0000_0000 : number;
}

/** An address for people. */
export function hexadecimal(address: number): string {
  return Number.isSafeInteger(address) ? `0x${address.toString(16)}` : String(address);
}

/** A value for people. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}

/** Whether two node types mean the same: those of arrays and pointers are printed into every module that needs them. */
export function isAlike(left: NodeKind, right: NodeKind): boolean {
  return (
    left === right ||
    (left.type.name === right.type.name &&
      left.type.size === right.type.size &&
      left.elementSize === right.elementSize &&
      left.type.layout.kind === right.type.layout.kind)
  );
}
