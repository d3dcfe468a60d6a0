import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, transmittedType, type Member } from "./member.ts";

/** What stands by value has a definition (MIDL2011), is not void (MIDL2047, 2126, 2127) and no function (MIDL2129, 2130, 2131). */
export function typeIsComplete(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const outer = behindNames(member.type);
  let type = outer;
  while (type.kind === "array") type = behindNames(type.element);
  const { span } = member;
  const name = memberName(member);
  const parameter = member.kind === "parameter";
  if (type.kind === "void") {
    if (outer.kind === "array") reporter.report("void-element", span, { name });
    else reporter.report(parameter ? "void-parameter" : "void-field", span, { name });
  }
  if (type.kind === "function") {
    if (outer.kind === "array") reporter.report("function-element", span, { name });
    else reporter.report(parameter ? "function-as-parameter" : "function-field", span, { name });
  }
  let sent = transmittedType(member.type);
  while (sent.kind === "array") sent = transmittedType(sent.element);
  if ((sent.kind === "struct" || sent.kind === "union") && sent.incomplete) {
    reporter.report("incomplete-type", span, { type: sent.name, place: name });
  }
}
