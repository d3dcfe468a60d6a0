import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/** What stands by value has a definition (MIDL2011) and is not void (MIDL2126). */
export function typeIsComplete(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  let type = behindNames(member.type);
  while (type.kind === "array") type = behindNames(type.element);
  const place = memberName(member);
  if (type.kind === "void") reporter.report("void-field", member.span, { name: place });
  if ((type.kind === "struct" || type.kind === "union") && type.incomplete) {
    reporter.report("incomplete-type", member.span, { type: type.name, place });
  }
}
