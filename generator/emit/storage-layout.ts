/** C layout as generated code says it: what linear memory builds typed views from. */
import { layoutOf, structLayout } from "../../grammar/index.ts";
import type {
  Arm,
  ArrayType,
  Expression,
  Field,
  PointerType,
  StructType,
  Type,
  UnionType,
} from "../../grammar/index.ts";
import { conversionOf, isBoxed } from "../wire-plan/conversions.ts";
import { isOpaque } from "../wire-plan/presented-types.ts";
import { numberText, references } from "./expressions.ts";
import { memberName } from "./names.ts";
import { arrayNodeExpression, isNode, pointeeNode } from "./node-types.ts";
import { conversionBehind } from "./presented.ts";
import { nodeTypeName } from "./routine-context.ts";
import type { EmitContext } from "./routine-context.ts";
import { typedArrayOf, withoutAlias } from "./typescript-types.ts";

/** What the place of a type adds to it. */
interface PlaceFacts {
  readonly switchIs?: Expression | undefined;
  readonly ignore?: boolean;
  /** The last member of a struct: a conformant array there is its tail. */
  readonly isLast?: boolean;
  /** The value is a node by itself: what its size and switch expressions read lies elsewhere. */
  readonly isAlone?: boolean;
}

/** The members of a struct, as an object literal. */
export function structLayoutText(emit: EmitContext, type: StructType): string {
  const { offsets } = structLayout(type, emit.environment);
  const members = type.fields.map((field, index) => {
    const facts = { switchIs: field.switchIs, ignore: field.ignore, isLast: index === type.fields.length - 1 };
    return `${memberName(field.name)}: [${offsets[index] ?? 0}, ${parts(emit, field.type, facts)}]`;
  });
  return `{ ${members.join(", ")} }`;
}

/** The arms of a union, as an object literal. */
export function unionLayoutText(emit: EmitContext, type: UnionType): string {
  const parts = [`arms: [${type.arms.map((arm) => armText(emit, arm)).join(", ")}]`];
  if (type.encapsulated !== undefined && type.switchType !== undefined) {
    parts.push(`discriminant: ${JSON.stringify(scalarStorage(emit, type.switchType))}`);
    parts.push(`armsAt: ${armsOffset(emit, type, type.switchType)}`);
  }
  return `{ ${parts.join(", ")} }`;
}

/** How a value of a type lies in storage, as a tuple. */
export function storageText(emit: EmitContext, type: Type): string {
  return `[${parts(emit, type, { isAlone: true })}]`;
}

/** "pointerSize: 4, " where a pointer has not the 8 octets that the factories take for granted. */
export function pointerSizeProperty(emit: EmitContext): string {
  return emit.environment === "win32" ? "pointerSize: 4, " : "";
}

function armText(emit: EmitContext, arm: Arm): string {
  const cases = `cases: [${arm.cases.map((each) => each.value).join(", ")}]`;
  const isDefault = arm.isDefault ? ", isDefault: true" : "";
  const value =
    arm.name === undefined || arm.type === undefined
      ? ""
      : `, name: ${JSON.stringify(memberName(arm.name))}, storage: [${parts(emit, arm.type, { switchIs: arm.switchIs })}]`;
  return `{ ${cases}${isDefault}${value} }`;
}

/** Where the arms of an encapsulated union begin: behind the discriminant, at the alignment of the largest. */
function armsOffset(emit: EmitContext, type: UnionType, switchType: Type): number {
  const alignments = type.arms.map((arm) =>
    arm.type === undefined ? 1 : Math.min(layoutOf(arm.type, emit.environment).alignment, type.packing),
  );
  const alignment = Math.max(1, ...alignments);
  return Math.ceil(layoutOf(switchType, emit.environment).size / alignment) * alignment;
}

/** Kind and arguments of a storage tuple. */
function parts(emit: EmitContext, type: Type, facts: PlaceFacts): string {
  switch (type.kind) {
    case "base":
    case "enum":
      return JSON.stringify(scalarStorage(emit, type));
    case "alias": {
      const conversion = conversionOf(type);
      if (conversion === undefined) return parts(emit, type.target, facts);
      return conversion.presented === undefined ? '"object"' : parts(emit, conversion.presented, {});
    }
    case "struct":
    case "union":
      return `"embedded", ${nodeTypeName(emit, type)}${correlationText(undefined, facts)}`;
    case "pointer":
      return facts.ignore === true ? '"null"' : pointerParts(emit, type, facts);
    case "array":
      return arrayParts(emit, type, facts);
    case "binding-handle":
    case "context-handle":
      return '"object"';
    default:
      return '"null"';
  }
}

