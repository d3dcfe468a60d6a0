/**
 * Size and skip routines: where the fixed part of a value ends when that depends on the value. The writer asks before it reserves, the
 * reader before it follows the pointers behind.
 */
import type { StructType, UnionType } from "../../grammar/index.ts";
import { bySyntax, strideOf } from "../wire-plan/layout.ts";
import type { StructItem, StructPlan, UnionPlan, ValuePlan } from "../wire-plan/plan.ts";
import { argument } from "./unmarshal.ts";
import { sizeRowsText, skipRowsText } from "./multidimensional-arrays.ts";
import { memberName } from "./names.ts";
import { dual, dualOperand } from "./place.ts";
import { conversionRoutine } from "./presented.ts";
import { bodyOf, coderParameter, mentions, routineName, typeRoutine, typeRoutineName } from "./routine-context.ts";
import type { Coder, EmitContext, Routine } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";
import { sentLength } from "./structure-strings.ts";
import { switchOverTag } from "./union-switch.ts";

/** End of the fixed part of a value at `at`, for the reader: an expression. */
export function skipText(emit: EmitContext, plan: ValuePlan, at: string): string {
  return endText(emit, "r", plan, at, "", undefined);
}

/** End of the fixed part of `value` written at `at`: an expression. */
export function sizeText(routine: Routine, plan: ValuePlan, at: string, value: string): string {
  return endText(routine.emit, "w", plan, at, value, routine);
}

function endText(
  emit: EmitContext,
  coder: Coder,
  plan: ValuePlan,
  at: string,
  value: string,
  routine: Routine | undefined,
): string {
  const { planner, module } = emit;
  const layout = planner.layoutOf(plan);
  if (layout.size !== undefined) {
    const octets = dual(layout.size);
    return coder === "r" ? `r.within(${at}, ${octets})` : `${at} + ${octets.includes("?") ? `(${octets})` : octets}`;
  }
  const verb = coder === "r" ? "skip" : "size";
  const ofValue = coder === "r" ? "" : `, ${value}`;
  switch (plan.kind) {
    case "struct":
      return `${routineName(emit, verb, plan.struct)}(${coder}, ${at}${ofValue}${planner.struct(plan.struct).tail === undefined ? "" : ", count"})`;
    case "union":
      return `${routineName(emit, verb, plan.union)}(${coder}, ${at}${ofValue})`;
    case "varying-string":
    case "conformant-string":
      return `${module.value(`${verb}VaryingString`)}(${coder}, ${at}${ofValue}, ${plan.characterSize})`;
    case "multidimensional-array":
      return coder === "r" || routine === undefined
        ? skipRowsText(emit, plan, at)
        : sizeRowsText(routine, plan, at, value);
    case "converted":
      return coder === "r"
        ? skipText(emit, plan.wire, at)
        : `${conversionRoutine(emit, "size", plan.conversion)}(w, ${at}, ${value})`;
    case "fixed-array":
    case "varying-array":
    case "conformant-array":
      return arrayEndText(emit, coder, plan, at, value, routine);
    default:
      throw new Error(`a ${plan.kind} has a fixed size`);
  }
}

