/** Types at their place: pointer kinds, sized pointers, strings and context handles (RPC "Default Pointer Types", C706 chapter 4). */
import type {
  AliasType,
  ArrayType,
  AttributeUse,
  Attributes,
  ContextHandleType,
  Expression,
  Parameter,
  PointerKind,
  Range,
  Type,
  Varying,
} from "../model.ts";
import { arrayExtent, pointerExtent } from "./extents.ts";
import type { DeclaredShape, Dimension } from "./shape.ts";
import {
  isVoid,
  strip,
  type ArrayRawType,
  type FunctionRawType,
  type NamedRawType,
  type PointerRawType,
  type RawType,
} from "./raw-type.ts";

/** Where a type stands, and what is still to be applied to its outer levels. */
interface Place {
  readonly pointer: PointerKind | undefined;
  /** The outermost pointer of a parameter is [ref] by default. */
  readonly topLevel: boolean;
  readonly pointerDefault: PointerKind;
  readonly dimensions: readonly (Dimension | undefined)[];
  readonly string: boolean;
  readonly contextHandle: { readonly name: string; readonly attributes: Attributes } | undefined;
  readonly range: Range | undefined;
  readonly iidIs: Expression | undefined;
  readonly attributes: Attributes;
}

/** What `instantiate` needs to know about a declaration. */
export interface Declared {
  readonly shape: DeclaredShape;
  readonly attributes: Attributes;
  readonly topLevel: boolean;
  readonly pointerDefault: PointerKind;
  /** Binds the parameters of a function type. */
  readonly parameters: (raw: FunctionRawType) => readonly Parameter[];
}

const noAttributes: Attributes = new Map<string, AttributeUse>();

/** The type of a declaration: a raw type with the declaration's attributes applied level by level. */
export function instantiate(raw: RawType, declared: Declared): Type {
  const { shape, attributes, topLevel, pointerDefault } = declared;
  const place: Place = {
    pointer: shape.pointer,
    topLevel,
    pointerDefault,
    dimensions: shape.dimensions,
    string: shape.string,
    contextHandle: shape.contextHandle === undefined ? undefined : { name: "void", attributes },
    range: shape.range,
    iidIs: shape.iidIs,
    attributes,
  };
  const type = apply(raw, place, declared);
  const embedded = strip(raw).kind === "array" && topLevel && (shape.pointer === "unique" || shape.pointer === "ptr");
  if (!embedded) return type;
  return { kind: "pointer", pointer: shape.pointer, pointee: type, attributes };
}

function apply(raw: RawType, place: Place, declared: Declared): Type {
  switch (raw.kind) {
    case "done":
      return raw.type;
    case "named":
      return applyName(raw, place, declared);
    case "pointer":
      return applyPointer(raw, place, declared);
    case "array":
      return applyArray(raw, place, declared);
    case "function": {
      const returnType = apply(raw.returnType, inner(place), declared);
      return { kind: "function", returnType, parameters: declared.parameters(raw) };
    }
    default:
      return raw satisfies never;
  }
}

function applyName({ symbol }: NamedRawType, place: Place, declared: Declared): Type {
  const { shape, name, attributes, file, span } = symbol;
  const alias = (target: Type): AliasType => ({ kind: "alias", name, target, attributes, file, span });
  if (shape.contextHandle !== undefined && isPointer(symbol.raw)) {
    const all = place.contextHandle === undefined ? attributes : new Map([...attributes, ...place.attributes]);
    return alias(contextHandle({ name, attributes: all }, symbol.raw, place, declared));
  }
  if (place.contextHandle !== undefined && isPointerToData(symbol.raw)) {
    return contextHandle(place.contextHandle, symbol.raw, place, declared);
  }
  const own = place.dimensions.every((dimension) => dimension === undefined);
  const target = apply(
    symbol.raw,
    {
      pointer: place.pointer ?? shape.pointer,
      topLevel: place.topLevel,
      pointerDefault: symbol.pointerDefault ?? place.pointerDefault,
      dimensions: own ? shape.dimensions : place.dimensions,
      string: place.string || shape.string,
      contextHandle: place.contextHandle,
      range: place.range ?? shape.range,
      iidIs: place.iidIs ?? shape.iidIs,
      attributes: place.attributes.size === 0 ? attributes : place.attributes,
    },
    declared,
  );
  return alias(target);
}