function scalarStorage(emit: EmitContext, type: Type): string {
  const known = withoutAlias(type);
  if (known.kind === "enum")
    return known.v1 && known.members.some((member) => member.value > 0x7fff_ffff) ? "uint32" : "int32";
  if (known.kind !== "base") return "int32";
  switch (known.base) {
    case "byte":
    case "char":
      return "uint8";
    case "wchar_t":
      return "uint16";
    case "error_status_t":
      return "uint32";
    case "int3264":
      return emit.environment === "win64" ? "int64" : "int3264";
    case "uint3264":
      return emit.environment === "win64" ? "uint64" : "uint3264";
    default:
      return known.base;
  }
}

function pointerParts(emit: EmitContext, type: PointerType, facts: PlaceFacts): string {
  const pointee = withoutAlias(type.pointee);
  if (pointee.kind === "array") {
    const size = pointee.size.kind === "fixed" ? pointee.size.count : pointee.size.sizeIs;
    if (pointee.string)
      return `"string${8 * layoutOf(pointee.element, emit.environment).size}"${correlationText(size, { isAlone: facts.isAlone === true })}`;
    return `"pointer", ${arrayNodeExpression(emit, pointee.element)}${correlationText(size, facts)}`;
  }
  if (isBoxed(type) || (pointee.kind !== "pointer" && isNode(pointee))) {
    const node = pointeeNode(emit, type);
    return node === undefined ? '"null"' : `"pointer", ${node}${correlationText(undefined, facts)}`;
  }
  if (isOpaque(pointee) || (pointee.kind === "alias" && conversionBehind(pointee)?.presented === undefined))
    return '"object"';
  if (pointee.kind === "base" || pointee.kind === "enum" || pointee.kind === "pointer" || pointee.kind === "alias")
    return `"value", [${parts(emit, pointee, inside(facts))}]`;
  return '"null"';
}

function arrayParts(emit: EmitContext, type: ArrayType, facts: PlaceFacts): string {
  const element = layoutOf(type.element, emit.environment);
  if (type.size.kind === "conformant") {
    const correlation = correlationText(type.size.sizeIs, facts);
    return type.string
      ? `"tail${8 * element.size}"${correlation}`
      : `"tail", ${arrayNodeExpression(emit, type.element)}${correlation}`;
  }
  const { count } = type.size;
  if (type.string) return `"text${8 * element.size}", ${count}`;
  if (typedArrayOf(type.element) !== undefined)
    return `"numbers", ${arrayNodeExpression(emit, type.element)}, ${count}`;
  return `"elements", [${parts(emit, type.element, inside(facts))}], ${count}, ${element.size}`;
}

/** What holds for a part of a value, too. */
function inside({ switchIs, isAlone = false }: PlaceFacts): PlaceFacts {
  return { switchIs, isAlone };
}

/** A size that is constant, and expressions that other members of the node decide. Those that parameters decide are not known here. */
function correlationText(size: Expression | number | undefined, { switchIs, isAlone = false }: PlaceFacts): string {
  const deciding = new Set<string>();
  const properties: string[] = [];
  if (typeof size === "number") properties.push(`size: () => ${size}`);
  for (const [name, expression] of [
    ["size", typeof size === "number" ? undefined : size],
    ["switchIs", switchIs],
  ] as const) {
    if (expression === undefined) continue;
    const targets = references(expression);
    if (!targets.every((target): target is Field => target.kind === "field" && !isAlone)) continue;
    for (const target of targets) deciding.add(memberName(target.name));
    const text = numberText(expression, (target) => `node.${memberName(target.name)}`);
    properties.push(`${name}: (${targets.length === 0 ? "" : "node"}) => ${text}`);
  }
  if (properties.length === 0) return "";
  if (deciding.size > 0) properties.unshift(`by: [${[...deciding].map((name) => JSON.stringify(name)).join(", ")}]`);
  return `, { ${properties.join(", ")} }`;
}