function arrayEndText(
  emit: EmitContext,
  coder: Coder,
  plan: Extract<ValuePlan, { kind: "fixed-array" | "varying-array" | "conformant-array" }>,
  at: string,
  value: string,
  routine: Routine | undefined,
): string {
  const { module, planner } = emit;
  const layout = planner.layoutOf(plan.element);
  const stride = strideOf(layout);
  const varying = plan.kind === "fixed-array" ? undefined : plan.kind === "varying-array" ? plan : plan.varying;
  if (stride === undefined || layout.size === undefined) {
    const alignment = dual(layout.start);
    if (coder === "r") {
      const skip = `(at) => ${skipText(emit, plan.element, `r.align(at, ${alignment})`)}`;
      const count = plan.kind === "conformant-array" ? "count" : String(plan.count);
      return varying === undefined
        ? `${module.value("skipElements")}(${at}, ${count}, ${skip})`
        : `${module.value("skipVaryingElements")}(r, ${at}, ${skip})`;
    }
    const size = `(at, item) => ${endText(emit, "w", plan.element, `w.align(at, ${alignment})`, "item", routine)}`;
    if (varying === undefined || routine === undefined)
      return `${module.value("sizeElements")}(${at}, ${value}, ${size})`;
    const first = argument(routine, varying.firstIs, "0");
    const length = argument(routine, varying.lengthIs, sentLength(emit, plan, value, pathOf(plan)));
    return `${module.value("sizeVaryingElements")}(w, ${at}, ${value}, ${first}, ${length}, ${size})`;
  }
  const { size } = layout;
  const shape = `${dual(size)}, ${dual(stride)}, ${dual(layout.start)}`;
  if (varying === undefined) return `${coder}.elementsEnd(${at}, count, ${shape})`;
  if (coder === "r") return `${module.value("skipVaryingArray")}(r, ${at}, ${shape})`;
  const length =
    routine === undefined
      ? "undefined"
      : argument(routine, varying.lengthIs, sentLength(emit, plan, value, pathOf(plan)));
  return `${module.value("sizeVaryingArray")}(w, ${at}, ${length}, ${shape})`;
}

/** What a mistake in the array is reported at. */
function pathOf({ element }: { readonly element: ValuePlan }): string {
  return JSON.stringify(element.kind === "struct" ? `${element.struct.name}[]` : "");
}

/** The TypeScript type of what a conformant struct sends before it: a maximum count, or one for each dimension. */
export function countTypeOf({ tail }: StructPlan): string | undefined {
  if (tail === undefined) return undefined;
  return tail.plan.kind === "multidimensional-array" ? "readonly number[]" : "number";
}

/** Prints the skip and size routines of a struct of varying size. */
export function structExtents(emit: EmitContext, plan: StructPlan): void {
  if (plan.layout.size !== undefined) return;
  for (const coder of ["r", "w"] as const) {
    const routine = extentRoutine(emit, coder, plan.type);
    const lines = routine.fixed;
    lines.push("let end = at;");
    for (const item of plan.items) {
      const { field, plan: part } = item;
      const isTail = field === plan.items.at(-1)?.field && plan.tail !== undefined;
      const isWhole =
        (part.kind === "conformant-array" && part.varying === undefined) ||
        (part.kind === "multidimensional-array" && !part.isVarying);
      lines.push(
        isTail && isWhole
          ? `end = ${endText(emit, coder, part, "end", `value.${memberName(field.name)}`, routine)};`
          : memberEnd(emit, coder, item, routine),
      );
    }
    const { alignment } = plan.layout;
    const { syntaxes } = emit.planner;
    if (alignment.ndr64 > 1 && syntaxes.includes("ndr64")) {
      const condition = syntaxes.includes("ndr") ? `if (${coder}.ndr64) ` : "";
      lines.push(`${condition}end = ${coder}.align(end, ${alignment.ndr64});`);
    }
    lines.push("return end;");
    printExtent(emit, coder, plan.type, routine, countTypeOf(plan));
  }
}

/** The place of the varying tail of a struct at `at`, for the reader: an expression. Behind members of varying size a routine finds it. */
export function tailPlace(emit: EmitContext, plan: StructPlan, at = "at"): string {
  const { tail } = plan;
  if (tail?.offset !== undefined) return `${at} + ${dualOperand(tail.offset)}`;
  const name = routineName(emit, "skip", plan.type, "Members");
  if (!emit.printed.has(name)) {
    emit.printed.add(name);
    printTailPlace(emit, plan, name);
  }
  return `${name}(r, ${at})`;
}

function printTailPlace(emit: EmitContext, plan: StructPlan, name: string): void {
  const routine = extentRoutine(emit, "r", plan.type);
  const last = plan.items.at(-1);
  if (last === undefined) throw new Error(`${plan.type.name} has no tail`);
  routine.fixed.push("let end = at;", ...plan.items.slice(0, -1).map((item) => memberEnd(emit, "r", item, routine)));
  const start = `r.align(end, ${dual(emit.planner.layoutOf(last.plan).start)})`;
  routine.fixed.push(
    `return ${last.plan.kind === "struct" ? tailPlace(emit, emit.planner.struct(last.plan.struct), start) : start};`,
  );
  emit.module.add(
    functionStructure({
      name,
      documentation: `Where the varying tail of struct ${plan.type.name} at \`at\` begins.`,
      parameters: [coderParameter(emit, "r"), { name: "at", type: "number" }],
      returnType: "number",
      statements: bodyOf(routine),
    }),
  );
}

