/** What rules look at: fields, arms and parameters, and the types behind names and pointers. */
import type {
  Arm,
  ArrayType,
  Attributes,
  AttributeUse,
  Expression,
  Field,
  Parameter,
  StructType,
  Type,
  TypeDeclaration,
  UnionType,
} from "../model.ts";
import { stripAliases } from "../binder/fold.ts";

/** Anything that has a name, a type and attributes. */
export type Member = Field | Arm | Parameter;

/** The name for messages. */
export function memberName(member: Member): string {
  return member.name ?? "empty arm";
}

/** The type behind typedef names. */
export const behindNames = stripAliases;

/** Whether the last field of a struct, or of a struct in it, is a conformant array: an open structure in MIDL's words. */
export function isOpenStruct(type: Type): boolean {
  let current = behindNames(type);
  for (let depth = 0; depth < structDepthLimit && current.kind === "struct"; depth++) {
    const last = current.fields.at(-1);
    if (last === undefined) return false;
    current = behindNames(last.type);
    if (isConformant(current)) return true;
  }
  return false;
}

/** Structs nest by value only so deep in a sensible file; a cycle is reported by its own rule. */
const structDepthLimit = 200;

/** Whether a type is an array whose size, or that of an array in it, is sent. */
export function isConformant(type: Type): boolean {
  let current = behindNames(type);
  while (current.kind === "array") {
    if (current.size.kind === "conformant") return true;
    current = behindNames(current.element);
  }
  return false;
}

/** Whether an array is a [string], of characters or of structures of bytes. */
export function isString({ string, varying }: ArrayType): boolean {
  return string || varying?.terminated === true;
}

/** The members of a struct or union. */
export function membersOf(type: StructType | UnionType): readonly (Field | Arm)[] {
  return type.kind === "struct" ? type.fields : type.arms;
}

/** The type that pointers and arrays lead to in the end. */
export function ultimateType(type: Type): Exclude<Type, { readonly kind: "alias" | "pointer" | "array" }> {
  let current = behindNames(type);
  while (current.kind === "pointer" || current.kind === "array") {
    current = behindNames(current.kind === "pointer" ? current.pointee : current.element);
  }
  return current;
}

/** The type that travels, behind typedef names: of a name with [transmit_as] or [wire_marshal] the type that they name. */
export function transmittedType(type: Type): Exclude<Type, { readonly kind: "alias" }> {
  let current = type;
  while (current.kind === "alias") {
    const { attributes, target } = current;
    current = attributes.get("transmit_as")?.type ?? attributes.get("wire_marshal")?.type ?? target;
  }
  return current;
}

/** The type that travels, behind pointers and arrays too. */
export function ultimateTransmitted(type: Type): Exclude<Type, { readonly kind: "alias" | "pointer" | "array" }> {
  let current = transmittedType(type);
  while (current.kind === "pointer" || current.kind === "array") {
    current = transmittedType(current.kind === "pointer" ? current.pointee : current.element);
  }
  return current;
}

/** The size and length expressions of a type's outer levels. */
export function sizeExpressions(type: Type): { readonly sizes: Expression[]; readonly lengths: Expression[] } {
  const sizes: Expression[] = [];
  const lengths: Expression[] = [];
  for (let current = behindNames(type); current.kind === "pointer" || current.kind === "array";) {
    if (current.kind === "array") {
      if (current.size.kind === "conformant" && current.size.sizeIs !== undefined) sizes.push(current.size.sizeIs);
      if (current.varying?.lengthIs !== undefined) lengths.push(current.varying.lengthIs);
      if (current.varying?.firstIs !== undefined) lengths.push(current.varying.firstIs);
    }
    current = behindNames(current.kind === "pointer" ? current.pointee : current.element);
  }
  return { sizes, lengths };
}

/** The fields and parameters that an expression refers to. */
export function referencesIn(expression: Expression): (Field | Parameter)[] {
  switch (expression.kind) {
    case "reference":
      return [expression.target];
    case "unary":
    case "cast":
      return referencesIn(expression.operand);
    case "member":
      return referencesIn(expression.object);
    case "binary":
      return [...referencesIn(expression.left), ...referencesIn(expression.right)];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse].flatMap(referencesIn);
    case "constant":
    case "name":
      return [];
    default:
      return expression satisfies never;
  }
}

/** The attributes of a declared type; enums and pipes keep none. */
export function attributesOf({ type }: TypeDeclaration): Attributes {
  return type.kind === "enum" || type.kind === "pipe" ? new Map() : type.attributes;
}

/** The arguments of an attribute that are names, in lower case. */
export function argumentNames(use: AttributeUse): string[] {
  return use.arguments.flatMap((argument) => (argument?.kind === "name" ? [argument.name.toLowerCase()] : []));
}
