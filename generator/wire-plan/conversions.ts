import type { AliasType, AttributeUse, PointerType, Type } from "../../grammar/index.ts";

/** Routines of the application: `_to_xmit` and its kin, `_from_local` and its kin, `_UserSize` and its kin. */
export type ConversionKind = "xmit" | "local" | "user";

/**
 * A typedef in whose place another type travels, by routines of the application (MIDL "transmit_as", "represent_as", "wire_marshal",
 * "user_marshal").
 */
export interface Conversion {
  readonly kind: ConversionKind;
  readonly attribute: "transmit_as" | "represent_as" | "wire_marshal" | "user_marshal";
  /** The typedef that has the attribute. */
  readonly type: AliasType;
  /** What the names of the routines begin with. */
  readonly prefix: string;
  /** What the application has; undefined for a type of its own, which the IDL does not declare. */
  readonly presented: Type | undefined;
  /** Name of the application's own type. */
  readonly local: string;
  /** The argument of the attribute as it is written. */
  readonly argument: string;
  /** What travels. */
  readonly transmitted: Type;
}

/** Attributes in the order in which they act when a value is sent: [represent_as] before [transmit_as] (RPC "The represent_as Attribute"). */
const ATTRIBUTES = ["user_marshal", "represent_as", "transmit_as", "wire_marshal"] as const;

/** The conversion that stands before everything else in a typedef; undefined when there is none. */
export function conversionOf(type: AliasType): Conversion | undefined {
  for (const attribute of ATTRIBUTES) {
    const use = type.attributes.get(attribute);
    if (use !== undefined) return conversionBy(attribute, use, type);
  }
  return undefined;
}

/** Whether what the application has of a type is null at times: a pointer that is not [ref], or what such a pointer is presented for. */
export function mayBeNull(type: Type | undefined): boolean {
  if (type?.kind !== "alias") return type?.kind === "pointer" && type.pointer !== "ref";
  const conversion = conversionOf(type);
  return mayBeNull(conversion === undefined ? type.target : conversion.presented);
}

/** Whether a box stands between a pointer that may be null and what it refers to, because that may be null itself. */
export function isBoxed({ pointer, pointee }: Pick<PointerType, "pointer" | "pointee">): boolean {
  return pointer !== "ref" && mayBeNull(pointee);
}

/** The typedef without its conversion, or with the next one. */
function behind(attribute: string, type: AliasType): AliasType {
  return { ...type, attributes: new Map([...type.attributes].filter(([name]) => name !== attribute)) };
}

function conversionBy(attribute: Conversion["attribute"], use: AttributeUse, type: AliasType): Conversion {
  const argument = argumentOf(use);
  const common = { attribute, type, argument };
  const inner = behind(attribute, type);
  const target = conversionOf(inner) === undefined ? type.target : inner;
  switch (attribute) {
    case "transmit_as":
    case "wire_marshal": {
      if (use.type === undefined) throw new Error(`[${attribute}] on ${type.name} names no type`);
      const kind = attribute === "transmit_as" ? "xmit" : "user";
      const presented = isUntyped(type.target) ? undefined : besidePlace(type);
      return { ...common, kind, prefix: type.name, presented, local: type.name, transmitted: use.type };
    }
    case "represent_as":
      return {
        ...common,
        kind: "local",
        prefix: type.name,
        presented: use.type,
        local: argument,
        transmitted: target,
      };
    case "user_marshal":
      return { ...common, kind: "user", prefix: argument, presented: use.type, local: argument, transmitted: target };
    default:
      return attribute satisfies never;
  }
}

/**
 * The application's type, wherever it stands: the pointer that it may be never travels, so that the place makes no [ref] pointer of it, which
 * only its own attribute does.
 */
function besidePlace({ target, attributes }: AliasType): Type {
  return target.kind === "pointer" && target.pointer === "ref" && !attributes.has("ref")
    ? { ...target, pointer: "unique" }
    : target;
}

/** `void *`: the application says what it is. */
function isUntyped(type: Type): boolean {
  if (type.kind === "alias") return isUntyped(type.target);
  return type.kind === "pointer" && (type.pointee.kind === "void" || isUntyped(type.pointee));
}

function argumentOf({ arguments: [argument] }: AttributeUse): string {
  return argument?.kind === "name" ? argument.name : "";
}

/** Types of JavaScript that an application may represent something as without saying where they come from. */
const JAVASCRIPT_TYPES: ReadonlySet<string> = new Set(
  (
    "ArrayBuffer BigInt64Array BigUint64Array Buffer DataView Date Float32Array Float64Array Int16Array Int32Array Int8Array RegExp URL " +
    "URLSearchParams Uint16Array Uint32Array Uint8Array bigint boolean number string"
  ).split(" "),
);

/** Whether the application's own type is one of JavaScript's. */
export function isJavaScriptType({ local }: Pick<Conversion, "local">): boolean {
  return JAVASCRIPT_TYPES.has(local);
}
