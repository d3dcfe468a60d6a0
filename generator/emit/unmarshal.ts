import type { Expression, Range, Type } from "../../grammar/index.ts";
import type {
  ConformantArrayPlan,
  ConvertedPlan,
  FixedArrayPlan,
  PointerPlan,
  ScalarPlan,
  UnionValuePlan,
  ValuePlan,
  VaryingArrayPlan,
} from "../wire-plan/plan.ts";
import { isBoxed } from "../wire-plan/conversions.ts";
import { handleArrayText } from "./context-handle-arrays.ts";
import { numberText } from "./expressions.ts";
import { rowsReferentText, unmarshalRows } from "./multidimensional-arrays.ts";
import { arrayNodeExpression, identifierOf, pointeeNode, pointsToNode } from "./node-types.ts";
import { numberNodeOf } from "./number-nodes.ts";
import { outerArguments } from "./outer-values.ts";
import { dual, placeText } from "./place.ts";
import type { Place } from "./place.ts";
import { conversionRoutine, isStorage } from "./presented.ts";
import { deferral, drainAfter, mentions, mustDefer, routineName } from "./routine-context.ts";
import type { Routine } from "./routine-context.ts";
import { terminatorStatements } from "./structure-strings.ts";
import { withoutAlias } from "./typescript-types.ts";
import { arrayReferentRoutine, elementOf, unmarshalElements } from "./unmarshal-arrays.ts";

/** Where an unmarshaled value goes. */
export interface Target {
  /** Assignable expression: `value.next`. */
  readonly text: string;
  /** Storage that may be there already; "null" where there is none. */
  readonly existing: string;
  /** Name to coin locals from. */
  readonly local: string;
  /** IDL path as an expression: a string literal. */
  readonly path: string;
  readonly type: Type;
  /** The TypeScript type of a context handle. */
  readonly handleText?: string;
  /** What is in `existing` went to the server in this call. */
  readonly wasSent?: boolean;
  /** The existing storage of a parameter, and what its size expression gives before the call. */
  readonly capacity?: Capacity | undefined;
}

/** Existing storage and its capacity, as expressions (M15). */
export interface Capacity {
  readonly existing: string;
  readonly count: string;
}

/** Unmarshals a value whose fixed part lies at `place`: statements for the fixed part, and for what lies behind it. */
export function unmarshalValue(routine: Routine, plan: ValuePlan, place: Place, target: Target): void {
  const { module, planner } = routine.emit;
  const hasReferents = planner.hasReferents(plan);
  const lines = hasReferents ? routine.late : routine.fixed;
  const at = placeText(place);
  switch (plan.kind) {
    case "scalar":
      lines.push(`${target.text} = ${scalarText(plan, at, target.path)};`);
      return;
    case "pointer":
      unmarshalPointer(routine, plan, at, target);
      return;
    case "struct": {
      const name = routineName(routine.emit, "unmarshal", plan.struct);
      const count = planner.struct(plan.struct).tail === undefined ? "" : ", count";
      if (routine.state.deferring && hasReferents) {
        lines.push(`r.defer(${name}, ${at}, ${target.text});`);
        return;
      }
      lines.push(`${name}(r, ${at}, ${target.text}${count});`);
      drainAfter(routine, plan, lines);
      return;
    }
    case "union": {
      const assign = (inner: Routine, from: string): void => {
        inner.late.push(`${target.text} = ${unionText(inner, plan, from, target)};`);
      };
      if (routine.state.deferring && hasReferents) {
        lines.push(
          deferral(routine, target.local, at, (inner) => {
            assign(inner, "at");
          }),
        );
        return;
      }
      lines.push(`${target.text} = ${unionText(routine, plan, at, target)};`);
      drainAfter(routine, plan, lines);
      return;
    }
    case "fixed-array":
      if (numberNodeOf(plan.element) !== undefined)
        lines.push(`${module.value("unmarshalNumbers")}(r, ${at}, ${target.text});`);
      else unmarshalElements(routine, plan.element, { at, count: String(plan.count), first: "0" }, target, lines);
      return;
    case "varying-array":
    case "conformant-array":
      unmarshalRun(routine, plan, at, target, lines);
      return;
    case "multidimensional-array":
      unmarshalRows(routine, plan, at, target, lines);
      return;
    case "varying-string":
      lines.push(
        `${target.text} = ${module.value("unmarshalVaryingString")}(r, ${at}, ${plan.characterSize}, ${plan.capacity}, ${target.path});`,
      );
      return;
    case "conformant-string":
      lines.push(
        `${target.text} = ${module.value("unmarshalVaryingString")}(r, ${at}, ${plan.characterSize}, count, ${target.path});`,
      );
      return;
    case "converted": {
      const assign = (inner: Routine, from: string): void => {
        inner.late.push(`${target.text} = ${convertedText(inner, plan, [from], target)};`);
      };
      if (routine.state.deferring && hasReferents)
        lines.push(
          deferral(routine, target.local, at, (inner) => {
            assign(inner, "at");
          }),
        );
      else lines.push(`${target.text} = ${convertedText(routine, plan, [at], target)};`);
      return;
    }
    case "ignored-pointer":
      lines.push(`${target.text} = ${plan.isRef ? `${module.value("unsetReference")}()` : "null"};`);
      return;
    case "context-handle":
    case "object-reference":
      throw new Error(`a ${plan.kind} inside another value`);
    default:
      assertNever(plan);
  }
}

