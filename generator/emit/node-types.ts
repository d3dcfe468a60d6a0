import { layoutOf, structLayout } from "../../grammar/index.ts";
import type { ArrayType, Field, StructType, Type, UnionType } from "../../grammar/index.ts";
import { conversionOf, isBoxed } from "../wire-plan/conversions.ts";
import { hasAllocateMode } from "../wire-plan/storage-attributes.ts";
import { coinedName } from "./coined-names.ts";
import { numberText, readsMembers } from "./expressions.ts";
import type { Resolve } from "./expressions.ts";
import { memberName, nameInRoutines, safeName } from "./names.ts";
import { conversionName, isStorage, presentedNode } from "./presented.ts";
import { nodeTypeName, nodeTypeText } from "./routine-context.ts";
import type { EmitContext } from "./routine-context.ts";
import { pointerSizeProperty, storageText, structLayoutText, unionLayoutText } from "./storage-layout.ts";
import { constant, functionStructure } from "./structures.ts";
import { nodeOfTypedArray } from "./number-nodes.ts";
import { armLiteral, isRow, storageSize, zeroText } from "./zero-values.ts";
import { typedArrayOf, withoutAlias } from "./typescript-types.ts";

/** What a node type does with the tail of a conformant struct: the size that `cBytes` has beyond it. */
function tailOf(type: StructType): { readonly field: Field; readonly array: ArrayType } | undefined {
  const last = type.fields.at(-1);
  const array = last === undefined ? undefined : withoutAlias(last.type);
  return last !== undefined && array?.kind === "array" && array.size.kind === "conformant"
    ? { field: last, array }
    : undefined;
}

/** How the pointers of a value are visited. */
export interface Visit {
  /** The function that is called for each of them. */
  readonly visit: string;
  /** The IDL path of a pointer as an expression: what is appended to the path of the value, which may hold `${index}`. */
  readonly path: (tail: string) => string;
  /** What the size expression of a pointer reads; undefined where it cannot be told. */
  readonly resolve: Resolve | undefined;
}

/** Visits the pointers of a node: its path is in the variable `path` when the walk wants paths. */
const OF_NODE: Visit = {
  visit: "visit",
  path: (tail) => (tail === "" ? "path" : `path && \`\${path}${tail}\``),
  resolve: (target) => `node.${memberName(target.name)}`,
};

/**
 * Statements that visit every node that `text` points to, at any depth of embedding.
 *
 * @param tail IDL path of the value, from where the path of `visit` ends
 */
export function visitStatements(
  emit: EmitContext,
  type: Type,
  text: string,
  visit: Visit = OF_NODE,
  tail = "",
  depth = 1,
  isRetained = false,
): string[] {
  switch (type.kind) {
    case "alias":
      if (conversionOf(type) !== undefined) return [];
      return visitStatements(
        emit,
        type.target,
        text,
        visit,
        tail,
        depth,
        isRetained || hasAllocateMode(type.attributes, "dont_free"),
      );
    case "struct":
    case "union":
      return hasNodes(emit, type)
        ? [`${nodeTypeName(emit, type)}.referents(${text}, ${visit.visit}, ${visit.path(`${tail}.`)});`]
        : [];
    case "pointer": {
      if (type.pointer === "ref" && withoutAlias(type.pointee).kind === "pointer")
        return visitStatements(emit, type.pointee, text, visit, tail, depth, isRetained);
      const node = pointeeNode(emit, type);
      if (node === undefined) return [];
      const count = countText(emit, type.pointee, visit);
      const rest = isRetained ? `, ${count ?? "undefined"}, true` : count === undefined ? "" : `, ${count}`;
      return [`${visit.visit}(${text}, ${node}, ${visit.path(tail)}${rest});`];
    }
    case "array": {
      if (type.string) return [];
      const [item, index] = depth === 1 ? ["item", "index"] : [`item${depth}`, `index${depth}`];
      const inner = visitStatements(emit, type.element, item, visit, `${tail}[\${${index}}]`, depth + 1);
      return inner.length === 0 ? [] : [`for (const [${index}, ${item}] of ${text}.entries()) {`, ...inner, "}"];
    }
    default:
      return [];
  }
}

/** An IDL path as an expression: with `${index}` in it, it is a template. */
export function pathLiteral(path: string): string {
  return path.includes("${") ? `\`${path}\`` : JSON.stringify(path);
}

