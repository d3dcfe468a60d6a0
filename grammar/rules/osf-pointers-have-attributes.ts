import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, StructType, Type, UnionType } from "../model.ts";
import { behindNames, memberName, membersOf } from "./member.ts";

/** /osf: without [pointer_default], every pointer in a struct or union has an attribute of its own. MIDL2172. */
export function osfPointersHaveAttributes(
  type: StructType | UnionType,
  reporter: Reporter,
  interfaces: readonly Interface[],
): void {
  const own = interfaces.filter((each) => each.file === type.file);
  if (own.some((each) => each.attributes.has("pointer_default"))) return;
  for (const member of membersOf(type)) {
    if (member.type === undefined || behindNames(member.type).kind !== "pointer") continue;
    if (hasPointerAttribute(member.type, member.attributes)) continue;
    reporter.report("osf-pointer-default", member.span, { name: memberName(member) });
  }
}

function hasPointerAttribute(type: Type, attributes: StructType["attributes"]): boolean {
  if (["ref", "unique", "ptr"].some((name) => attributes.has(name))) return true;
  return type.kind === "alias" && hasPointerAttribute(type.target, type.attributes);
}
