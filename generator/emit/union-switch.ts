import type { UnionPlan } from "../wire-plan/plan.ts";

/**
 * The beginning of a switch over the discriminant of `value`. A union that knows one discriminant is told apart as a plain number or
 * string: to the compiler its own type leaves nothing to tell.
 */
export function switchOverTag({ arms }: UnionPlan): string[] {
  const tags = arms.reduce((count, { arm }) => count + arm.cases.length + (arm.isDefault ? 1 : 0), 0);
  if (tags !== 1) return ["switch (value.discriminant) {"];
  return ["const discriminant: number | string = value.discriminant;", "switch (discriminant) {"];
}
