/** Comparing what was sent with what arrived, by its type: of varying arrays only the part that travels. */
import { memberName } from "../../generator/emit/names.ts";
import type { ArrayType, StructType, Type, UnionType } from "../../grammar/index.ts";
import { resolved, type Member, type Scope } from "./expression-value.ts";
import { armOf, arrayExtent } from "./value-constraints.ts";
import { property } from "./property.ts";

/** Whether what stands for a context handle on one side is what stands for it on the other. */
export type SameHandle = (sent: unknown, received: unknown) => boolean;

/** A comparison of values. */
export interface Comparison {
  /** Values of the fields or parameters beside, as sent. */
  readonly scope: Scope;
  readonly sameHandle: SameHandle;
}

/** Where two values of a type differ and how; undefined when they do not. */
export function difference(
  type: Type,
  sent: unknown,
  received: unknown,
  path: string,
  comparison: Comparison,
): string | undefined {
  switch (type.kind) {
    case "alias":
      return difference(type.target, sent, received, path, comparison);
    case "base":
    case "enum":
      return Object.is(sent, received) ? undefined : unlike(path, sent, received);
    case "pointer":
      return pointerDifference(type, sent, received, path, comparison);
    case "array":
      if (type.string) return sent === received ? undefined : unlike(path, sent, received);
      return arrayDifference(type, sent, received, path, comparison);
    case "struct":
      return structDifference(type, sent, received, path, comparison);
    case "union":
      return unionDifference(type, sent, received, path, comparison);
    case "context-handle":
      return comparison.sameHandle(sent, received) ? undefined : `${path}: another context handle`;
    default:
      return `${path}: a ${type.kind} does not travel`;
  }
}

/** The first difference among fields or parameters. */
export function membersDifference(
  members: readonly Member[],
  sent: Scope,
  received: unknown,
  path: string,
  comparison: Omit<Comparison, "scope">,
): string | undefined {
  for (const member of members) {
    const name = memberName(member.name);
    const arrived = property(received, name);
    if (member.kind === "field" && member.ignore && arrived === null) continue;
    const found = difference(member.type, sent.get(member), arrived, `${path}.${name}`, { ...comparison, scope: sent });
    if (found !== undefined) return found;
  }
  return undefined;
}

function pointerDifference(
  type: Extract<Type, { kind: "pointer" }>,
  sent: unknown,
  received: unknown,
  path: string,
  comparison: Comparison,
): string | undefined {
  if (sent === null || received === null) return sent === received ? undefined : unlike(path, sent, received);
  const inner = resolved(type.pointee);
  const isBox = type.pointer !== "ref" && inner.kind === "pointer" && inner.pointer !== "ref";
  const [from, to] = isBox ? [property(sent, "value"), property(received, "value")] : [sent, received];
  return difference(type.pointee, from, to, isBox ? `${path}.value` : path, comparison);
}

function arrayDifference(
  type: ArrayType,
  sent: unknown,
  received: unknown,
  path: string,
  comparison: Comparison,
): string | undefined {
  const [from, to] = [elementsOf(sent), elementsOf(received)];
  if (from === undefined || to === undefined) return unlike(path, sent, received);
  const { first, length } = arrayExtent(type, comparison.scope) ?? { first: 0, length: from.length };
  if (type.varying === undefined && to.length !== from.length) {
    return `${path}: ${to.length.toString()} elements of ${from.length.toString()} arrived`;
  }
  for (let index = first; index < first + length; index++) {
    const place = `${path}[${index.toString()}]`;
    const found = difference(type.element, from[index], to[index], place, comparison);
    if (found !== undefined) return found;
  }
  return undefined;
}

function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return Array.from<unknown>(value);
  return ArrayBuffer.isView(value) ? Object.values(value) : undefined;
}

function structDifference(
  type: StructType,
  sent: unknown,
  received: unknown,
  path: string,
  { sameHandle }: Comparison,
): string | undefined {
  if (typeof received !== "object" || received === null) return unlike(path, sent, received);
  const scope = new Map(type.fields.map((field) => [field, property(sent, memberName(field.name))]));
  return membersDifference(type.fields, scope, received, path, { sameHandle });
}

function unionDifference(
  type: UnionType,
  sent: unknown,
  received: unknown,
  path: string,
  comparison: Comparison,
): string | undefined {
  for (const name of ["discriminant", "discriminantValue"]) {
    const [from, to] = [property(sent, name), property(received, name)];
    if (from !== to) return unlike(`${path}.${name}`, from, to);
  }
  const tag = property(sent, "discriminant");
  const arm = armOf(type, Number(tag === "default" ? property(sent, "discriminantValue") : tag));
  if (arm?.name === undefined || arm.type === undefined) return undefined;
  const name = memberName(arm.name);
  return difference(arm.type, property(sent, name), property(received, name), `${path}.${name}`, comparison);
}

function unlike(path: string, sent: unknown, received: unknown): string {
  return `${path}: ${shown(sent)} was sent, ${shown(received)} arrived`;
}

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  }
  return Array.isArray(value) ? "an array" : "an object";
}
