import type { Range, Type } from "../../grammar/index.ts";
import type {
  ConformantArrayPlan,
  FixedArrayPlan,
  PointerPlan,
  ScalarPlan,
  UnionValuePlan,
  ValuePlan,
  VaryingArrayPlan,
} from "../wire-plan/plan.ts";
import { isBoxed } from "../wire-plan/conversions.ts";
import { handleArrayStatement } from "./context-handle-arrays.ts";
import { arrayMarshalRoutine, marshalElements } from "./marshal-arrays.ts";
import { marshalRows, rowsStatement } from "./multidimensional-arrays.ts";
import { pointsToNode } from "./node-types.ts";
import { numberNodeOf, typedArrayConstructor } from "./number-nodes.ts";
import { outerArguments } from "./outer-values.ts";
import { dual, placeText } from "./place.ts";
import type { Place } from "./place.ts";
import { conversionRoutine } from "./presented.ts";
import { deferral, drainAfter, mustDefer, routineName } from "./routine-context.ts";
import type { Routine } from "./routine-context.ts";
import { sentLength } from "./structure-strings.ts";
import { argument, outermostSize, pointeeOf, rangeLimit, switchText } from "./unmarshal.ts";
import { withoutAlias } from "./typescript-types.ts";

/** A value to marshal. */
export interface Source {
  /** Expression of the value. */
  readonly text: string;
  /** Name to coin locals from. */
  readonly local: string;
  /** IDL path as an expression: a string literal. */
  readonly path: string;
  readonly type: Type;
  /** The array in which context handles came in: they keep their places. */
  readonly previous?: string;
}

/** Marshals a value whose fixed part lies at `place`: statements for the fixed part, and for what lies behind it. */
export function marshalValue(routine: Routine, plan: ValuePlan, place: Place, source: Source): void {
  const { module, planner } = routine.emit;
  const hasReferents = planner.hasReferents(plan);
  const lines = hasReferents ? routine.late : routine.fixed;
  const at = placeText(place);
  switch (plan.kind) {
    case "scalar":
      lines.push(scalarStatement(plan, at, source));
      return;
    case "pointer":
      marshalPointer(routine, plan, at, source);
      return;
    case "struct": {
      const name = routineName(routine.emit, "marshal", plan.struct);
      const count = planner.struct(plan.struct).tail === undefined ? "" : ", count";
      if (routine.state.deferring && hasReferents) {
        lines.push(`w.defer(${name}, ${at}, ${source.text});`);
        return;
      }
      lines.push(`${name}(w, ${at}, ${source.text}${count});`);
      drainAfter(routine, plan, lines);
      return;
    }
    case "union": {
      if (routine.state.deferring && hasReferents) {
        const build = (inner: Routine): void => {
          inner.late.push(unionStatement(inner, plan, "at", source));
        };
        lines.push(deferral(routine, source.local, at, build));
        return;
      }
      lines.push(unionStatement(routine, plan, at, source));
      drainAfter(routine, plan, lines);
      return;
    }
    case "fixed-array":
      if (plan.element.kind === "scalar" && numberNodeOf(plan.element) !== undefined)
        lines.push(
          `${module.value("marshalFixedNumbers")}(w, ${at}, ${source.text}, ${typedArrayConstructor(plan.element)}, ${plan.count}, ${source.path});`,
        );
      else marshalElements(routine, plan.element, { at, count: String(plan.count), first: "0" }, source, lines);
      return;
    case "varying-array":
    case "conformant-array":
      marshalRun(routine, plan, at, source, lines);
      return;
    case "multidimensional-array":
      marshalRows(routine, plan, at, source, lines);
      return;
    case "varying-string":
      lines.push(
        `${module.value("marshalVaryingString")}(w, ${at}, ${source.text}, ${plan.characterSize}, ${plan.capacity}, ${source.path});`,
      );
      return;
    case "conformant-string":
      lines.push(
        `${module.value("marshalVaryingString")}(w, ${at}, ${source.text}, ${plan.characterSize}, count, ${source.path});`,
      );
      return;
    case "ignored-pointer":
      lines.push(`w.pointer(${at}, null);`);
      return;
    case "converted": {
      const name = conversionRoutine(routine.emit, "marshal", plan.conversion);
      const build = (inner: Routine): void => {
        inner.late.push(`${name}(w, at, ${source.text}, ${source.path});`);
      };
      if (routine.state.deferring && hasReferents) lines.push(deferral(routine, source.local, at, build));
      else lines.push(`${name}(w, ${at}, ${source.text}, ${source.path});`);
      return;
    }
    case "context-handle":
    case "object-reference":
      throw new Error(`a ${plan.kind} inside another value`);
    default:
      assertNever(plan);
  }
}

