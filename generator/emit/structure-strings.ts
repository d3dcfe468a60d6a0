/**
 * [string] of structures of bytes (MIDL "string"): an array that is sent up to the first structure of which every byte is 0, which is sent and
 * kept like the others (C706 14.3.4: the terminator of a string is part of it).
 */
import type { ConformantArrayPlan, FixedArrayPlan, VaryingArrayPlan } from "../wire-plan/plan.ts";
import { memberName } from "./names.ts";
import type { EmitContext } from "./routine-context.ts";

type ArrayPlan = ConformantArrayPlan | FixedArrayPlan | VaryingArrayPlan;

/** Whether an array is such a string. */
export function isStructureString(plan: ArrayPlan): boolean {
  if (plan.kind === "fixed-array") return false;
  return (plan.kind === "varying-array" ? plan.terminated : plan.varying?.terminated) === true;
}

/** How many elements of `value` are sent where no expression says it: all, or those of a string. */
export function sentLength(emit: EmitContext, plan: ArrayPlan, value: string, path: string): string {
  if (!isStructureString(plan)) return `${value}.length`;
  return `${emit.module.value("terminatedLength")}(w, ${value}, ${isNullText(emit, plan)}, ${path})`;
}

/** A statement that a string which arrived ends as one; nothing for other arrays. */
export function terminatorStatements(
  emit: EmitContext,
  plan: ArrayPlan,
  array: string,
  count: string,
  path: string,
): readonly string[] {
  if (!isStructureString(plan)) return [];
  return [`${emit.module.value("requireTerminator")}(r, ${array}, ${count}, ${isNullText(emit, plan)}, ${path});`];
}

/** A function that says whether every byte of a structure is 0. */
function isNullText({ planner }: EmitContext, { element }: ArrayPlan): string {
  if (element.kind !== "struct") throw new Error(`a [string] of elements that are a ${element.kind}`);
  const bytes = planner.struct(element.struct).items.map(({ field }) => `item.${memberName(field.name)}`);
  return `(item) => ${bytes.length === 1 ? bytes.join("") : `(${bytes.join(" | ")})`} === 0`;
}
