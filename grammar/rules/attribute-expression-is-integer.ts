import type { Reporter } from "../diagnostics/reporter.ts";
import { integerTypeOf } from "../binder/fold.ts";
import { memberName, sizeExpressions, type Member } from "./member.ts";

/** Sizes, lengths and switches are integers of at most 32 bits. MIDL2059. */
export function attributeExpressionIsInteger(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const { sizes, lengths } = sizeExpressions(member.type);
  const all = member.switchIs === undefined ? [...sizes, ...lengths] : [...sizes, ...lengths, member.switchIs];
  for (const expression of all) {
    const integer = expression.kind === "name" ? undefined : integerTypeOf(expression.type);
    if (integer !== undefined && integer.bits < 64) continue;
    reporter.report("attribute-not-integral", expression.span, { name: memberName(member) });
  }
}