function scalarStatement(plan: ScalarPlan, at: string, source: Source): string {
  const { range } = plan;
  const value =
    range === undefined
      ? source.text
      : `w.range(${source.text}, ${rangeLimit(plan, range.low)}, ${rangeLimit(plan, range.high)}, ${source.path})`;
  return `w.${plan.method}(${at}, ${value}, ${source.path});`;
}

function unionStatement(routine: Routine, plan: UnionValuePlan, at: string, source: Source): string {
  return `${routineName(routine.emit, "marshal", plan.union)}(w, ${at}, ${switchText(routine, plan)}${source.text}, ${source.path});`;
}

/** The elements of an array inside its struct. */
function marshalRun(
  routine: Routine,
  plan: VaryingArrayPlan | ConformantArrayPlan,
  at: string,
  source: Source,
  lines: string[],
): void {
  const { module, planner } = routine.emit;
  const varying = plan.kind === "varying-array" ? plan : plan.varying;
  const numbers =
    plan.element.kind === "scalar" && numberNodeOf(plan.element) !== undefined
      ? typedArrayConstructor(plan.element)
      : undefined;
  if (varying === undefined) {
    if (numbers !== undefined)
      lines.push(
        `${module.value("marshalFixedNumbers")}(w, ${at}, ${source.text}, ${numbers}, count, ${source.path});`,
      );
    else marshalElements(routine, plan.element, { at, count: "count", first: "0" }, source, lines);
    return;
  }
  const run = routine.scope.coin(`${source.local}Run`);
  const capacity = plan.kind === "varying-array" ? String(plan.count) : "count";
  const first = argument(routine, varying.firstIs, "0");
  const length = argument(routine, varying.lengthIs, sentLength(routine.emit, plan, source.text, source.path));
  const alignment = dual(planner.layoutOf(plan.element).start);
  lines.push(
    `const ${run} = ${module.value("marshalVariance")}(w, ${at}, ${source.text}, ${capacity}, ${first}, ${length}, ${alignment}, ${source.path});`,
  );
  if (numbers !== undefined)
    lines.push(`${module.value("marshalNumbers")}(w, ${run}.at, ${source.text}, ${run}.count, ${run}.first);`);
  else
    marshalElements(
      routine,
      plan.element,
      { at: `${run}.at`, count: `${run}.count`, first: `${run}.first` },
      source,
      lines,
    );
}

function marshalPointer(routine: Routine, plan: PointerPlan, at: string, source: Source): void {
  const { pointer: kind, referent } = plan;
  const pointer = routine.scope.coin(`${source.local}Pointer`);
  const pointee = { ...source, text: pointer };
  if (kind === "ref") {
    routine.fixed.push(
      `const ${pointer} = w.required(${source.text}, ${source.path});`,
      `w.pointer(${at}, ${pointer});`,
    );
    if (mustDefer(routine, referent)) {
      const build = (inner: Routine): void => {
        marshalPointee(inner, referent, kind, source, inner.late);
      };
      routine.late.push(deferral(routine, source.local, "0", build));
      return;
    }
    marshalPointee(routine, referent, kind, pointee, routine.late);
    return;
  }
  const isFull = kind === "ptr" && pointsToNode(source.type);
  routine.fixed.push(`const ${pointer} = w.${isFull ? "fullPointer" : "pointer"}(${at}, ${source.text});`);
  if (mustDefer(routine, referent)) {
    const build = (inner: Routine): void => {
      const lines: string[] = [];
      marshalPointee(inner, referent, kind, { ...source, text: `${source.local}Referent` }, lines);
      inner.late.push(
        `const ${source.local}Referent = ${source.text};`,
        `if (${present(`${source.local}Referent`, isFull)}) {`,
        ...lines,
        "}",
      );
    };
    routine.late.push(`if (${pointer} !== null) ${deferral(routine, source.local, "0", build)}`);
    return;
  }
  const lines: string[] = [];
  marshalPointee(routine, referent, kind, pointee, lines);
  routine.late.push(`if (${present(pointer, isFull)}) {`, ...lines, ...otherwise(routine, plan, source, pointer));
}

