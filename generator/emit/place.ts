import { alignUp, bySyntax } from "../wire-plan/layout.ts";
import type { BySyntax } from "../wire-plan/plan.ts";

/** A number as generated code says it: `8`, or `wide ? 16 : 8` where NDR64 differs. `wide` is a local of every routine that needs it. */
export function dual(value: BySyntax<number>): string {
  return value.ndr === value.ndr64 ? String(value.ndr) : `wide ? ${value.ndr64} : ${value.ndr}`;
}

/** The same as an operand. */
export function dualOperand(value: BySyntax<number>): string {
  return value.ndr === value.ndr64 ? String(value.ndr) : `(${dual(value)})`;
}

/** An offset in the stub data: a variable, and octets behind it. */
export interface Place {
  readonly base: string;
  readonly offset: BySyntax<number>;
}

/** The place as an expression. */
export function placeText(place: Place): string {
  return place.offset.ndr === 0 && place.offset.ndr64 === 0
    ? place.base
    : `${place.base} + ${dualOperand(place.offset)}`;
}

/** The place so many octets later. */
export function placeAfter(place: Place, octets: BySyntax<number>): Place {
  return { base: place.base, offset: bySyntax((syntax) => place.offset[syntax] + octets[syntax]) };
}

/** The place rounded up; right only while `base` itself is aligned to at least `alignment`. */
export function placeAligned(place: Place, alignment: BySyntax<number>): Place {
  return { base: place.base, offset: bySyntax((syntax) => alignUp(place.offset[syntax], alignment[syntax])) };
}
