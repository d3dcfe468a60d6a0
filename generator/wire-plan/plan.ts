/**
 * The wire plan: what goes over the wire, in which order, at which alignment, in both transfer syntaxes. Every routine that is printed
 * (marshal, unmarshal, size, skip, referents) is printed from it, so that they cannot disagree.
 */
import type {
  Arm,
  EnumType,
  Expression,
  Field,
  PointerKind,
  Range,
  StructType,
  UnionType,
  Varying,
} from "../../grammar/index.ts";
import type { Conversion } from "./conversions.ts";

/** NDR (C706 chapter 14) or NDR64 (MS-RPCE 2.2.5). */
export type TransferSyntax = "ndr" | "ndr64";

/** A value for each transfer syntax. */
export interface BySyntax<T> {
  readonly ndr: T;
  readonly ndr64: T;
}

/** Octets and alignment of something on the wire. */
export interface WireLayout {
  /** Alignment of its first octet. */
  readonly start: BySyntax<number>;
  /**
   * What it contributes to the alignment of a struct that holds it. Differs from `start` for unions in NDR, whose discriminant is
   * aligned by itself.
   */
  readonly alignment: BySyntax<number>;
  /** Undefined when the size depends on the value. */
  readonly size: BySyntax<number> | undefined;
}

/** Reader and writer methods for values of fixed size. */
export type ScalarMethod =
  | "boolean"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float"
  | "double"
  | "enum16"
  | "int3264"
  | "uint3264";

export type ValuePlan =
  | ScalarPlan
  | PointerPlan
  | StructValuePlan
  | UnionValuePlan
  | FixedArrayPlan
  | VaryingArrayPlan
  | VaryingStringPlan
  | ConformantArrayPlan
  | ConformantStringPlan
  | MultidimensionalArrayPlan
  | ContextHandlePlan
  | ConvertedPlan
  | IgnoredPointerPlan
  | ObjectReferencePlan;

export interface ScalarPlan {
  readonly kind: "scalar";
  readonly method: ScalarMethod;
  readonly enumType: EnumType | undefined;
  readonly range: Range | undefined;
}

/** A pointer in its parent: a referent identifier in place (none at top level for [ref]), the referent behind. */
export interface PointerPlan {
  readonly kind: "pointer";
  readonly pointer: PointerKind;
  readonly referent: ValuePlan;
  /** Where what it leads to lives when the model is not node by node with reuse of the buffer. */
  readonly storage: PointerStorage | undefined;
  /** A null pointer whose array has a size is refused: not with [disable_consistency_check] (MS-RPCE 3.1.1.5.3.3.1.2). */
  readonly refusesSizedNull: boolean;
}

/**
 * "own": every node from the pair, none a view of the stub data ([force_allocate], [allocate(dont_free)]). "all-nodes": all that is
 * reachable in one block ([allocate(all_nodes)]). "buffer": all of it in a buffer of the application ([byte_count]).
 */
export type PointerStorage = "own" | "all-nodes" | "buffer";

export interface StructValuePlan {
  readonly kind: "struct";
  readonly struct: StructType;
}

export interface UnionValuePlan {
  readonly kind: "union";
  readonly union: UnionType;
  /** Undefined for encapsulated unions. */
  readonly switchIs: Expression | undefined;
}

/** A fixed array: all of its elements, nothing else. */
export interface FixedArrayPlan {
  readonly kind: "fixed-array";
  readonly count: number;
  readonly element: ValuePlan;
}

/** A fixed array of which a part is sent: offset, actual count, elements. */
export interface VaryingArrayPlan {
  readonly kind: "varying-array";
  readonly count: number;
  readonly element: ValuePlan;
  readonly firstIs: Expression | undefined;
  readonly lengthIs: Expression | undefined;
  /** [string] of structures of bytes. */
  readonly terminated?: true;
}

/** `[string] char a[64]`. */
export interface VaryingStringPlan {
  readonly kind: "varying-string";
  readonly characterSize: 1 | 2;
  /** Characters with the terminator. */
  readonly capacity: number;
}

/** A conformant array, varying or not: behind a pointer, as a parameter, or as the tail of a struct. */
export interface ConformantArrayPlan {
  readonly kind: "conformant-array";
  readonly element: ValuePlan;
  readonly sizeIs: Expression | undefined;
  readonly varying: Varying | undefined;
  readonly range: Range | undefined;
  /** The server stub may hand out a view of the stub data: not with [force_allocate], [allocate(all_nodes)] or [byte_count]. */
  readonly mayReuseBuffer: boolean;
}

