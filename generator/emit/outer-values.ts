/**
 * Values from outside an array that its elements need: `size_is(n, m)` on a pointer to an array of pointers makes every element `m` long.
 * The routine of the array is handed them.
 */
import type { Expression, Field, Parameter } from "../../grammar/index.ts";
import type { ValuePlan } from "../wire-plan/plan.ts";
import { references } from "./expressions.ts";
import type { Resolve } from "./expressions.ts";
import type { Scope } from "./names.ts";
import type { EmitContext, Routine } from "./routine-context.ts";
import type { ParameterText } from "./structures.ts";

/** Expressions of a plan that are evaluated where the plan stands, not inside the structs that it leads to. */
export function expressionsOf(plan: ValuePlan): readonly Expression[] {
  switch (plan.kind) {
    case "pointer":
      return expressionsOf(plan.referent);
    case "union":
      return present(plan.switchIs);
    case "conformant-string":
      return present(plan.sizeIs);
    case "conformant-array":
      return [...present(plan.sizeIs, plan.varying?.firstIs, plan.varying?.lengthIs), ...expressionsOf(plan.element)];
    case "varying-array":
      return [...present(plan.firstIs, plan.lengthIs), ...expressionsOf(plan.element)];
    case "multidimensional-array":
      return [
        ...plan.dimensions.flatMap(({ sizeIs, varying }) => present(sizeIs, varying?.firstIs, varying?.lengthIs)),
        ...expressionsOf(plan.element),
      ];
    case "fixed-array":
      return expressionsOf(plan.element);
    default:
      return [];
  }
}

/** Fields and parameters that a plan reads, each once. */
export function outerReferences(plan: ValuePlan): readonly (Field | Parameter)[] {
  return [...new Set(expressionsOf(plan).flatMap(references))];
}

/** The same as arguments of a call, each with a comma before it. */
export function outerArguments(routine: Routine, element: ValuePlan): string {
  return outerReferences(element)
    .map((target) => `, ${routine.resolve(target)}`)
    .join("");
}

/** Parameters of a routine for values from outside, and what they are called there. */
export interface OuterParameters {
  readonly parameters: readonly ParameterText[];
  readonly resolve: Resolve;
}

/** The same as parameters of the routine, and what the elements call them there. */
export function outerParameters(emit: EmitContext, element: ValuePlan, scope: Scope): OuterParameters {
  const names = new Map<object, string>();
  const parameters = outerReferences(element).map((target): ParameterText => {
    const name = scope.coin(target.name);
    names.set(target, name);
    return { name, type: emit.types.text(target.type) };
  });
  return { parameters, resolve: (target) => names.get(target) ?? "undefined" };
}

function present(...expressions: readonly (Expression | undefined)[]): readonly Expression[] {
  return expressions.filter((expression) => expression !== undefined);
}
