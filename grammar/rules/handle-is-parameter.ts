import type { Reporter } from "../diagnostics/reporter.ts";
import type { Operation, Type } from "../model.ts";
import { behindNames, memberName, ultimateType, type Member } from "./member.ts";

/**
 * A handle_t is not behind a nullable pointer, nor is a context handle (MIDL2181; MIDL "context_handle": such pointers must be [ref]), and not
 * returned (MIDL2238); a pointer to a context handle is not returned (MIDL2268); callbacks have no handles (MIDL2215); [context_handle] on a parameter whose type has it says nothing new (MIDL2217).
 */
export function handleIsParameter(operation: Operation, reporter: Reporter): void {
  const values = { operation: operation.name };
  for (const { type, name, span, attributes } of operation.parameters) {
    const { kind } = ultimateType(type);
    if (isNullableToHandle(type))
      reporter.report("handle-nullable", span, { parameter: name, operation: operation.name });
    if (operation.callback && (kind === "binding-handle" || kind === "context-handle"))
      reporter.report("handle-in-callback", span, values);
    const own = attributes.get("context_handle");
    if (own !== undefined && namedContextHandle(type)) reporter.report("context-again", own.span, { name });
  }
  const returned = behindNames(operation.returnType);
  if (returned.kind === "binding-handle") reporter.report("return-handle", operation.span, values);
  if (returned.kind === "pointer" && ultimateType(returned).kind === "context-handle")
    reporter.report("return-context-pointer", operation.span, values);
}

function isNullableToHandle(type: Type): boolean {
  let current = behindNames(type);
  while (current.kind === "pointer") {
    const pointee = behindNames(current.pointee);
    const isHandle = pointee.kind === "binding-handle" || pointee.kind === "context-handle";
    if (isHandle && current.pointer !== "ref") return true;
    current = pointee;
  }
  return false;
}

function namedContextHandle(type: Type): boolean {
  let current = type;
  while (current.kind === "pointer") current = current.pointee;
  for (; current.kind === "alias"; current = current.target) if (current.attributes.has("context_handle")) return true;
  return false;
}

/**
 * Binding handles do not stand in arrays, and context handles not in arrays of several dimensions: they are array elements (MS-RPCE 2.2.4.3), and
 * no element of such an array is a handle. MIDL2136.
 */
export function arrayHasNoHandles(member: Member, reporter: Reporter): void {
  if (member.type === undefined) return;
  for (let type = behindNames(member.type); type.kind === "pointer" || type.kind === "array";) {
    const inner = behindNames(type.kind === "pointer" ? type.pointee : type.element);
    const isRow = type.kind === "array" && inner.kind === "array";
    if (
      (type.kind === "array" && inner.kind === "binding-handle") ||
      (isRow && behindNames(inner.element).kind === "context-handle")
    )
      reporter.report("array-of-handles", member.span, { name: memberName(member) });
    type = inner;
  }
}
