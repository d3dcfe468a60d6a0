/** Types as C writes them: a specifier, and a declarator around a name. */
import type { BaseTypeName, Parameter, Type } from "../../grammar/index.ts";
import { globalName, memberName, type TypeNames } from "./c-names.ts";

/** The C type of each base type. `char` is unsigned by definition (MIDL "/char"). */
const baseTypes: Readonly<Record<BaseTypeName, string>> = {
  boolean: "boolean",
  byte: "byte",
  char: "unsigned char",
  wchar_t: "midl_wchar_t",
  int8: "int8_t",
  uint8: "uint8_t",
  int16: "int16_t",
  uint16: "uint16_t",
  int32: "int32_t",
  uint32: "uint32_t",
  int64: "int64_t",
  uint64: "uint64_t",
  int3264: "intptr_t",
  uint3264: "uintptr_t",
  float: "float",
  double: "double",
  error_status_t: "error_status_t",
};

/**
 * The declaration of a name without its semicolon: `PHONE_ENTRY *next`. A sized pointer points to its first element; a conformant array
 * has one element, as MIDL writes it, so that `sizeof(T) + (n - 1) * sizeof(element)` is enough for n of them.
 */
export function declarationOf(type: Type, name: string, names: TypeNames): string {
  return `${refersToConstant(type) ? "const " : ""}${around(type, name, names)}`;
}

/** The declaration of a parameter; of an array only what C says of it, which is a pointer. */
export function parameterDeclaration({ name, type }: Pick<Parameter, "name" | "type">, names: TypeNames): string {
  const declarator = memberName(name);
  if (type.kind !== "array") return declarationOf(type, declarator, names);
  const prefix = refersToConstant(type) ? "const " : "";
  const count = type.size.kind === "fixed" ? type.size.count.toString() : "";
  return `${prefix}${around(type.element, `${declarator}[${count}]`, names)}`;
}

/** `(int32_t a, FOO *b)`, or `(void)`. */
export function parameterList(parameters: readonly Pick<Parameter, "name" | "type">[], names: TypeNames): string {
  const texts = parameters.map((each) => parameterDeclaration(each, names));
  return `(${texts.length === 0 ? "void" : texts.join(", ")})`;
}

/** Whether the specifier of a declaration is const: `const T *p`, `const T a[2]`. */
function refersToConstant(type: Type): boolean {
  if (type.kind === "pointer") return type.constant === true || refersToConstant(type.pointee);
  if (type.kind === "context-handle") return type.constant === true;
  return type.kind === "array" && (type.constant === true || refersToConstant(type.element));
}

function around(type: Type, declarator: string, names: TypeNames): string {
  switch (type.kind) {
    case "base":
      return joined(baseTypes[type.base], declarator);
    case "void":
      return joined("void", declarator);
    case "enum":
    case "struct":
    case "union":
      return joined(names.of(type), declarator);
    case "alias":
    case "pipe":
      return joined(names.typedef(type), declarator);
    case "pointer": {
      const { pointee } = type;
      if (pointee.kind === "array" && pointee.size.kind === "conformant")
        return around(pointee.element, `*${declarator}`, names);
      const outer = pointee.kind === "array" || pointee.kind === "function";
      return around(pointee, outer ? `(*${declarator})` : `*${declarator}`, names);
    }
    case "array": {
      const count = type.size.kind === "fixed" ? type.size.count : 1;
      return around(type.element, `${declarator}[${count}]`, names);
    }
    case "context-handle":
      return around(type.pointee ?? { kind: "void" }, `*${declarator}`, names);
    case "binding-handle":
      return joined("handle_t", declarator);
    case "interface":
      return joined(type.name === "void" ? "void" : globalName(type.name), declarator);
    case "function":
      return around(type.returnType, `${declarator}${parameterList(type.parameters, names)}`, names);
    default:
      return type satisfies never;
  }
}

function joined(specifier: string, declarator: string): string {
  return declarator === "" ? specifier : `${specifier} ${declarator}`;
}
