import type { BaseTypeName, EnumType, Type } from "../../grammar/index.ts";
import type { ScalarMethod } from "./plan.ts";

/** How a base type is read and written. */
export function scalarMethodOf(base: BaseTypeName): ScalarMethod {
  return BASE_METHODS[base];
}

const BASE_METHODS: Readonly<Record<BaseTypeName, ScalarMethod>> = {
  boolean: "boolean",
  byte: "uint8",
  char: "uint8",
  wchar_t: "uint16",
  int8: "int8",
  uint8: "uint8",
  int16: "int16",
  uint16: "uint16",
  int32: "int32",
  uint32: "uint32",
  int64: "int64",
  uint64: "uint64",
  int3264: "int3264",
  uint3264: "uint3264",
  float: "float",
  double: "double",
  error_status_t: "uint32",
};

/** [v1_enum] is a long; it is read unsigned when a member says so. */
export function enumMethod(type: EnumType): ScalarMethod {
  if (!type.v1) return "enum16";
  return type.members.some((member) => member.value > 0x7fff_ffff) ? "uint32" : "int32";
}

/** 1 for char, unsigned char and byte, 2 for wchar_t. */
export function characterSizeOf(element: Type): 1 | 2 | undefined {
  if (element.kind === "alias") return characterSizeOf(element.target);
  if (element.kind !== "base") return undefined;
  switch (element.base) {
    case "char":
    case "byte":
    case "uint8":
    case "int8":
      return 1;
    case "wchar_t":
    case "uint16":
      return 2;
    default:
      return undefined;
  }
}