/** A parameter that is an array is one node, as if a pointer stood before it. */
export function arrayAsPointer({ type }: { readonly type: Type }): Type {
  const known = withoutAlias(type);
  return known.kind === "array"
    ? { kind: "pointer", pointer: "ref", pointee: known, attributes: known.attributes }
    : type;
}

/** How many elements the size expression says, for an array of which each element may point to nodes. */
function countText(emit: EmitContext, pointee: Type, { resolve }: Visit): string | undefined {
  const array = withoutAlias(pointee);
  if (array.kind !== "array" || array.size.kind !== "conformant" || array.size.sizeIs === undefined) return undefined;
  if (resolve === undefined || !hasNodes(emit, array.element) || readsMembers(array.size.sizeIs)) return undefined;
  return numberText(array.size.sizeIs, resolve);
}

/** Statements that call `visit` for every object in `text` that routines of the application convert, not behind pointers to nodes. */
export function convertedStatements(emit: EmitContext, type: Type, text: string, visit = "visit"): string[] {
  switch (type.kind) {
    case "alias": {
      const conversion = conversionOf(type);
      return conversion === undefined
        ? convertedStatements(emit, type.target, text, visit)
        : [`${visit}(${conversionName(emit, conversion)}, ${text});`];
    }
    case "struct":
    case "union":
      return holdsConverted(type) ? [`${nodeTypeName(emit, type)}.converted?.(${text}, ${visit});`] : [];
    case "pointer": {
      if (type.pointer === "ref" && withoutAlias(type.pointee).kind === "pointer")
        return convertedStatements(emit, type.pointee, text, visit);
      if (pointsToNode(type)) return [];
      const inner = convertedStatements(emit, type.pointee, text, visit);
      return inner.length === 0 || type.pointer === "ref" ? inner : [`if (${text} !== null) {`, ...inner, "}"];
    }
    case "array": {
      const inner = type.string ? [] : convertedStatements(emit, type.element, "item", visit);
      return inner.length === 0 ? [] : [`for (const item of ${text}) {`, ...inner, "}"];
    }
    default:
      return [];
  }
}

/** Whether a value of the type holds an object that routines of the application convert, not behind pointers to nodes. */
function holdsConverted(type: Type, seen = new Set<StructType | UnionType>()): boolean {
  switch (type.kind) {
    case "alias":
      return conversionOf(type) !== undefined || holdsConverted(type.target, seen);
    case "pointer":
      return type.pointer === "ref" && withoutAlias(type.pointee).kind === "pointer"
        ? holdsConverted(type.pointee, seen)
        : !pointsToNode(type) && holdsConverted(type.pointee, seen);
    case "array":
      return !type.string && holdsConverted(type.element, seen);
    case "struct":
    case "union": {
      if (seen.has(type)) return false;
      seen.add(type);
      const parts = type.kind === "struct" ? type.fields : type.arms;
      return parts.some((part) => part.type !== undefined && holdsConverted(part.type, seen));
    }
    default:
      return false;
  }
}

/** Whether a value of the type holds a pointer to a node. */
export function hasNodes(emit: EmitContext, type: Type, seen = new Set<StructType | UnionType>()): boolean {
  switch (type.kind) {
    case "alias":
      return conversionOf(type) === undefined && hasNodes(emit, type.target, seen);
    case "pointer":
      return type.pointer === "ref" && withoutAlias(type.pointee).kind === "pointer"
        ? hasNodes(emit, type.pointee, seen)
        : pointsToNode(type);
    case "array":
      return !type.string && hasNodes(emit, type.element, seen);
    case "struct":
    case "union": {
      if (seen.has(type)) return false;
      seen.add(type);
      const parts = type.kind === "struct" ? type.fields : type.arms;
      return parts.some((part) => part.type !== undefined && hasNodes(emit, part.type, seen));
    }
    default:
      return false;
  }
}

/** Whether what a pointer refers to is a node; strings and scalars are held by value. */
export function isNode(pointee: Type): boolean {
  const type = withoutAlias(pointee);
  if (type.kind === "alias") {
    const conversion = conversionOf(type);
    return conversion !== undefined && isStorage(conversion);
  }
  if (type.kind === "struct" || type.kind === "union") return !type.incomplete;
  if (type.kind === "interface") return true;
  if (type.kind === "array") return !type.string;
  if (type.kind !== "pointer") return false;
  return type.pointer === "ref" ? isNode(type.pointee) : true;
}

/** Whether a pointer refers to a node: a box is one, whatever is in it. */
export function pointsToNode(pointer: Type): boolean {
  const known = withoutAlias(pointer);
  return known.kind === "pointer" ? isBoxed(known) || isNode(known.pointee) : isNode(known);
}