/** A scalar at an offset, its range checked. */
export function scalarText(plan: ScalarPlan, at: string, path: string): string {
  const value = `r.${plan.method}(${at})`;
  if (plan.range === undefined) return value;
  return `r.range(${value}, ${rangeLimit(plan, plan.range.low)}, ${rangeLimit(plan, plan.range.high)}, ${path})`;
}

/** A limit of a [range] as a literal of the scalar's type. */
export function rangeLimit(plan: ScalarPlan, limit: number | bigint): string {
  return isBigint(plan) ? `${limit}n` : String(limit);
}

/** Whether the scalar is a bigint in TypeScript. */
export function isBigint(plan: ScalarPlan): boolean {
  return plan.method === "int64" || plan.method === "uint64" || plan.method === "int3264" || plan.method === "uint3264";
}

/** A call of the routine of a converted type: at a place, or at the cursor. */
function convertedText(routine: Routine, plan: ConvertedPlan, at: readonly string[], target: Target): string {
  const { conversion } = plan;
  const name = conversionRoutine(routine.emit, "unmarshal", conversion, at.length === 0 ? "Node" : "");
  const existing = isStorage(conversion) ? [target.existing] : [];
  return `${name}(${["r", ...at, ...existing, target.path].join(", ")})`;
}

function unionText(routine: Routine, plan: UnionValuePlan, at: string, target: Target): string {
  return `${routineName(routine.emit, "unmarshal", plan.union)}(r, ${at}, ${switchText(routine, plan)}${target.existing})`;
}

/** The argument for the value of switch_is, with the comma behind it; nothing for encapsulated unions. */
export function switchText(routine: Routine, plan: UnionValuePlan): string {
  return plan.union.encapsulated === undefined ? `${argument(routine, plan.switchIs)}, ` : "";
}

/** An optional expression as an argument. */
export function argument(routine: Routine, expression: Expression | undefined, otherwise = "undefined"): string {
  return expression === undefined ? otherwise : numberText(expression, routine.resolve);
}

