import type { Reporter } from "../diagnostics/reporter.ts";
import type { Expression } from "../model.ts";
import { memberName, sizeExpressions, type Member } from "./member.ts";

/** /osf: a size, length or switch is a name, or `*` and a name. MIDL2178. */
export function osfAttributeExpressionIsSimple(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const { sizes, lengths } = sizeExpressions(member.type);
  const all = member.switchIs === undefined ? [...sizes, ...lengths] : [...sizes, ...lengths, member.switchIs];
  for (const expression of all) {
    if (isSimple(expression)) continue;
    reporter.report("osf-attribute-expression", expression.span, { name: memberName(member) });
  }
}

/** What max_is and last_is become, `n + 1`, was a name in the source. */
function isSimple(expression: Expression): boolean {
  if (expression.kind === "reference") return true;
  if (expression.kind === "unary" && expression.operator === "*") return expression.operand.kind === "reference";
  if (expression.kind !== "binary") return false;
  const { left, right, span } = expression;
  return left.span.start === span.start && left.span.end === span.end && right.kind === "constant" && isSimple(left);
}
