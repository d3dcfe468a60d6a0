import type { Reporter } from "../diagnostics/reporter.ts";
import { integerTypeOf } from "../binder/fold.ts";
import { memberName, sizeExpressions, type Member } from "./member.ts";

/** Sizes and lengths are integers of at most 32 bits (MIDL2059), discriminants integers, characters, Booleans or enums (MIDL2174). */
export function attributeExpressionIsInteger(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const { sizes, lengths } = sizeExpressions(member.type);
  const { switchIs } = member;
  if (switchIs !== undefined && (switchIs.kind === "name" || integerTypeOf(switchIs.type) === undefined))
    reporter.report("attribute-not-variable", switchIs.span, { name: memberName(member) });
  for (const expression of [...sizes, ...lengths]) {
    const integer = expression.kind === "name" ? undefined : integerTypeOf(expression.type);
    if (integer !== undefined && integer.bits < 64) continue;
    reporter.report("attribute-not-integral", expression.span, { name: memberName(member) });
  }
}
