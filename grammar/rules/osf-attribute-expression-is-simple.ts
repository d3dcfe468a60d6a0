import type { Reporter } from "../diagnostics/reporter.ts";
import type { Expression } from "../model.ts";
import { memberName, type Member } from "./member.ts";

const judged = ["size_is", "max_is", "min_is", "length_is", "last_is", "first_is", "switch_is"];

/** /osf: a size, length or switch is a name, or `*` and a name. MIDL2178. */
export function osfAttributeExpressionIsSimple(member: Member, reporter: Reporter): void {
  for (const expression of judged.flatMap((name) => member.attributes.get(name)?.arguments ?? [])) {
    if (expression === undefined || isSimple(expression)) continue;
    reporter.report("osf-attribute-expression", expression.span, { name: memberName(member) });
  }
}

function isSimple(expression: Expression): boolean {
  if (expression.kind === "unary" && expression.operator === "*") return expression.operand.kind === "reference";
  return expression.kind === "reference";
}