/** The elements of an array inside its struct: the tail of a conformant struct, or a varying array of fixed size. */
function unmarshalRun(
  routine: Routine,
  plan: VaryingArrayPlan | ConformantArrayPlan,
  at: string,
  target: Target,
  lines: string[],
): void {
  const { module, planner } = routine.emit;
  const varying = plan.kind === "varying-array" ? plan : plan.varying;
  const isNumbers = numberNodeOf(plan.element) !== undefined;
  if (varying === undefined) {
    if (isNumbers) lines.push(`${module.value("unmarshalNumbers")}(r, ${at}, ${target.text}, count);`);
    else {
      const node = arrayNodeExpression(routine.emit, elementOf(target.type));
      lines.push(`${module.value("existingArray")}(r, ${target.text}, ${node}, count, ${target.path});`);
      unmarshalElements(routine, plan.element, { at, count: "count", first: "0" }, target, lines);
    }
    return;
  }
  const run = routine.scope.coin(`${target.local}Run`);
  const capacity = plan.kind === "varying-array" ? String(plan.count) : "count";
  const alignment = dual(planner.layoutOf(plan.element).start);
  const first = argument(routine, varying.firstIs, "0");
  const length = argument(routine, varying.lengthIs);
  lines.push(
    `const ${run} = ${module.value("varyingRun")}(r, ${at}, ${capacity}, ${first}, ${length}, ${alignment}, ${target.path});`,
  );
  if (isNumbers)
    lines.push(`${module.value("unmarshalNumbers")}(r, ${run}.at, ${target.text}, ${run}.count, ${run}.first);`);
  else
    unmarshalElements(
      routine,
      plan.element,
      { at: `${run}.at`, count: `${run}.count`, first: `${run}.first` },
      target,
      lines,
    );
  lines.push(...terminatorStatements(routine.emit, plan, target.text, `${run}.count`, target.path));
}

function unmarshalPointer(routine: Routine, plan: PointerPlan, at: string, target: Target): void {
  const { pointer: kind, referent } = plan;
  const isDeferred = mustDefer(routine, referent);
  const assign = (inner: Routine): void => {
    inner.late.push(`${target.text} = ${numberedText(inner, plan, target, "at")};`);
    drainAfter(inner, referent, inner.late);
  };
  if (kind === "ref") {
    if (isDeferred) routine.late.push(deferral(routine, target.local, "0", assign));
    else assign(routine);
    return;
  }
  const pointer = routine.scope.coin(`${target.local}Pointer`);
  routine.fixed.push(`const ${pointer} = r.pointer(${at});`);
  if (isDeferred) {
    const handed = kind === "ptr" ? pointer : "0";
    routine.late.push(
      `if (${pointer}) ${deferral(routine, target.local, handed, assign)}`,
      `else ${target.text} = ${nullText(routine, plan, target)};`,
    );
    return;
  }
  routine.late.push(
    `${target.text} = ${pointer} ? ${numberedText(routine, plan, target, pointer)} : ${nullText(routine, plan, target)};`,
  );
  drainAfter(routine, referent, routine.late);
}

/** What stands for a null pointer: null, unless its array has a size. */
function nullText(routine: Routine, plan: PointerPlan, target: Target): string {
  const sizeIs = plan.refusesSizedNull ? outermostSize(plan.referent) : undefined;
  return sizeIs === undefined ? "null" : `r.nullArray(${argument(routine, sizeIs)}, ${target.path})`;
}

/** The size expression of a conformant array or string: a null pointer to it means that the size is 0. */
export function outermostSize(plan: ValuePlan): Expression | undefined {
  if (plan.kind === "multidimensional-array") return plan.dimensions[0]?.sizeIs;
  return plan.kind === "conformant-array" || plan.kind === "conformant-string" ? plan.sizeIs : undefined;
}

/** The reader, after it has checked the [range] of the maximum count that comes next, and that a string which is replaced has room for it. */
export function rangedReader(
  plan: { readonly kind?: ValuePlan["kind"]; readonly range: Range | undefined },
  target: Target,
): string {
  const range = plan.range === undefined ? "" : `.limit(${plan.range.low}, ${plan.range.high}, ${target.path})`;
  const { capacity, path } = target;
  const isString = plan.kind === "conformant-string" && capacity !== undefined;
  return `r${range}${isString ? `.fits(${capacity.existing}, ${capacity.count}, ${path})` : ""}`;
}

