import { structLayout } from "../../grammar/index.ts";
import type { Expression } from "../../grammar/index.ts";
import { both } from "../wire-plan/layout.ts";
import type { BySyntax, ConformantTail, StructPlan } from "../wire-plan/plan.ts";
import { numberText } from "./expressions.ts";
import { countTypeOf, sizeText, skipText, tailPlace } from "./extents.ts";
import { marshalValue } from "./marshal.ts";
import { rowElement } from "./multidimensional-arrays.ts";
import { memberName } from "./names.ts";
import { createdText } from "./node-types.ts";
import { storageSize } from "./zero-values.ts";
import { dual, placeAfter, placeAligned, placeText } from "./place.ts";
import type { Place } from "./place.ts";
import {
  bodyOf,
  coderParameter,
  mentions,
  nodeTypeName,
  typeRoutine,
  typeRoutineName,
  usesWide,
} from "./routine-context.ts";
import type { Coder, EmitContext, Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import { sentLength } from "./structure-strings.ts";
import { outermostSize, unmarshalValue } from "./unmarshal.ts";
import { elementOf } from "./unmarshal-arrays.ts";
import { withoutAlias } from "./typescript-types.ts";

/** Prints the marshaling routines of a struct. */
export function structRoutines(emit: EmitContext, plan: StructPlan): void {
  memberRoutine(emit, plan, "w");
  nodeMarshalRoutine(emit, plan);
  memberRoutine(emit, plan, "r");
  nodeUnmarshalRoutine(emit, plan);
}

/** `marshalX(w, at, value)` and `unmarshalX(r, at, value)`: the members in order. */
function memberRoutine(emit: EmitContext, plan: StructPlan, coder: Coder): void {
  const { type } = plan;
  const typeName = emit.types.named(type.name, type.file);
  const routine = typeRoutine(emit, coder, type, { name: "value", type: typeName });
  const places = new PlaceTracker(routine, plan.layout.alignment);
  plan.items.forEach(({ field, plan: part }, index) => {
    const text = `value.${memberName(field.name)}`;
    const place = places.next(emit.planner.layoutOf(part).start);
    const target = { text, local: field.name, path: JSON.stringify(`${type.name}.${field.name}`), type: field.type };
    if (coder === "r") unmarshalValue(routine, part, place, { ...target, existing: text });
    else marshalValue(routine, part, place, target);
    const { size } = emit.planner.layoutOf(part);
    if (size !== undefined) places.advance(size);
    else if (index < plan.items.length - 1)
      places.restart(
        coder === "r" ? skipText(emit, part, placeText(place)) : sizeText(routine, part, placeText(place), text),
      );
  });
  const statements = bodyOf(routine);
  const countType = countTypeOf(plan);
  emit.module.add(
    functionStructure({
      name: routine.name,
      exported: true,
      documentation: `${coder === "r" ? "Unmarshals" : "Marshals"} struct ${type.name}, ${octetsText(plan)}, at \`at\`; what it points to is at the cursor.`,
      parameters: [
        coderParameter(emit, coder),
        { name: mentions(statements, "at") ? "at" : "_at", type: "number" },
        { name: "value", type: typeName },
        ...(countType === undefined
          ? []
          : [{ name: mentions(statements, "count") ? "count" : "_count", type: countType }]),
      ],
      returnType: "void",
      statements,
    }),
  );
}

function octetsText(plan: StructPlan): string {
  const { size } = plan.layout;
  if (size === undefined) return plan.tail === undefined ? "of varying size" : "conformant";
  return size.ndr === size.ndr64 ? `${size.ndr} octets` : `${size.ndr} octets (NDR64: ${size.ndr64})`;
}

/** Follows the members of a struct: offsets are constants until a member of varying size makes a new base necessary. */
class PlaceTracker {
  readonly #routine: Routine;
  #place: Place = { base: "at", offset: both(0) };
  #baseAlignment: BySyntax<number>;
  #restart: string | undefined;

  constructor(routine: Routine, alignment: BySyntax<number>) {
    this.#routine = routine;
    this.#baseAlignment = alignment;
  }

  /** The place of the next member. */
  next(start: BySyntax<number>): Place {
    const needsBase =
      this.#restart !== undefined || start.ndr > this.#baseAlignment.ndr || start.ndr64 > this.#baseAlignment.ndr64;
    if (!needsBase) return (this.#place = placeAligned(this.#place, start));
    const base = this.#routine.scope.coin("at");
    this.#routine.fixed.push(
      `const ${base} = ${this.#routine.coder}.align(${this.#restart ?? placeText(this.#place)}, ${dual(start)});`,
    );
    this.#restart = undefined;
    this.#baseAlignment = start;
    return (this.#place = { base, offset: both(0) });
  }

  advance(octets: BySyntax<number>): void {
    this.#place = placeAfter(this.#place, octets);
  }

  /** The next member follows `end`, an expression. */
  restart(end: string): void {
    this.#restart = end;
  }
}

/** `marshalXNode(w, value, path)`: a whole struct at the cursor. */
function nodeMarshalRoutine(emit: EmitContext, plan: StructPlan): void {
  const { type, layout, tail } = plan;
  const lines: string[] = [];
  const name = typeRoutineName("marshal", type);
  const alignment = dual(layout.alignment);
  if (layout.size !== undefined) lines.push(`${name}(w, ${reserveText(emit, plan)}, value);`);
  else {
    const count = tail === undefined ? "" : ", count";
    if (tail !== undefined)
      lines.push(`const count = ${tailCountText(emit, plan)};`, appendCountText(emit, tail, tailPath(plan)));
    lines.push(
      `const at = w.appendGap(${alignment});`,
      `w.reserveTo(size${type.name}(w, at, value${count}));`,
      `${name}(w, at, value${count});`,
    );
  }
  emit.module.add(
    functionStructure({
      name: typeRoutineName("marshal", type, "Node"),
      exported: true,
      documentation: `Marshals struct ${type.name} at the cursor.`,
      parameters: [coderParameter(emit, "w"), { name: "value", type: emit.types.named(type.name, type.file) }],
      returnType: "void",
      statements: withWide(lines, "w"),
    }),
  );
}

function appendCountText({ module }: EmitContext, tail: ConformantTail, path: string): string {
  return tail.plan.kind === "multidimensional-array"
    ? `${module.value("appendMaximumCounts")}(w, count, ${path});`
    : `w.appendCount(count, ${path});`;
}

function takeCountText({ module }: EmitContext, { plan }: ConformantTail, path: string): string {
  if (plan.kind !== "multidimensional-array") return `r.takeMaximumCount(undefined, ${path})`;
  const sizes = plan.dimensions.map(({ count }) => String(count));
  return `${module.value("takeMaximumCounts")}(r, [${sizes.join(", ")}], ${path})`;
}

function tailPath({ type, tail }: StructPlan): string {
  return JSON.stringify([type.name, ...(tail?.path ?? []).map((field) => field.name)].join("."));
}

function reserveText(emit: EmitContext, plan: StructPlan): string {
  const { size, alignment } = plan.layout;
  const method = emit.planner.hasGaps({ kind: "struct", struct: plan.type }) ? "reserveCleared" : "reserve";
  return `w.${method}(${dual(size ?? alignment)}, ${dual(alignment)})`;
}

/** The maximum count that a conformant struct sends. */
function tailCountText(emit: EmitContext, plan: StructPlan): string {
  const { tail } = plan;
  if (tail === undefined) throw new Error(`${plan.type.name} has no tail`);
  const owners = tail.path.slice(0, -1).map((field) => memberName(field.name));
  const owner = ["value", ...owners].join(".");
  const expressionText = (size: Expression): string =>
    numberText(size, (target) => `${owner}.${memberName(target.name)}`);
  if (tail.plan.kind === "multidimensional-array") {
    const sizes = tail.plan.dimensions.map(({ count, sizeIs }) =>
      sizeIs === undefined ? String(count ?? 0) : expressionText(sizeIs),
    );
    return `[${sizes.join(", ")}]`;
  }
  if (tail.plan.sizeIs !== undefined) return expressionText(tail.plan.sizeIs);
  const array = `${owner}.${memberName(tail.path.at(-1)?.name ?? "")}`;
  return tail.plan.kind === "conformant-string"
    ? `${array}.length + 1`
    : sentLength(emit, tail.plan, array, tailPath(plan));
}

/** `unmarshalXNode(r, existing)`: a whole struct at the cursor, into existing storage or a node from the pair. */
function nodeUnmarshalRoutine(emit: EmitContext, plan: StructPlan): void {
  const { type, layout, tail } = plan;
  const { module } = emit;
  const typeName = emit.types.named(type.name, type.file);
  const { size } = structLayout(type, emit.environment);
  const path = tailPath(plan);
  const lines: string[] = [];
  const count = tail === undefined ? "" : ", count";
  if (layout.size !== undefined) lines.push(`const at = r.take(${dual(layout.size)}, ${dual(layout.alignment)});`);
  else {
    if (tail !== undefined) lines.push(`const count = ${takeCountText(emit, tail, path)};`);
    lines.push(
      `const at = r.align(r.offset, ${dual(layout.alignment)});`,
      `r.takeTo(skip${type.name}(r, at${count}));`,
    );
  }
  const octets =
    tail === undefined ? String(size) : `${size} + ${tailLengthText(emit, plan)} * ${tailElementSize(emit, plan)}`;
  const allocated = `${module.value("midl_user_allocate")}(r, ${octets}, ${nodeTypeName(emit, type)})`;
  lines.push(
    tail === undefined
      ? `const node = existing ?? (r.makesObjects ? ${createdText(emit, type)} : ${allocated});`
      : `const node = existing ?? ${allocated};`,
  );
  lines.push(`${typeRoutineName("unmarshal", type)}(r, at, node${count});`);
  if (tail !== undefined && outermostSize(tail.plan) !== undefined) {
    const expected = tailCountText(emit, plan).replaceAll(/(?<!\.)\bvalue\b/g, "node");
    lines.push(
      tail.plan.kind === "multidimensional-array"
        ? `${module.value("agreeCounts")}(r, count, ${expected}, ${path});`
        : `r.agree(count, ${expected}, "maximum count", ${path});`,
    );
  }
  lines.push("return node;");
  module.add(
    functionStructure({
      name: typeRoutineName("unmarshal", type, "Node"),
      exported: true,
      documentation: `Unmarshals struct ${type.name} at the cursor: into existing storage, otherwise into a node from the pair.`,
      parameters: [coderParameter(emit, "r"), { name: "existing", type: `${typeName} | null | undefined` }],
      returnType: typeName,
      statements: withWide(lines, "r"),
    }),
  );
}

/** Elements of the tail that arrived: the maximum count, or what a varying array says it sends. */
function tailLengthText(emit: EmitContext, plan: StructPlan): string {
  const { tail } = plan;
  if (tail?.plan.kind === "multidimensional-array") {
    const at = tail.plan.isVarying ? tailPlace(emit, plan) : "at";
    return `${emit.module.value("storedElements")}(r, ${at}, count, ${tail.plan.isVarying}, ${tailPath(plan)})`;
  }
  if (tail?.plan.kind !== "conformant-array" || tail.plan.varying === undefined) return "count";
  return `${emit.module.value("varyingLength")}(r, ${tailPlace(emit, plan)}, count, ${tailPath(plan)})`;
}

function tailElementSize(emit: EmitContext, plan: StructPlan): number {
  const field = plan.tail?.path.at(-1);
  if (field === undefined) return 1;
  const type = withoutAlias(field.type);
  return storageSize(
    emit,
    plan.tail?.plan.kind === "multidimensional-array" ? rowElement(plan.tail.plan, type) : elementOf(type),
  );
}

function withWide(lines: readonly string[], coder: Coder): string[] {
  return usesWide(lines) ? [`const wide = ${coder}.ndr64;`, ...lines] : [...lines];
}