/**
 * An array of several dimensions of which one or more are conformant or varying: the maximum counts of all, the offsets and actual counts of
 * all, the elements (C706 14.3.3.7 to 14.3.3.9, MS-RPCE 2.2.5.3.2.4). Arrays of fixed arrays alone are fixed arrays of fixed arrays.
 */
export interface MultidimensionalArrayPlan {
  readonly kind: "multidimensional-array";
  /** The outermost first; two or more. */
  readonly dimensions: readonly DimensionPlan[];
  /** No array but a string. */
  readonly element: ValuePlan;
  /** Maximum counts are sent, those of fixed dimensions too. */
  readonly isConformant: boolean;
  /** Offsets and actual counts are sent, those of whole dimensions too. */
  readonly isVarying: boolean;
  /** [range] of the outermost maximum count. */
  readonly range: Range | undefined;
}

export interface DimensionPlan {
  /** Its bound, undefined for a conformant dimension. */
  readonly count: number | undefined;
  readonly sizeIs: Expression | undefined;
  readonly varying: Varying | undefined;
}

export interface ConformantStringPlan {
  readonly kind: "conformant-string";
  readonly characterSize: 1 | 2;
  readonly sizeIs: Expression | undefined;
  readonly range: Range | undefined;
}

/** A parameter, or an element of an array. */
export interface ContextHandlePlan {
  readonly kind: "context-handle";
  readonly name: string;
  /** False for an [in] parameter: it must be open. */
  readonly mayBeNull: boolean;
}

/** A value that routines of the application convert: what travels is planned as what it is. */
export interface ConvertedPlan {
  readonly kind: "converted";
  readonly conversion: Conversion;
  /** The transmitted type; of [wire_marshal] and [user_marshal] with a pointer as wire type, what that points to. */
  readonly wire: ValuePlan;
  /** The kind of the wire type of [wire_marshal] or [user_marshal] when it is a pointer, which the stub takes care of. */
  readonly pointer: PointerKind | undefined;
}

/** [ignore]: a pointer of which only a null identifier travels. */
export interface IgnoredPointerPlan {
  readonly kind: "ignored-pointer";
  /** The pointer's type says that it is never null. */
  readonly isRef: boolean;
}

/** What an interface pointer refers to: an OBJREF as opaque octets (MS-DCOM 2.2.14, MInterfacePointer). Behind pointers only. */
export interface ObjectReferencePlan {
  readonly kind: "object-reference";
}

/** A member of a struct with its plan. */
export interface StructItem {
  readonly field: Field;
  readonly plan: ValuePlan;
}

export interface StructPlan {
  readonly type: StructType;
  readonly items: readonly StructItem[];
  readonly layout: WireLayout;
  /** The plan of the conformant tail, own or of the last member; its count comes before the struct. */
  readonly tail: ConformantTail | undefined;
  /** Something lies behind the fixed part. */
  readonly hasReferents: boolean;
  /** Number of the recursion group, undefined for a type that cannot reach itself. */
  readonly recursion: number | undefined;
}

/** Where the conformance of a struct comes from: the fields that lead to the array, and the array. */
export interface ConformantTail {
  readonly path: readonly Field[];
  readonly plan: ConformantArrayPlan | ConformantStringPlan | MultidimensionalArrayPlan;
  /** Offset of the first octet after everything else in the struct; undefined behind members of varying size. */
  readonly offset: BySyntax<number> | undefined;
}

export interface UnionArmPlan {
  readonly arm: Arm;
  /** Undefined for an empty arm. */
  readonly plan: ValuePlan | undefined;
}

export interface UnionPlan {
  readonly type: UnionType;
  readonly discriminant: ScalarPlan;
  readonly arms: readonly UnionArmPlan[];
  readonly layout: WireLayout;
  /** Alignment of the arm when it does not depend on which arm it is: [ms_union] in NDR, always in NDR64. */
  readonly armAlignment: BySyntax<number | undefined>;
  readonly hasReferents: boolean;
  readonly recursion: number | undefined;
}

/** Thrown while a plan is made for something that cannot be sent; the operation that needs it is left out with this reason. */
export class NotGenerated extends Error {}