/** The node type of what a pointer refers to, as an expression: of the box where one stands between; undefined for value referents. */
export function pointeeNode(emit: EmitContext, pointer: Type): string | undefined {
  const known = withoutAlias(pointer);
  if (known.kind !== "pointer") return nodeTypeExpression(emit, known);
  return isBoxed(known) ? boxNode(emit, withoutAlias(known.pointee)) : nodeTypeExpression(emit, known.pointee);
}

/**
 * The node type of what a pointer refers to, as an expression; undefined for value referents. Node types of arrays that are not
 * arrays of structs or numbers are printed into the module on first use.
 */
export function nodeTypeExpression(emit: EmitContext, pointee: Type): string | undefined {
  const type = withoutAlias(pointee);
  switch (type.kind) {
    case "alias": {
      const conversion = conversionOf(type);
      return conversion !== undefined && isStorage(conversion) ? presentedNode(emit, conversion) : undefined;
    }
    case "struct":
    case "union":
      return type.incomplete ? undefined : nodeTypeName(emit, type);
    case "array":
      return type.string ? undefined : arrayNodeExpression(emit, type.element);
    case "pointer":
      return type.pointer === "ref" ? nodeTypeExpression(emit, type.pointee) : boxNode(emit, type);
    case "interface":
      return emit.module.value("uint8ArrayNode");
    default:
      return undefined;
  }
}

/** The node type of an array. The module exports what it declares: whoever builds such an array takes it from the pair (M4). */
export function arrayNodeExpression(emit: EmitContext, elementType: Type): string {
  const element = withoutAlias(elementType);
  if (element.kind === "struct" || element.kind === "union") return nodeTypeName(emit, element, "Array");
  const typedArray = typedArrayOf(element);
  if (typedArray !== undefined) {
    return emit.module.value(nodeOfTypedArray(typedArray));
  }
  const name = emit.names.constant(`${identifierOf(elementType)}ArrayNode`);
  if (!emit.printed.has(name) && element.kind === "context-handle") {
    emit.printed.add(name);
    const make = emit.module.value("contextHandleArrayNode");
    const size = storageSize(emit, element);
    emit.module.add(
      constant(name, `/* @__PURE__ */ ${make}(${JSON.stringify(element.name)}, ${size})`, undefined, undefined, false),
    );
  }
  if (!emit.printed.has(name)) {
    emit.printed.add(name);
    const { size, alignment } = layoutOf(element, emit.environment);
    const inner = visitStatements(emit, element, "item", { ...OF_NODE, resolve: undefined }, "", 2);
    const converted = convertedStatements(emit, element, "item");
    const optional = trailing(
      inner.length === 0 ? undefined : `(item, visit, path) => { ${inner.join(" ")} }`,
      emit.environment === "win32" ? "4" : undefined,
      converted.length === 0 ? undefined : `(node, visit) => { for (const item of node) { ${converted.join(" ")} } }`,
    );
    const make = emit.module.value("arrayNode");
    const text = emit.types.text(element);
    emit.module.add(
      constant(
        name,
        `/* @__PURE__ */ ${make}<${text}>(${JSON.stringify(`${idlText(element)}[]`)}, ${size}, ${alignment}, () => ${zeroText(emit, element)}, () => ${storageText(emit, element)}${optional})`,
      ),
    );
  }
  return name;
}

/** Optional arguments at the end of a call, each with a comma before it; `undefined` stands for those before the last one that is given. */
function trailing(...optional: readonly (string | undefined)[]): string {
  const last = optional.findLastIndex((each) => each !== undefined);
  return optional
    .slice(0, last + 1)
    .map((each) => `, ${each ?? "undefined"}`)
    .join("");
}

function boxNode(emit: EmitContext, pointer: Type): string {
  const name = emit.names.constant(`${identifierOf(pointer)}Node`);
  if (!emit.printed.has(name)) {
    emit.printed.add(name);
    const inner = visitStatements(emit, pointer, "node.value", { ...OF_NODE, resolve: undefined });
    const converted = convertedStatements(emit, pointer, "node.value");
    const referents = inner.length === 0 ? undefined : `(node, visit, path) => { ${inner.join(" ")} }`;
    const objects = converted.length === 0 ? undefined : `(node, visit) => { ${converted.join(" ")} }`;
    const make = emit.module.value("pointerNode");
    const size = storageSize(emit, pointer);
    emit.module.add(
      constant(
        name,
        `/* @__PURE__ */ ${make}<${emit.types.text(pointer)}>(${JSON.stringify(idlText(pointer))}, ${size}, () => null, () => ${storageText(emit, pointer)}${trailing(referents, objects)})`,
        undefined,
        undefined,
        false,
      ),
    );
  }
  return name;
}

