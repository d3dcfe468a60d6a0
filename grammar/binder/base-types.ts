/** Base types: the words that name them, and the names that exist from the start. */
import type { BaseType, BaseTypeName, BindingHandleType, Type, VoidType } from "../model.ts";

/** `void` */
export const voidType: VoidType = { kind: "void" };

/** `handle_t` */
export const bindingHandle: BindingHandleType = { kind: "binding-handle" };

/** Stands for a type that could not be found, so that one mistake gives one message. */
export const unresolvedType: BaseType = { kind: "base", base: "int32" };

/** A base type by its name in the model. */
export function baseType(base: BaseTypeName): BaseType {
  return { kind: "base", base };
}

/** Names that are no keywords but exist without a declaration (MIDL "Base Types", "handle_t", "error_status_t", "wchar_t"). */
export const predefinedTypes: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["wchar_t", baseType("wchar_t")],
  ["error_status_t", baseType("error_status_t")],
  ["handle_t", bindingHandle],
  ["__wchar_t", baseType("wchar_t")],
  ["ISO_LATIN_1", baseType("byte")],
]);

const integerWords: Readonly<Record<string, readonly [signed: BaseTypeName, unsigned: BaseTypeName]>> = {
  small: ["int8", "uint8"],
  __int8: ["int8", "uint8"],
  short: ["int16", "uint16"],
  __int16: ["int16", "uint16"],
  int: ["int32", "uint32"],
  long: ["int32", "uint32"],
  __int32: ["int32", "uint32"],
  hyper: ["int64", "uint64"],
  __int64: ["int64", "uint64"],
  _int64: ["int64", "uint64"],
  __int3264: ["int3264", "uint3264"],
};

/**
 * The type that a run of words names (C706 chapter 4): `unsigned long int`, `long long`, `hyper`; undefined when they do not go
 * together. `char` is unsigned on the wire, `signed char` is `small` (MIDL "char").
 */
export function baseTypeOf(words: readonly string[]): BaseType | VoidType | undefined {
  const unsigned = words.includes("unsigned");
  const signed = words.includes("signed") || words.includes("__signed");
  const rest = words.filter((word) => word !== "unsigned" && word !== "signed" && word !== "__signed");
  if (words.length - rest.length > 1) return undefined;
  const [first = "int", second, ...others] = rest.length > 1 ? rest.filter((word) => word !== "int") : rest;
  if (others.length > 0) return undefined;
  if (second !== undefined) {
    const wide = first === "long" && (second === "long" || second === "hyper");
    return wide ? baseType(unsigned ? "uint64" : "int64") : undefined;
  }
  const integer = integerWords[first];
  if (integer !== undefined) return baseType(integer[unsigned ? 1 : 0]);
  if (first === "char") return baseType(signed ? "int8" : "char");
  if (unsigned || signed) return undefined;
  switch (first) {
    case "boolean":
    case "byte":
    case "float":
    case "double":
      return baseType(first);
    case "void":
      return voidType;
    default:
      return undefined;
  }
}