/** The end of the branch for a referent: null is refused where its array has a size. */
function otherwise(routine: Routine, plan: PointerPlan, source: Source, pointer: string): string[] {
  const sizeIs = plan.refusesSizedNull ? outermostSize(plan.referent) : undefined;
  if (sizeIs === undefined) return ["}"];
  const refusal = `w.nullArray(${argument(routine, sizeIs)}, ${source.path});`;
  return plan.pointer === "ptr" ? ["}", `if (${pointer} === null) ${refusal}`] : [`} else ${refusal}`];
}

/** Whether there is a referent to marshal: that of a full pointer goes once. */
function present(pointer: string, isFull: boolean): string {
  return isFull ? `${pointer} !== null && w.isFirst(${pointer})` : `${pointer} !== null`;
}

/** What a pointer refers to, its box opened where there is one. */
function marshalPointee(
  routine: Routine,
  referent: ValuePlan,
  kind: "ref" | "unique" | "ptr",
  source: Source,
  lines: string[],
): void {
  const type = pointeeOf(source.type);
  lines.push(
    ...referentStatements(routine, referent, {
      ...source,
      text: isBoxed({ pointer: kind, pointee: type }) ? `${source.text}.value` : source.text,
      type,
    }),
  );
  drainAfter(routine, referent, lines);
}

/**
 * Marshals something that begins at the cursor: what a pointer refers to, or a parameter.
 *
 * @param source its type is that of the thing itself, not of the pointer
 */
export function referentStatements(routine: Routine, plan: ValuePlan, source: Source): string[] {
  const { module, planner } = routine.emit;
  switch (plan.kind) {
    case "scalar": {
      const { size, alignment } = planner.layoutOf(plan);
      return [scalarStatement(plan, `w.reserve(${dual(size ?? alignment)}, ${dual(alignment)})`, source)];
    }
    case "pointer":
      return nestedPointer(routine, plan, source);
    case "struct":
      return [`${routineName(routine.emit, "marshal", plan.struct, "Node")}(w, ${source.text});`];
    case "union":
      return [
        `${routineName(routine.emit, "marshal", plan.union, "Node")}(w, ${switchText(routine, plan)}${source.text}, ${source.path});`,
      ];
    case "conformant-string": {
      const size =
        plan.sizeIs === undefined ? "" : `, ${rangedCount(plan.range, argument(routine, plan.sizeIs), source)}`;
      const check =
        plan.sizeIs === undefined && plan.range !== undefined
          ? [`${rangedCount(plan.range, `${source.text}.length + 1`, source)};`]
          : [];
      return [
        ...check,
        `${module.value("marshalString")}(w, ${source.text}, ${plan.characterSize}, ${source.path}${size});`,
      ];
    }
    case "varying-string":
      return [
        `${module.value("appendVaryingString")}(w, ${source.text}, ${plan.characterSize}, ${plan.capacity}, ${source.path});`,
      ];
    case "context-handle":
      return [
        `${module.value(plan.mayBeNull ? "marshalContextHandle" : "marshalLiveContextHandle")}(w, ${source.text}, ${JSON.stringify(plan.name)});`,
      ];
    case "converted":
      return [
        `${conversionRoutine(routine.emit, "marshal", plan.conversion, "Node")}(w, ${source.text}, ${source.path});`,
      ];
    case "object-reference":
      return [`${module.value("marshalObjectReference")}(w, ${source.text}, ${source.path});`];
    case "ignored-pointer":
      throw new Error("an ignored pointer has no referent");
    case "multidimensional-array":
      return [rowsStatement(routine, plan, source)];
    case "conformant-array":
      return [conformantStatement(routine, plan, source)];
    case "fixed-array":
    case "varying-array":
      return [fixedStatement(routine, plan, source)];
    default:
      return assertNever(plan);
  }
}