/** A type as an identifier: `PHONE_ENTRY_ptr`. Types with the same identifier have the same node type. */
export function identifierOf(type: Type): string {
  switch (type.kind) {
    case "base":
      return type.base;
    case "alias":
      return conversionOf(type) === undefined ? identifierOf(type.target) : type.name;
    case "enum":
    case "struct":
    case "union":
    case "pipe":
    case "interface":
    case "context-handle":
      return type.name;
    case "pointer":
      return `${identifierOf(type.pointee)}_${type.pointer}`;
    case "array":
      return `${identifierOf(type.element)}_${type.string ? "string" : type.size.kind === "fixed" ? `array${type.size.count}` : "array"}`;
    default:
      return type.kind;
  }
}

function idlText(type: Type): string {
  switch (type.kind) {
    case "base":
      return type.base;
    case "alias":
      return conversionOf(type) === undefined ? idlText(type.target) : type.name;
    case "pointer":
      return `${idlText(type.pointee)} *`;
    case "array":
      return type.string ? `string ${idlText(type.element)}` : `${idlText(type.element)}[]`;
    case "enum":
    case "struct":
    case "union":
      return type.name;
    default:
      return type.kind;
  }
}

/** Prints the node type of a struct, and that of an array of it. */
export function structNodeType(emit: EmitContext, type: StructType): void {
  const name = safeName(type.name);
  const { size, alignment } = structLayout(type, emit.environment);
  const tail = tailOf(type);
  const usesTail = tail !== undefined || endsInConformantStruct(type);
  const rest = `cBytes - ${size}`;
  const literal = zeroLiteral(emit, type, usesTail ? `(${rest})` : "0");
  const createName = createRoutineName(type);
  if (!usesTail && !isShort(literal))
    emit.module.add(
      functionStructure({
        name: createName,
        exported: false,
        documentation: `A zeroed struct ${type.name}: what managed memory makes.`,
        parameters: [],
        returnType: name,
        statements: [`return ${literal};`],
      }),
    );
  const counted = countedTail(emit, type);
  const visits = type.fields.flatMap((field, index) =>
    counted !== undefined && index === type.fields.length - 1
      ? [counted.visit]
      : visitStatements(emit, field.type, `node.${memberName(field.name)}`, OF_NODE, field.name),
  );
  const converted = type.fields.flatMap((field) =>
    convertedStatements(emit, field.type, `node.${memberName(field.name)}`),
  );
  addNodeType(emit, "structNode", {
    name,
    arrayName: nodeTypeText(type, "Array"),
    idlName: type.name,
    size,
    alignment,
    create: usesTail || isShort(literal) ? `${literal.includes(rest) ? "(cBytes)" : "()"} => (${literal})` : createName,
    visits,
    tailCount: counted?.count,
    converted,
    layout: structLayoutText(emit, type),
  });
}

/** A zeroed struct as an expression: a literal where it is short, for V8 makes one in place faster than in a function; otherwise a call. */
export function createdText(emit: EmitContext, type: StructType): string {
  const literal = zeroLiteral(emit, type, "0");
  return isShort(literal) ? literal : `${createRoutineName(type)}()`;
}

function zeroLiteral(emit: EmitContext, { fields }: StructType, rest: string): string {
  const members = fields.map((field, index) => {
    const isLast = index === fields.length - 1;
    return `${memberName(field.name)}: ${zeroText(emit, field.type, isLast ? rest : "0")}`;
  });
  return `{ ${members.join(", ")} }`;
}

function isShort(literal: string): boolean {
  return literal.length <= 80;
}

/** The function that makes a zeroed struct without a conformant tail. */
function createRoutineName({ name, file }: StructType): string {
  return coinedName(`create${name}`, file);
}

