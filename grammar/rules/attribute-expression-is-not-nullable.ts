import type { Reporter } from "../diagnostics/reporter.ts";
import type { Expression } from "../model.ts";
import { behindNames, memberName, referencesIn, sizeExpressions, type Member } from "./member.ts";

/** A size, length or switch does not look behind a [unique] or [ptr] pointer, unless it tests it first. MIDL2195. */
export function attributeExpressionIsNotNullable(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const { sizes, lengths } = sizeExpressions(member.type);
  const all = member.switchIs === undefined ? [...sizes, ...lengths] : [...sizes, ...lengths, member.switchIs];
  for (const expression of all) {
    const ignored = referencesIn(expression).some((target) => target.attributes.has("ignore"));
    if (!ignored && looksBehindNullable(expression))
      reporter.report("nullable-in-expression", expression.span, { name: memberName(member) });
  }
}

function looksBehindNullable(expression: Expression): boolean {
  switch (expression.kind) {
    case "unary":
      return (expression.operator === "*" && isNullable(expression.operand)) || looksBehindNullable(expression.operand);
    case "member":
      return isNullable(expression.object) || looksBehindNullable(expression.object);
    case "cast":
      return looksBehindNullable(expression.operand);
    case "binary":
      if (expression.operator === "&&") return looksBehindNullable(expression.left);
      return looksBehindNullable(expression.left) || looksBehindNullable(expression.right);
    case "conditional":
      return looksBehindNullable(expression.condition);
    case "constant":
    case "reference":
    case "name":
      return false;
    default:
      return expression satisfies never;
  }
}

function isNullable(expression: Expression): boolean {
  if (expression.kind !== "reference") return false;
  const type = behindNames(expression.target.type);
  return type.kind === "pointer" && type.pointer !== "ref";
}
