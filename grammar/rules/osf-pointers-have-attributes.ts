import type { Reporter } from "../diagnostics/reporter.ts";
import type { Attributes, IdlFile, Operation, StructType, Type, UnionType } from "../model.ts";
import { behindNames, memberName, membersOf } from "./member.ts";

/** /osf: without [pointer_default], every pointer in a struct or union has an attribute of its own. MIDL2172. */
export function osfPointersHaveAttributes(type: StructType | UnionType, reporter: Reporter): void {
  if (hasDefault(type.file)) return;
  for (const member of membersOf(type)) {
    if (member.type === undefined || !hasBarePointer(member.type, isAttributed(member.attributes))) continue;
    reporter.report("osf-pointer-default", member.span, { name: memberName(member) });
  }
}

/** /osf: so has every pointer that a parameter leads to, but the outermost one, which is [ref]. MIDL2172. */
export function osfInnerPointersHaveAttributes(operation: Operation, reporter: Reporter, file: IdlFile): void {
  if (hasDefault(file)) return;
  for (const parameter of operation.parameters) {
    const isPointer = behindNames(parameter.type).kind === "pointer";
    if (!hasBarePointer(parameter.type, isPointer || isAttributed(parameter.attributes))) continue;
    reporter.report("osf-pointer-default", parameter.span, { name: parameter.name });
  }
}

function hasDefault(file: IdlFile): boolean {
  return file.interfaces.some((each) => each.attributes.has("pointer_default"));
}

/** Whether one of the pointers of a declaration has no attribute; those in structs and unions have declarations of their own. */
function hasBarePointer(type: Type, attributed: boolean): boolean {
  let isCovered = attributed;
  for (let current = type; ;) {
    switch (current.kind) {
      case "alias":
        isCovered ||= isAttributed(current.attributes);
        current = current.target;
        break;
      case "pointer":
        if (!isCovered) return true;
        isCovered = false;
        current = current.pointee;
        break;
      case "array":
        current = current.element;
        break;
      default:
        return false;
    }
  }
}

function isAttributed(attributes: Attributes): boolean {
  return ["ref", "unique", "ptr"].some((name) => attributes.has(name));
}
