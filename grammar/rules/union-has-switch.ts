import type { Reporter } from "../diagnostics/reporter.ts";
import { isConverted } from "../binder/conversions.ts";
import type { Type } from "../model.ts";
import { behindNames, memberName, ultimateTransmitted, type Member } from "./member.ts";

/** A non-encapsulated union stands beside a [switch_is] (MIDL2078), and nothing else does (MIDL2190). */
export function unionHasSwitch(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  const target = ultimateTransmitted(member.type);
  const union = target.kind === "union" && target.encapsulated === undefined;
  const name = memberName(member);
  if (union && meetsConversion(member.type)) return;
  if (union && member.kind === "arm" && behindNames(member.type).kind === "union") return;
  if (union && member.switchIs === undefined && !member.attributes.has("switch_is")) {
    reporter.report("switch-missing", member.span, { name });
  }
  if (!union && member.switchIs !== undefined) {
    reporter.report("switch-without-union", member.attributes.get("switch_is")?.span ?? member.span, { name });
  }
}

/** Whether routines of the user convert the type: its typedef cannot be a union without a discriminant, or name one (MIDL2085). */
function meetsConversion(type: Type): boolean {
  switch (type.kind) {
    case "alias":
      return isConverted(type.attributes) || meetsConversion(type.target);
    case "pointer":
      return meetsConversion(type.pointee);
    case "array":
      return meetsConversion(type.element);
    default:
      return false;
  }
}
