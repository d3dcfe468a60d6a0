/** Arrays of context handles: one call of the runtime each, like arrays of numbers. */
import type { ConformantArrayPlan, ContextHandlePlan, FixedArrayPlan, VaryingArrayPlan } from "../wire-plan/plan.ts";
import type { Source } from "./marshal.ts";
import { arrayNodeExpression } from "./node-types.ts";
import type { Routine } from "./routine-context.ts";
import { rangedReader, argument } from "./unmarshal.ts";
import type { Target } from "./unmarshal.ts";
import { elementOf } from "./unmarshal-arrays.ts";

type ArrayPlan = ConformantArrayPlan | FixedArrayPlan | VaryingArrayPlan;

/** Unmarshals an array of context handles at the cursor: an expression. */
export function handleArrayText(
  routine: Routine,
  plan: ArrayPlan,
  { name }: ContextHandlePlan,
  target: Target,
): string {
  const { emit } = routine;
  const isConformant = plan.kind === "conformant-array";
  const varying = varianceOf(plan);
  const node = arrayNodeExpression(emit, elementOf(target.type));
  const parameters = [
    isConformant ? rangedReader(plan, target) : "r",
    target.existing,
    node,
    target.path,
    isConformant ? argument(routine, plan.sizeIs) : "undefined",
    String(target.wasSent ?? false),
    JSON.stringify(name),
  ];
  if (varying !== undefined)
    parameters.push(
      `{ first: ${argument(routine, varying.firstIs, "0")}, length: ${argument(routine, varying.lengthIs)} }`,
    );
  if (!isConformant) parameters.push(...(varying === undefined ? ["undefined"] : []), String(plan.count));
  return `${emit.module.value("unmarshalContextHandleArray")}<${emit.types.handle(name)}>(${parameters.join(", ")})`;
}

/** Marshals an array of context handles at the cursor: a statement. */
export function handleArrayStatement(
  routine: Routine,
  plan: ArrayPlan,
  { name }: ContextHandlePlan,
  source: Source,
  count: string,
): string {
  const isConformant = plan.kind === "conformant-array";
  const varying = varianceOf(plan);
  const parameters = [
    "w",
    source.text,
    source.path,
    count,
    String(isConformant),
    JSON.stringify(name),
    source.previous ?? "undefined",
  ];
  if (varying !== undefined)
    parameters.push(
      `{ first: ${argument(routine, varying.firstIs, "0")}, length: ${argument(routine, varying.lengthIs, `${source.text}.length`)} }`,
    );
  while (parameters.at(-1) === "undefined") parameters.pop();
  return `${routine.emit.module.value("marshalContextHandleArray")}(${parameters.join(", ")});`;
}

function varianceOf(plan: ArrayPlan): ConformantArrayPlan["varying"] {
  return plan.kind === "fixed-array" ? undefined : plan.kind === "varying-array" ? plan : plan.varying;
}
