/** Types and size expressions in the words of the .idl. */
import type { ArrayType, BaseTypeName, Expression, Type } from "../../grammar/index.ts";

/** A type as a declaration would name it: `PHONE_ENTRY *`, `unsigned long[letters]`, `wchar_t string`. */
export function idlType(type: Type): string {
  switch (type.kind) {
    case "base":
      return BASE_TYPES[type.base];
    case "alias":
    case "enum":
    case "struct":
    case "union":
    case "pipe":
    case "interface":
    case "context-handle":
      return type.name;
    case "pointer":
      return type.pointee.kind === "array" && type.pointee.string
        ? idlType(type.pointee)
        : `${idlType(type.pointee)} *`;
    case "array":
      return type.string ? `${idlType(type.element)} string` : `${idlType(type.element)}[${extentOf(type)}]`;
    case "binding-handle":
      return "handle_t";
    case "void":
      return "void";
    case "function":
      return "function";
    default:
      return type satisfies never;
  }
}

const BASE_TYPES: Readonly<Record<BaseTypeName, string>> = {
  boolean: "boolean",
  byte: "byte",
  char: "char",
  wchar_t: "wchar_t",
  int8: "small",
  uint8: "unsigned char",
  int16: "short",
  uint16: "unsigned short",
  int32: "long",
  uint32: "unsigned long",
  int64: "hyper",
  uint64: "unsigned hyper",
  int3264: "__int3264",
  uint3264: "unsigned __int3264",
  float: "float",
  double: "double",
  error_status_t: "error_status_t",
};

function extentOf({ size }: ArrayType): string {
  if (size.kind === "fixed") return String(size.count);
  return size.sizeIs === undefined ? "" : idlExpression(size.sizeIs);
}

/** An expression in C: `*count`, `size + 1`. */
export function idlExpression(expression: Expression): string {
  switch (expression.kind) {
    case "constant":
      return String(expression.value);
    case "reference":
      return expression.target.name;
    case "member":
      return `${operand(expression.object)}.${expression.member.name}`;
    case "unary":
      return `${expression.operator}${operand(expression.operand)}`;
    case "binary":
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case "conditional":
      return `${operand(expression.condition)} ? ${operand(expression.whenTrue)} : ${operand(expression.whenFalse)}`;
    case "cast":
      return idlExpression(expression.operand);
    case "name":
      return expression.name;
    default:
      return expression satisfies never;
  }
}

function operand(expression: Expression): string {
  const text = idlExpression(expression);
  return expression.kind === "binary" || expression.kind === "conditional" ? `(${text})` : text;
}

/** What a pointer refers to, as a C program writes it: `*matches`. */
export function dereferenced(path: string): string {
  return bounded(`*${path}`);
}

/** A member of what a path names, or with `->` of what it points to. */
export function memberOf(path: string, operator: "." | "->", name: string): string {
  return bounded(`${postfix(path)}${operator}${name}`);
}

/** Any element of the array that a path names or points to. */
export function elementOf(path: string): string {
  return bounded(`${postfix(path)}[]`);
}

/** Of a path that no one could read, the end: types may nest to any depth, and each pointer has a path. */
function bounded(path: string): string {
  return path.length <= LONGEST_PATH ? path : `…${path.slice(path.length - LONGEST_PATH + 1)}`;
}

const LONGEST_PATH = 240;

function postfix(path: string): string {
  return path.startsWith("*") ? `(${path})` : path;
}
