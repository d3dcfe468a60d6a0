/** Zeroed values of IDL types, as expressions: what a node is before anything is written into it. */
import { layoutOf } from "../../grammar/index.ts";
import type { ArrayType, Type, UnionType } from "../../grammar/index.ts";
import { conversionOf } from "../wire-plan/conversions.ts";
import { memberName } from "./names.ts";
import { nodeTypeName } from "./routine-context.ts";
import type { EmitContext } from "./routine-context.ts";
import { typedArrayOf, withoutAlias } from "./typescript-types.ts";

/** Octets of a value of the type in C layout. */
export function storageSize(emit: EmitContext, type: Type): number {
  return layoutOf(type, emit.environment).size;
}

/** A zeroed value of a type, as an expression. `rest` is the octets of a conformant tail. */
export function zeroText(emit: EmitContext, type: Type, rest = "0"): string {
  switch (type.kind) {
    case "base":
      if (type.base === "boolean") return "false";
      return ["int64", "uint64", "int3264", "uint3264"].includes(type.base) ? "0n" : "0";
    case "enum":
      return "0";
    case "alias": {
      const conversion = conversionOf(type);
      if (conversion === undefined) return zeroText(emit, type.target, rest);
      const { presented } = conversion;
      return presented === undefined ? `${emit.module.value("unsetLocal")}()` : zeroText(emit, presented);
    }
    case "struct":
    case "union":
      return `${nodeTypeName(emit, type)}.create(${layoutOf(type, emit.environment).size}${rest === "0" ? "" : ` + ${rest}`})`;
    case "pointer":
      return type.pointer === "ref" ? `${emit.module.value("unsetReference")}()` : "null";
    case "array":
      return zeroArray(emit, type, rest);
    case "context-handle":
      return "null";
    default:
      return "null";
  }
}

function zeroArray(emit: EmitContext, type: ArrayType, rest: string): string {
  if (type.string) return '""';
  if (isOpen(type) && isRow(withoutAlias(type.element))) return "[]"; // its rows come with its bounds
  const typedArray = typedArrayOf(type.element);
  const elementSize = storageSize(emit, type.element);
  const count =
    type.size.kind === "fixed"
      ? String(type.size.count)
      : elementSize === 1
        ? rest
        : `Math.floor(${rest} / ${elementSize})`;
  if (typedArray !== undefined) return `new ${typedArray}(${count})`;
  return `Array.from({ length: ${count} }, () => ${zeroText(emit, type.element)})`;
}

/** Whether a dimension of an array is conformant. */
function isOpen(type: ArrayType): boolean {
  if (type.size.kind === "conformant") return true;
  const element = withoutAlias(type.element);
  return isRow(element) && isOpen(element);
}

/** Whether a type is a dimension of an array. */
export function isRow(type: Type): type is ArrayType {
  return type.kind === "array" && !type.string;
}

/** An arm with zeroed contents, as an object literal. */
export function armLiteral(
  emit: EmitContext,
  arm: UnionType["arms"][number] | undefined,
  discriminant?: string,
): string {
  if (arm === undefined) return "{ discriminant: 0 }";
  const [first] = arm.cases;
  const preferred = arm.cases.find((each) => each.value === 0) ?? first;
  const tag =
    preferred === undefined
      ? `discriminant: "default", discriminantValue: ${discriminant ?? "0"}`
      : `discriminant: ${discriminant ?? preferred.value}`;
  if (arm.name === undefined || arm.type === undefined) return `{ ${tag} }`;
  return `{ ${tag}, ${memberName(arm.name)}: ${zeroText(emit, arm.type)} }`;
}
