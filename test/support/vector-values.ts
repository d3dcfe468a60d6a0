/** The values of test vectors (test/vectors) as the values that generated stubs take and give, and back. */
import { memberName } from "../../generator/emit/names.ts";
import type { ArrayType, Type, UnionType } from "../../grammar/index.ts";
import { decodeUtf16, encodeUtf16 } from "../../runtime/ndr/strings.ts";
import { property } from "./property.ts";

export { property } from "./property.ts";

/** JSON as it stands in a vector. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A context handle in a test: what travels. */
export class HandleValue {
  readonly attributes: number;
  readonly uuid: string;

  constructor(attributes: number, uuid: string) {
    this.attributes = attributes;
    this.uuid = uuid;
  }
}

const NIL = "00000000-0000-0000-0000-000000000000";

/** A vector's value as a stub's; a pipe is a list of its chunks. */
export function fromVector(type: Type, value: Json): unknown {
  switch (type.kind) {
    case "alias":
      return fromVector(type.target, value);
    case "base":
      return isBigint(type.base) ? BigInt(textOf(value)) : value;
    case "enum":
      return value;
    case "pointer":
      return fromPointer(type.pointee, type.pointer !== "ref", value);
    case "struct":
      return Object.fromEntries(
        type.fields.map((field) => [memberName(field.name), fromVector(field.type, member(value, field.name))]),
      );
    case "union":
      return fromUnion(type, value);
    case "array":
      return type.string ? value : fromArray(type, value);
    case "context-handle": {
      const uuid = textOf(member(value, "uuid"));
      return uuid === NIL ? null : new HandleValue(Number(member(value, "attributes")), uuid);
    }
    case "pipe": {
      const chunks = member(value, "chunks");
      if (!Array.isArray(chunks)) throw new Error(`expected chunks, got ${JSON.stringify(value)}`);
      return chunks.map((chunk: Json) => fromArray(type, chunk));
    }
    default:
      throw new Error(`no vector value for ${type.kind}`);
  }
}

function fromPointer(pointee: Type, isNullable: boolean, value: Json): unknown {
  if (value === null && isNullable) return null;
  const inner = resolved(pointee);
  if (isNullable && inner.kind === "pointer" && inner.pointer !== "ref") return { value: fromVector(pointee, value) };
  return fromVector(pointee, value);
}

function fromUnion(type: UnionType, value: Json): unknown {
  const discriminant = Number(member(value, "discriminant"));
  const arm = armOf(type, discriminant);
  const tag = arm.isCase ? { discriminant } : { discriminant: "default", discriminantValue: discriminant };
  if (arm.name === undefined || arm.type === undefined) return tag;
  return { ...tag, [memberName(arm.name)]: fromVector(arm.type, member(value, arm.name)) };
}

function fromArray(type: Pick<ArrayType, "element">, value: Json): unknown {
  const element = resolved(type.element);
  if (element.kind === "base") {
    if (typeof value === "string") return encodeUtf16(value);
    if (isBigint(element.base)) {
      if (!Array.isArray(value)) throw new Error(`expected a list, got ${JSON.stringify(value)}`);
      const numbers = value.map((each: Json) => BigInt(textOf(each)));
      return element.base === "int64"
        ? BigInt64Array.from(numbers)
        : element.base === "uint64"
          ? BigUint64Array.from(numbers)
          : numbers;
    }
    const constructor = TYPED[element.base];
    if (constructor !== undefined) {
      if (!Array.isArray(value)) return new constructor(Buffer.from(textOf(member(value, "hex")), "hex"));
      return constructor.from(value.map(Number));
    }
  }
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${JSON.stringify(value)}`);
  return value.map((each: Json) => fromVector(type.element, each));
}

/** A stub's value as a vector's; of a pipe a list of its chunks. */
export function toVector(type: Type, value: unknown): Json {
  switch (type.kind) {
    case "alias":
      return toVector(type.target, value);
    case "base":
      return typeof value === "bigint" ? (type.base.endsWith("3264") ? Number(value) : String(value)) : json(value);
    case "enum":
      return json(value);
    case "pointer": {
      if (value === null && type.pointer !== "ref") return null;
      const inner = resolved(type.pointee);
      const isBoxed = type.pointer !== "ref" && inner.kind === "pointer" && inner.pointer !== "ref";
      return toVector(type.pointee, isBoxed ? property(value, "value") : value);
    }
    case "struct":
      return Object.fromEntries(
        type.fields.map((field) => [field.name, toVector(field.type, property(value, memberName(field.name)))]),
      );
    case "union": {
      const tag = property(value, "discriminant");
      const discriminant = Number(tag === "default" ? property(value, "discriminantValue") : tag);
      const arm = armOf(type, discriminant);
      if (arm.name === undefined || arm.type === undefined) return { discriminant };
      return { discriminant, [arm.name]: toVector(arm.type, property(value, memberName(arm.name))) };
    }
    case "array":
      return type.string ? json(value) : toArray(type, value);
    case "context-handle":
      return value instanceof HandleValue
        ? { attributes: value.attributes, uuid: value.uuid }
        : { attributes: 0, uuid: NIL };
    case "pipe":
      if (!Array.isArray(value)) throw new Error(`expected chunks, got ${String(value)}`);
      return { chunks: value.map((chunk: unknown) => toArray(type, chunk)) };
    default:
      throw new Error(`no vector value for ${type.kind}`);
  }
}

function toArray(type: Pick<ArrayType, "element">, value: unknown): Json {
  const element = resolved(type.element);
  if (value instanceof Uint16Array && element.kind === "base" && element.base === "wchar_t") return decodeUtf16(value);
  if (value instanceof Uint8Array && element.kind === "base" && element.base !== "uint8")
    return { hex: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map((each: unknown) => toVector(type.element, each));
  if (ArrayBuffer.isView(value))
    return Array.from(Object.values(value), (each: unknown) =>
      typeof each === "bigint" ? String(each) : Number(each),
    );
  throw new Error(`expected an array, got ${String(value)}`);
}

function armOf(
  type: UnionType,
  discriminant: number,
): { name: string | undefined; type: Type | undefined; isCase: boolean } {
  const found = type.arms.find((arm) => arm.cases.some((each) => each.value === discriminant));
  const arm = found ?? type.arms.find((each) => each.isDefault);
  if (arm === undefined) throw new Error(`union ${type.name} has no arm for ${discriminant}`);
  return { name: arm.name, type: arm.type, isCase: found !== undefined };
}

function resolved(type: Type): Type {
  return type.kind === "alias" ? resolved(type.target) : type;
}

function isBigint(base: string): boolean {
  return ["int64", "uint64", "int3264", "uint3264"].includes(base);
}

const TYPED: Readonly<
  Record<
    string,
    | typeof Uint8Array
    | typeof Int8Array
    | typeof Uint16Array
    | typeof Int16Array
    | typeof Uint32Array
    | typeof Int32Array
    | typeof Float32Array
    | typeof Float64Array
    | undefined
  >
> = {
  byte: Uint8Array,
  char: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  wchar_t: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  int8: Int8Array,
  float: Float32Array,
  double: Float64Array,
};

/** A member of a vector's object. */
export function member(value: Json, name: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`no member ${name} in ${JSON.stringify(value)}`);
  const found: unknown = property(value, name);
  if (found === undefined) throw new Error(`no member ${name} in ${JSON.stringify(value)}`);
  return json(found);
}

function json(value: unknown): Json {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (Array.isArray(value)) return value.map(json);
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, json(each)]));
  throw new Error(`no JSON for ${typeof value}`);
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
