/** Constants of C headers: `#define` directives (MIDL "const"). */
import type { BaseTypeName, ConstantDeclaration, Type } from "../../grammar/index.ts";
import { declarationOf } from "./c-declarations.ts";
import { globalName, type TypeNames } from "./c-names.ts";

/** `#define LIMIT 10u`: a literal of the C type, so that `#if` understands whole numbers. */
export function constantDefinition({ name, type, value }: ConstantDeclaration, names: TypeNames): string {
  return `#define ${globalName(name)} ${valueText(value, type, names)}`;
}

/** The value of an enumerator: C gives enumerators the type int, which holds the same 32 bits. */
export function enumeratorValue(value: number): string {
  return wholeNumber(BigInt.asIntN(32, BigInt(value)), "int32");
}

function valueText(value: ConstantDeclaration["value"], type: Type, names: TypeNames): string {
  const target = withoutAlias(type);
  if (typeof value === "string") return stringText(value, target);
  if (value === null) return `((${declarationOf(type, "", names)})0)`;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (target.kind === "base" && (target.base === "float" || target.base === "double"))
    return floatText(Number(value), target.base);
  if (target.kind === "base") return wholeNumber(BigInt(value), target.base);
  const inner = target.kind === "pointer" && BigInt(value) !== 0n ? "(intptr_t)" : "";
  const isWide = BigInt.asIntN(32, BigInt(value)) !== BigInt(value);
  return `((${declarationOf(type, "", names)})${inner}${wholeNumber(BigInt(value), isWide ? "int64" : "int32")})`;
}

function withoutAlias(type: Type): Type {
  return type.kind === "alias" ? withoutAlias(type.target) : type;
}

/** A literal whose type after the integer promotions is that of the constant. The lowest number of a type has no literal in C. */
function wholeNumber(value: bigint, base: BaseTypeName): string {
  const literal = (digits: bigint): string => {
    if (base === "uint32" || base === "error_status_t") return `${digits}u`;
    if (base === "int64" || base === "int3264") return `INT64_C(${digits})`;
    return base === "uint64" || base === "uint3264" ? `UINT64_C(${digits})` : digits.toString();
  };
  if (value >= 0n) return literal(value);
  const lowest = value === -(1n << 31n) || value === -(1n << 63n);
  return lowest ? `(-${literal(-value - 1n)} - 1)` : `(-${literal(-value)})`;
}

function floatText(value: number, base: "float" | "double"): string {
  const digits = Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(1) : value.toString();
  const text = base === "float" ? `${digits}f` : digits;
  return value < 0 ? `(${text})` : text;
}

function stringText(value: string, type: Type): string {
  const literal = `"${Array.from(value, escaped).join("")}"`;
  return isWide(type) ? `MIDL_WIDE(${literal})` : literal;
}

function isWide(type: Type): boolean {
  const target = withoutAlias(type);
  if (target.kind === "pointer") return isWide(target.pointee);
  if (target.kind === "array") return isWide(target.element);
  return target.kind === "base" && target.base === "wchar_t";
}

/** Octal escapes end after three digits, hexadecimal ones do not; `??` may begin a trigraph. */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '"' || character === "\\" || character === "?") return `\\${character}`;
  if (code >= 0x20 && code < 0x7f) return character;
  if (code < 0x100) return `\\${code.toString(8).padStart(3, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
