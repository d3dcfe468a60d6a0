/** Types before the place where they stand is known. */
import type { FunctionNode } from "../ast.ts";
import type { Type } from "../model.ts";
import type { SourceSpan } from "../source.ts";
import type { TypedefSymbol } from "./scope.ts";

/** A type whose pointers have no kind yet. */
export type RawType = DoneType | NamedRawType | PointerRawType | ArrayRawType | FunctionRawType;

/** A type without pointers of its own: a base type, a struct, an enum. */
export interface DoneType {
  readonly kind: "done";
  readonly type: Type;
}

export interface NamedRawType {
  readonly kind: "named";
  readonly symbol: TypedefSymbol;
}

export interface PointerRawType {
  readonly kind: "pointer";
  readonly pointee: RawType;
  /** `const T *` */
  readonly constant?: true;
}

export interface ArrayRawType {
  readonly kind: "array";
  readonly element: RawType;
  readonly bounds: Bounds;
  /** `const T a[]` */
  readonly constant?: true;
  readonly span: SourceSpan;
}

/** The bounds of an array; what an attribute gives is undefined (C706 chapter 4). */
export interface Bounds {
  readonly lower: bigint | undefined;
  readonly upper: bigint | undefined;
}

export interface FunctionRawType {
  readonly kind: "function";
  readonly returnType: RawType;
  readonly node: FunctionNode;
}

/** The type behind typedef names. */
export function strip(raw: RawType): Exclude<RawType, NamedRawType> {
  let current = raw;
  while (current.kind === "named") current = current.symbol.raw;
  return current;
}

/** Whether a type is `void`, behind any typedef names. */
export function isVoid(raw: RawType): boolean {
  const stripped = strip(raw);
  return stripped.kind === "done" && stripped.type.kind === "void";
}