/** What a pointer refers to; that of a full pointer may have come before, under the same number. */
function numberedText(routine: Routine, plan: PointerPlan, target: Target, number: string): string {
  if (plan.pointer !== "ptr") return storedText(routine, plan, target);
  return `${routine.emit.module.value("unmarshalFullPointer")}(r, ${number}, ${fullPointerArguments(routine, plan, target)})`;
}

/** What a pointer refers to, where its storage has to be. */
function storedText(routine: Routine, plan: PointerPlan, target: Target): string {
  const { storage, referent } = plan;
  if (storage === undefined || isByValue(referent)) return pointeeText(routine, referent, target);
  const { module } = routine.emit;
  if (storage === "own") return `${module.value("inOwnStorage")}(r, () => ${pointeeText(routine, referent, target)})`;
  const { capacity } = target;
  if (storage === "buffer" && capacity !== undefined)
    return `${module.value("inBuffer")}(r, ${capacity.existing}, ${capacity.count}, () => ${pointeeText(routine, referent, { ...target, existing: "null", capacity: undefined })})`;
  return `${module.value("allNodes")}(r, () => ${pointeeText(routine, referent, { ...target, existing: "null" })})`;
}

/** Whether nothing behind the pointer could be a view of the stub data, or a node at all. */
function isByValue(referent: ValuePlan): boolean {
  return referent.kind === "scalar" || referent.kind === "conformant-string" || referent.kind === "varying-string";
}

/** Kind, path and routine of a full pointer's referent. */
function fullPointerArguments(routine: Routine, plan: PointerPlan, target: Target): string {
  const pointee = pointeeOf(target.type);
  const kind = pointeeNode(routine.emit, target.type) ?? JSON.stringify(identifierOf(pointee));
  const inner = storedText(routine, plan, { ...target, existing: pointsToNode(target.type) ? "existing" : "null" });
  const text = routine.emit.types.text(pointee);
  const type = isBoxed({ pointer: plan.pointer, pointee }) ? `${routine.emit.module.type("Pointer")}<${text}>` : text;
  return `${kind}, ${target.path}, (${mentions([inner], "existing") ? `existing: ${type} | null` : ""}) => ${inner}`;
}

/** What a nullable pointer refers to: in a box when that may be null itself. */
function pointeeText(routine: Routine, referent: ValuePlan, target: Target): string {
  const pointee = withoutAlias(target.type);
  const type = pointee.kind === "pointer" ? pointee.pointee : pointee;
  if (pointee.kind !== "pointer" || !isBoxed(pointee)) return referentText(routine, referent, { ...target, type });
  const inner = referentText(routine, referent, { ...target, existing: "existing", type });
  const node = pointeeNode(routine.emit, pointee) ?? "undefined";
  return `${routine.emit.module.value("unmarshalBox")}(r, ${target.existing}, ${node}, (${mentions([inner], "existing") ? "existing" : ""}) => ${inner})`;
}

/**
 * Unmarshals something that begins at the cursor: what a pointer refers to, or a parameter. An expression.
 *
 * @param target its type is that of the thing itself, not of the pointer
 */