/** The conformant tail of a struct whose elements point to nodes: how it is visited, and what its size expression says. */
function countedTail(
  emit: EmitContext,
  type: StructType,
): { readonly visit: string; readonly count: string } | undefined {
  const last = type.fields.at(-1);
  const inner = last === undefined ? undefined : withoutAlias(last.type);
  if (last === undefined || inner === undefined) return undefined;
  const member = `node.${memberName(last.name)}`;
  if (inner.kind === "struct") {
    const name = nodeTypeName(emit, inner);
    return countedTail(emit, inner) === undefined
      ? undefined
      : {
          visit: `${name}.referents(${member}, visit, ${OF_NODE.path(`${last.name}.`)}, elements);`,
          count: `${name}.tailCount?.(${member}) ?? Infinity`,
        };
  }
  if (inner.kind !== "array" || isRow(withoutAlias(inner.element))) return undefined;
  const count = countText(emit, inner, OF_NODE);
  if (count === undefined) return undefined;
  const array = arrayNodeExpression(emit, inner.element);
  return { visit: `${array}.referents(${member}, visit, ${OF_NODE.path(last.name)}, elements);`, count };
}

function endsInConformantStruct(type: StructType): boolean {
  const last = type.fields.at(-1);
  const inner = last === undefined ? undefined : withoutAlias(last.type);
  return inner?.kind === "struct" && (tailOf(inner) !== undefined || endsInConformantStruct(inner));
}

/** Prints the node type of a union, and that of an array of it. The zeroed union has the first arm. */
export function unionNodeType(emit: EmitContext, type: UnionType): void {
  const name = safeName(type.name);
  const { size, alignment } = layoutOf(type, emit.environment);
  const inArms = (statements: (type: Type, text: string, name: string) => string[]): string[] =>
    type.arms.flatMap((arm) => {
      if (arm.name === undefined || arm.type === undefined) return [];
      const inner = statements(arm.type, `node.${memberName(arm.name)}`, arm.name);
      return inner.length === 0 ? [] : [`if (${JSON.stringify(memberName(arm.name))} in node) {`, ...inner, "}"];
    });
  const visits = inArms((inner, text, name) => visitStatements(emit, inner, text, OF_NODE, name));
  const converted = inArms((inner, text) => convertedStatements(emit, inner, text));
  const initial = type.arms.find((arm) => arm.cases.some((each) => each.value === 0)) ?? type.arms[0];
  addNodeType(emit, "unionNode", {
    name,
    arrayName: nodeTypeText(type, "Array"),
    idlName: type.name,
    size,
    alignment,
    create: `() => (${armLiteral(emit, initial)})`,
    visits,
    converted,
    layout: unionLayoutText(emit, type),
  });
}

/** What a node type is printed from; `create`, `visits`, `converted` and `layout` are expressions and statements. */
interface NodeTypeText {
  readonly name: string;
  /** The node type of arrays of it. */
  readonly arrayName: string;
  readonly idlName: string;
  readonly size: number;
  readonly alignment: number;
  readonly create: string;
  readonly visits: readonly string[];
  /** What the size expression of a conformant tail says, where its elements point to nodes: the visits then heed `elements`. */
  readonly tailCount?: string | undefined;
  readonly converted: readonly string[];
  readonly layout: string;
}

function addNodeType(emit: EmitContext, factory: "structNode" | "unionNode", text: NodeTypeText): void {
  const { name, size, tailCount } = text;
  const parameters = tailCount === undefined ? "node, visit, path" : "node, visit, path, elements";
  const visitor = text.visits.length === 0 ? "" : `referents: (${parameters}) => { ${text.visits.join("\n")} }, `;
  const referents = tailCount === undefined ? visitor : `${visitor}tailCount: (node) => ${tailCount}, `;
  const converted = text.converted.length === 0 ? "" : `converted: (node, visit) => { ${text.converted.join("\n")} }, `;
  const visits = `${referents}${converted}`;
  const inRoutines = nameInRoutines(name);
  emit.module.add(
    constant(
      name,
      `/* @__PURE__ */ ${emit.module.value(factory)}<${name}>({ name: ${JSON.stringify(text.idlName)}, size: ${size}, alignment: ${text.alignment}, ${pointerSizeProperty(emit)}create: ${text.create}, ${visits}layout: () => (${text.layout}) })`,
      `${emit.module.type("NodeType")}<${name}>`,
      `Node type of {@link ${name}}: ${size} octets in C layout.`,
    ),
    ...(inRoutines === name ? [] : [`const ${inRoutines} = ${name}; // routines have a variable of that name`]),
    constant(
      text.arrayName,
      `/* @__PURE__ */ ${emit.module.value("structArrayNode")}(${inRoutines})`,
      `${emit.module.type("ArrayNodeType")}<${name}, ${name}[]>`,
    ),
  );
}