function applyPointer(raw: PointerRawType, place: Place, declared: Declared): Type {
  if (place.contextHandle !== undefined && isData(raw.pointee)) {
    return contextHandle(place.contextHandle, raw, place, declared);
  }
  const pointer = place.pointer ?? (place.topLevel ? "ref" : place.pointerDefault);
  const { attributes } = place;
  const constant = raw.constant === undefined ? {} : { constant: raw.constant };
  if (place.iidIs !== undefined && isVoid(raw.pointee)) {
    return {
      kind: "pointer",
      pointer: "unique",
      pointee: { kind: "interface", name: "void", iidIs: place.iidIs },
      attributes,
    };
  }
  const [dimension] = place.dimensions;
  const string = place.string && isCharacter(raw.pointee);
  const ofStructures = string && isStructure(raw.pointee);
  const sized = dimension !== undefined || string;
  const element = apply(raw.pointee, { ...inner(place), range: sized ? undefined : place.range }, declared);
  if (!sized) {
    const pointee = withInterface(element, place);
    // An interface pointer may be null wherever it stands: it travels as a pointer to an MInterfacePointer (MS-DCOM 2.2.14).
    return { kind: "pointer", pointer: isInterface(pointee) ? "unique" : pointer, pointee, ...constant, attributes };
  }
  const array: ArrayType = {
    kind: "array",
    element,
    ...pointerExtent(dimension),
    ...(ofStructures ? { varying: TERMINATED } : {}),
    string: string && !ofStructures,
    range: place.range,
    attributes,
  };
  return { kind: "pointer", pointer, pointee: array, ...constant, attributes };
}

function isInterface(type: Type): boolean {
  return type.kind === "alias" ? isInterface(type.target) : type.kind === "interface";
}

function applyArray(raw: ArrayRawType, place: Place, declared: Declared): Type {
  const [dimension] = place.dimensions;
  const string = place.string && isCharacter(raw.element);
  const ofStructures = string && isStructure(raw.element);
  const next = { ...inner(place), pointer: place.topLevel ? undefined : place.pointer };
  return {
    kind: "array",
    element: apply(raw.element, next, declared),
    ...arrayExtent(raw.bounds, dimension, raw.span),
    ...(ofStructures ? { varying: TERMINATED } : {}),
    ...(raw.constant === undefined ? {} : { constant: raw.constant }),
    string: string && !ofStructures,
    range: place.range,
    attributes: place.attributes,
  };
}

/** The place of what a pointer or an array at `place` refers to. */
function inner(place: Place): Place {
  return {
    ...place,
    pointer: undefined,
    topLevel: false,
    dimensions: place.dimensions.slice(1),
    range: undefined,
    attributes: noAttributes,
  };
}

/** [iid_is] names the interface of a pointer to any interface. */
function withInterface(type: Type, place: Place): Type {
  return type.kind === "interface" && place.iidIs !== undefined ? { ...type, iidIs: place.iidIs } : type;
}

function isPointer(raw: RawType): boolean {
  return strip(raw).kind === "pointer";
}

function isPointerToData(raw: RawType): boolean {
  const stripped = strip(raw);
  return stripped.kind === "pointer" && isData(stripped.pointee);
}

/** The context handle that a pointer is; it keeps what the pointer leads to, unless that is `void`. */
function contextHandle(
  handle: Pick<ContextHandleType, "name" | "attributes">,
  raw: RawType,
  place: Place,
  declared: Declared,
): ContextHandleType {
  const stripped = strip(raw);
  if (stripped.kind !== "pointer") throw new Error(`[context_handle] on ${handle.name}, which is no pointer`);
  const constant = stripped.constant === undefined ? {} : { constant: stripped.constant };
  if (isVoid(stripped.pointee)) return { kind: "context-handle", ...handle, ...constant };
  const pointee = apply(stripped.pointee, { ...inner(place), contextHandle: undefined }, declared);
  return { kind: "context-handle", ...handle, ...constant, pointee };
}

function isData(raw: RawType): boolean {
  const { kind } = strip(raw);
  return kind === "done";
}

/** What a [string] may consist of: characters, wide characters, octets, and structs of octets (MIDL "string"). */
function isCharacter(raw: RawType): boolean {
  return strip(raw).kind === "done";
}

/** What of a [string] of structures is sent (MIDL "string"). */
const TERMINATED: Varying = { firstIs: undefined, lengthIs: undefined, terminated: true };

function isStructure(raw: RawType): boolean {
  const stripped = strip(raw);
  return stripped.kind === "done" && stripped.type.kind === "struct";
}