/** A statement that advances `end` over a member before the tail. */
function memberEnd(emit: EmitContext, coder: Coder, { field, plan }: StructItem, routine: Routine): string {
  const { start } = emit.planner.layoutOf(plan);
  const at = start.ndr === 1 && start.ndr64 === 1 ? "end" : `${coder}.align(end, ${dual(start)})`;
  return `end = ${endText(emit, coder, plan, at, `value.${memberName(field.name)}`, routine)};`;
}

/** Prints the skip and size routines of a union of varying size. */
export function unionExtents(emit: EmitContext, plan: UnionPlan): void {
  if (plan.layout.size !== undefined) return;
  const tag = emit.planner.layoutOf(plan.discriminant);
  for (const coder of ["r", "w"] as const) {
    const routine = extentRoutine(emit, coder, plan.type);
    const lines = routine.fixed;
    const behindTag =
      coder === "r"
        ? `r.within(at, ${dual(tag.alignment)})`
        : `at + ${dual(tag.alignment).includes("?") ? `(${dual(tag.alignment)})` : dual(tag.alignment)}`;
    lines.push(`const end = ${behindTag};`);
    lines.push(...(coder === "r" ? [`switch (${tagText(plan)}) {`] : switchOverTag(plan)));
    let hasDefault = false;
    for (const { arm, plan: part } of plan.arms) {
      for (const each of arm.cases) lines.push(`case ${each.value}:`);
      if (arm.isDefault) {
        hasDefault = true;
        lines.push(coder === "r" ? "default:" : 'case "default":');
      }
      const alignment = bySyntax(
        (syntax) => plan.armAlignment[syntax] ?? (part === undefined ? 1 : emit.planner.layoutOf(part).start[syntax]),
      );
      const at = alignment.ndr === 1 && alignment.ndr64 === 1 ? "end" : `${coder}.align(end, ${dual(alignment)})`;
      const value = arm.name === undefined ? "" : `value.${memberName(arm.name)}`;
      lines.push(`return ${part === undefined ? at : endText(emit, coder, part, at, value, routine)};`);
    }
    if (!hasDefault)
      lines.push(
        "default:",
        coder === "r"
          ? `throw r.invalidTag(${tagText(plan)}, ${JSON.stringify(plan.type.name)});`
          : `throw w.invalidTag(value, ${JSON.stringify(plan.type.name)});`,
      );
    lines.push("}");
    printExtent(emit, coder, plan.type, routine, undefined);
  }
}

/** The discriminant as a number. */
function tagText(plan: UnionPlan): string {
  const read = `r.${plan.discriminant.method}(at)`;
  return plan.discriminant.method === "boolean" ? `Number(${read})` : read;
}

function extentRoutine(emit: EmitContext, coder: Coder, type: StructType | UnionType): Routine {
  return typeRoutine(emit, coder, type, { name: "value", type: emit.types.named(type.name, type.file) });
}

function printExtent(
  emit: EmitContext,
  coder: Coder,
  type: StructType | UnionType,
  routine: Routine,
  countType: string | undefined,
): void {
  const statements = bodyOf(routine);
  emit.module.add(
    functionStructure({
      name: typeRoutineName(coder === "r" ? "skip" : "size", type),
      exported: true,
      documentation: `End of the fixed part of ${type.kind} ${type.name} at \`at\`.`,
      parameters: [
        coderParameter(emit, coder),
        { name: "at", type: "number" },
        ...(coder === "w"
          ? [{ name: mentions(statements, "value") ? "value" : "_value", type: emit.types.named(type.name, type.file) }]
          : []),
        ...(countType === undefined
          ? []
          : [{ name: mentions(statements, "count") ? "count" : "_count", type: countType }]),
      ],
      returnType: "number",
      statements,
    }),
  );
}
