import type { Type } from "../../grammar/index.ts";
import type { ValuePlan } from "../wire-plan/plan.ts";
import { referentStatements } from "./marshal.ts";
import { zeroText } from "./zero-values.ts";
import type { OperationPlan, ParameterPlan } from "./operation-plan.ts";
import { conversionBehind, isStorage } from "./presented.ts";
import { drainAfter } from "./routine-context.ts";
import type { Routine } from "./routine-context.ts";
import { pointeeOf, referentText } from "./unmarshal.ts";
import type { Capacity } from "./unmarshal.ts";
import { withoutAlias } from "./typescript-types.ts";

/** A parameter or a return value. */
export interface Item {
  readonly name: string;
  readonly plan: ValuePlan;
  readonly type: Type;
}

/** Appends the statements that marshal a parameter at the cursor. */
export function marshalParameter(routine: Routine, plan: OperationPlan, parameter: ParameterPlan, text: string): void {
  const path = JSON.stringify(`${plan.operation.name}.${parameter.parameter.name}`);
  routine.fixed.push(...marshalItem(routine, parameter, text, path));
}

/**
 * Statements that marshal a parameter or a return value.
 *
 * @param previous expression of what the parameter was when it came in
 */
export function marshalItem(routine: Routine, item: Item, text: string, path: string, previous?: string): string[] {
  const { plan, type } = item;
  const lines: string[] = [];
  const source = { text, local: item.name, path, type, ...(previous === undefined ? {} : { previous }) };
  if (plan.kind === "pointer" && plan.pointer === "ref") {
    const conversion = conversionBehind(pointeeOf(type));
    const isValue =
      plan.referent.kind === "pointer" ||
      plan.referent.kind === "context-handle" ||
      (conversion !== undefined && !isStorage(conversion));
    const referent = isValue ? text : `w.required(${text}, ${path})`;
    if (isValue) lines.push(...referentStatements(routine, plan.referent, { ...source, type: pointeeOf(type) }));
    else {
      const local = routine.scope.coin(`${item.name}Referent`);
      lines.push(`const ${local} = ${referent};`);
      lines.push(...referentStatements(routine, plan.referent, { ...source, text: local, type: pointeeOf(type) }));
    }
  } else if (
    plan.kind === "conformant-array" ||
    plan.kind === "fixed-array" ||
    plan.kind === "varying-array" ||
    plan.kind === "multidimensional-array" ||
    plan.kind === "conformant-string"
  ) {
    const local = routine.scope.coin(`${item.name}Elements`);
    lines.push(
      `const ${local} = w.required(${text}, ${path});`,
      ...referentStatements(routine, plan, { ...source, text: local }),
    );
  } else lines.push(...referentStatements(routine, plan, source));
  drainAfter(routine, plan, lines);
  return lines;
}

/** Where an unmarshaled parameter goes. */
export interface ParameterTarget {
  /** Local that is declared. */
  readonly local: string;
  /** Existing storage, "null" where there is none. */
  readonly existing: string;
  /** All that its size depends on is known already. */
  readonly isKnown: boolean;
  /** TypeScript type of the local. */
  readonly type: string;
  /** What is in `existing` went to the server in this call. */
  readonly wasSent?: boolean;
  readonly capacity?: Capacity | undefined;
}

/** Statements that declare a local with the unmarshaled parameter. */
export function unmarshalParameter(
  routine: Routine,
  item: Item,
  target: ParameterTarget,
  operation = routine.name,
): string[] {
  const path = JSON.stringify(`${operation.replace(/^(un)?marshal\$?/, "")}.${item.name}`);
  const plan = target.isKnown ? item.plan : withoutExpectations(item.plan);
  const known = withoutAlias(item.type);
  const conversion = conversionBehind(item.type);
  const isInPlace =
    conversion === undefined ? known.kind === "struct" || known.kind === "union" : isStorage(conversion);
  const existing = isInPlace && target.existing === "null" ? zeroText(routine.emit, item.type) : target.existing;
  const text = referentText(routine, plan, {
    text: target.local,
    existing,
    local: item.name,
    path,
    type: item.type,
    capacity: target.capacity,
    handleText: target.type.replace(/ \| null$/, ""),
    wasSent: target.wasSent ?? false,
  });
  const lines = [`const ${target.local}: ${target.type} = ${text};`];
  drainAfter(routine, item.plan, lines);
  return lines;
}

/** The same plan, where the size is not compared because what it depends on is not known yet. */
function withoutExpectations(plan: ValuePlan): ValuePlan {
  switch (plan.kind) {
    case "pointer":
      return { ...plan, referent: withoutExpectations(plan.referent) };
    case "conformant-array":
      return {
        ...plan,
        element: withoutExpectations(plan.element),
        sizeIs: undefined,
        varying: plan.varying === undefined ? undefined : { ...plan.varying, firstIs: undefined, lengthIs: undefined },
      };
    case "fixed-array":
      return { ...plan, element: withoutExpectations(plan.element) };
    case "varying-array":
      return { ...plan, element: withoutExpectations(plan.element), firstIs: undefined, lengthIs: undefined };
    case "multidimensional-array":
      return {
        ...plan,
        element: withoutExpectations(plan.element),
        dimensions: plan.dimensions.map(({ count, varying }) => ({
          count,
          sizeIs: undefined,
          varying: varying === undefined ? undefined : { firstIs: undefined, lengthIs: undefined },
        })),
      };
    case "conformant-string":
      return { ...plan, sizeIs: undefined };
    case "union":
      return { ...plan, switchIs: undefined };
    default:
      return plan;
  }
}