export function referentText(routine: Routine, plan: ValuePlan, target: Target): string {
  const { module, planner } = routine.emit;
  const take = (octets: Parameters<typeof dual>[0], alignment: Parameters<typeof dual>[0]): string =>
    `r.take(${dual(octets)}, ${dual(alignment)})`;
  switch (plan.kind) {
    case "scalar": {
      const { size, alignment } = planner.layoutOf(plan);
      return scalarText(plan, take(size ?? alignment, alignment), target.path);
    }
    case "pointer": {
      if (plan.pointer === "ref") return storedText(routine, plan, target);
      if (plan.pointer === "ptr")
        return `${module.value("takeFullPointer")}(r, ${fullPointerArguments(routine, plan, target)})`;
      const inner = storedText(routine, plan, target);
      return `r.pointer(${take(planner.pointerLayout.alignment, planner.pointerLayout.alignment)}) ? ${inner} : ${nullText(routine, plan, target)}`;
    }
    case "struct":
      return `${routineName(routine.emit, "unmarshal", plan.struct, "Node")}(r, ${target.existing})`;
    case "union":
      return `${routineName(routine.emit, "unmarshal", plan.union, "Node")}(r, ${switchText(routine, plan)}${target.existing})`;
    case "conformant-string":
      return `${module.value("unmarshalString")}(${rangedReader(plan, target)}, ${plan.characterSize}, ${target.path}${plan.sizeIs === undefined ? "" : `, ${argument(routine, plan.sizeIs)}`})`;
    case "varying-string":
      return `${module.value("takeVaryingString")}(r, ${plan.characterSize}, ${plan.capacity}, ${target.path})`;
    case "context-handle":
      return `${module.value(plan.mayBeNull ? "unmarshalContextHandle" : "unmarshalLiveContextHandle")}<${target.handleText ?? "object"}>(r, ${JSON.stringify(plan.name)}, ${target.existing})`;
    case "converted":
      return convertedText(routine, plan, [], target);
    case "object-reference":
      return `${module.value("unmarshalObjectReference")}(r, ${target.existing}, ${target.path})`;
    case "ignored-pointer":
      throw new Error("an ignored pointer has no referent");
    case "multidimensional-array":
      return rowsReferentText(routine, plan, target);
    case "conformant-array":
      return conformantText(routine, plan, target);
    case "fixed-array":
    case "varying-array":
      return fixedText(routine, plan, target);
    default:
      return assertNever(plan);
  }
}

function conformantText(routine: Routine, plan: ConformantArrayPlan, target: Target): string {
  const { module } = routine.emit;
  if (plan.element.kind === "context-handle") return handleArrayText(routine, plan, plan.element, target);
  const size = argument(routine, plan.sizeIs);
  const node = numberNodeOf(plan.element);
  const variance =
    plan.varying === undefined
      ? ""
      : `, ${argument(routine, plan.varying.firstIs, "0")}, ${argument(routine, plan.varying.lengthIs)}`;
  if (node !== undefined) {
    const name = module.value(
      plan.varying !== undefined
        ? "unmarshalVaryingNumberArray"
        : plan.mayReuseBuffer
          ? "unmarshalNumberArray"
          : "unmarshalOwnNumberArray",
    );
    return `${name}(${rangedReader(plan, target)}, ${target.existing}, ${module.value(node)}, ${target.path}, ${size}${variance})`;
  }
  const name = arrayReferentRoutine(routine, plan, target);
  return `${name}(${rangedReader(plan, target)}, ${target.existing}, ${target.path}, ${size}${variance}${outerArguments(routine, plan.element)}${target.capacity === undefined ? "" : `, ${target.capacity.count}`})`;
}

function fixedText(routine: Routine, plan: FixedArrayPlan | VaryingArrayPlan, target: Target): string {
  const { module } = routine.emit;
  if (plan.element.kind === "context-handle") return handleArrayText(routine, plan, plan.element, target);
  const node = numberNodeOf(plan.element);
  const variance =
    plan.kind === "fixed-array" ? "" : `, ${argument(routine, plan.firstIs, "0")}, ${argument(routine, plan.lengthIs)}`;
  if (node !== undefined) {
    const name = module.value(
      plan.kind === "fixed-array" ? "unmarshalFixedNumberArray" : "unmarshalFixedVaryingNumberArray",
    );
    return `${name}(r, ${target.existing}, ${module.value(node)}, ${plan.count}, ${target.path}${variance})`;
  }
  return `${arrayReferentRoutine(routine, plan, target)}(r, ${target.existing}, ${target.path}${variance}${outerArguments(routine, plan.element)})`;
}

/** The type behind a pointer type. */
export function pointeeOf(type: Type): Type {
  const pointer = withoutAlias(type);
  return pointer.kind === "pointer" ? pointer.pointee : pointer;
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