function nestedPointer(routine: Routine, plan: PointerPlan, source: Source): string[] {
  const { pointer: kind, referent } = plan;
  if (kind === "ref") return referentStatements(routine, referent, { ...source, type: pointeeOf(source.type) });
  const pointer = routine.scope.coin(`${source.local}Pointer`);
  const { alignment } = routine.emit.planner.pointerLayout;
  const lines: string[] = [];
  marshalPointee(routine, referent, kind, { ...source, text: pointer }, lines);
  const isFull = kind === "ptr" && pointsToNode(source.type);
  return [
    `const ${pointer} = w.${isFull ? "fullPointer" : "pointer"}(w.reserve(${dual(alignment)}, ${dual(alignment)}), ${source.text});`,
    `if (${present(pointer, isFull)}) {`,
    ...lines,
    ...otherwise(routine, plan, source, pointer),
  ];
}

/** A maximum count, its [range] checked. */
function rangedCount(range: Range | undefined, count: string, source: Source): string {
  return range === undefined ? count : `w.range(${count}, ${range.low}, ${range.high}, ${source.path})`;
}

function conformantStatement(routine: Routine, plan: ConformantArrayPlan, source: Source): string {
  const { module } = routine.emit;
  const sent = sentLength(routine.emit, plan, source.text, source.path);
  const size = rangedCount(plan.range, argument(routine, plan.sizeIs, sent), source);
  const variance =
    plan.varying === undefined
      ? ""
      : `, ${argument(routine, plan.varying.firstIs, "0")}, ${argument(routine, plan.varying.lengthIs, sent)}`;
  if (plan.element.kind === "context-handle") return handleArrayStatement(routine, plan, plan.element, source, size);
  if (plan.element.kind === "scalar" && numberNodeOf(plan.element) !== undefined) {
    const name = module.value(plan.varying === undefined ? "marshalNumberArray" : "marshalVaryingNumberArray");
    return `${name}(w, ${source.text}, ${typedArrayConstructor(plan.element)}, ${source.path}, ${size}${variance});`;
  }
  return `${arrayMarshalRoutine(routine, plan, source)}(w, ${source.text}, ${source.path}, ${size}${variance}${outerArguments(routine, plan.element)});`;
}

function fixedStatement(routine: Routine, plan: FixedArrayPlan | VaryingArrayPlan, source: Source): string {
  const { module } = routine.emit;
  if (plan.element.kind === "context-handle")
    return handleArrayStatement(routine, plan, plan.element, source, String(plan.count));
  const variance =
    plan.kind === "fixed-array"
      ? ""
      : `, ${argument(routine, plan.firstIs, "0")}, ${argument(routine, plan.lengthIs, sentLength(routine.emit, plan, source.text, source.path))}`;
  if (plan.element.kind === "scalar" && numberNodeOf(plan.element) !== undefined) {
    const name = module.value(plan.kind === "fixed-array" ? "appendFixedNumbers" : "appendVaryingNumbers");
    return `${name}(w, ${source.text}, ${typedArrayConstructor(plan.element)}, ${plan.count}, ${source.path}${variance});`;
  }
  return `${arrayMarshalRoutine(routine, plan, source)}(w, ${source.text}, ${source.path}${variance}${outerArguments(routine, plan.element)});`;
}

/** The type of the elements behind a pointer to an array, or of an array. */
export function arrayTypeOf(type: Type): Type {
  const known = withoutAlias(type);
  return known.kind === "pointer" ? arrayTypeOf(known.pointee) : known;
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
