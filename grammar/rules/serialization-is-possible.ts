import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, TypeDeclaration } from "../model.ts";
import { attributesOf, behindNames } from "./member.ts";

/**
 * [encode] and [decode] do not mix with remote operations (MIDL2277) nor with COM (MIDL2300). RPC "Procedure Serialization" says of interfaces
 * that they may be mixed, of procedures that they are one or the other; the compiler's own list of errors does not let interfaces either.
 */
export function serializationIsPossible(each: Interface, reporter: Reporter): void {
  const own = each.attributes.get("encode") ?? each.attributes.get("decode");
  if (own !== undefined && each.object) reporter.report("encode-in-object", own.span, { interface: each.name });
  if (own !== undefined) return;
  const isSerialized = ({ attributes }: Interface["operations"][number]): boolean =>
    attributes.has("encode") || attributes.has("decode");
  const serialized = each.operations.find(isSerialized);
  if (serialized === undefined) return;
  if (each.object) {
    reporter.report("encode-in-object", serialized.span, { interface: each.name });
    return;
  }
  for (const operation of each.operations) {
    if (operation.opnum === undefined || isSerialized(operation)) continue;
    reporter.report("encode-mixed", operation.span, { operation: operation.name });
  }
}

/** A serialized type says its size itself. MIDL2278. */
export function serializedTypeHasSize(declaration: TypeDeclaration, reporter: Reporter): void {
  const own = attributesOf(declaration);
  const use = own.get("encode") ?? own.get("decode");
  const type = behindNames(declaration.type);
  if (use === undefined || type.kind !== "array") return;
  if (type.size.kind === "conformant" || type.varying !== undefined)
    reporter.report("encode-conformant", use.span, { type: declaration.name });
}
