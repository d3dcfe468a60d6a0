import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation } from "../model.ts";
import { behindNames, isOpenStruct, transmittedType, ultimateType } from "./member.ts";

/**
 * What an operation returns is no [ref] pointer (MIDL2177), no non-encapsulated union, behind pointers either (MIDL2198), no open structure (MIDL2199) and
 * no pointer to void (MIDL2145). What routines of the application convert may be any of them.
 */
export function returnTypeIsSendable(operation: Operation, reporter: Reporter): void {
  const type = behindNames(operation.returnType);
  if (type !== transmittedType(operation.returnType)) return;
  const values = { operation: operation.name };
  if (type.kind === "pointer" && type.pointer === "ref") reporter.report("return-ref", operation.span, values);
  if (type.kind === "pointer" && behindNames(type.pointee).kind === "void") {
    reporter.report("void-pointer-return", operation.span, values);
  }
  if (type.kind === "pointer" && behindNames(type.pointee).kind === "function")
    reporter.report("return-function", operation.span, values);
  const ultimate = ultimateType(operation.returnType);
  if (ultimate.kind === "union" && ultimate.encapsulated === undefined)
    reporter.report("return-union", operation.span, values);
  if (type.kind === "struct" && isOpenStruct(type)) reporter.report("return-open-struct", operation.span, values);
}
