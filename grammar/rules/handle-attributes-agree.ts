import type { Reporter } from "../diagnostics/reporter.ts";
import type { Attributes, Type, TypeDeclaration } from "../model.ts";
import { attributesOf, ultimateType } from "./member.ts";

const transmitted = ["transmit_as", "represent_as", "wire_marshal", "user_marshal"];

/**
 * A type is one kind of handle: [handle] is not on handle_t (MIDL2193), void (MIDL2186) or a context handle (MIDL2239, 2185),
 * [context_handle] not on handle_t (MIDL2218); and handles have no routines of the user (MIDL2045, 2084, 2184, 2200, 2201).
 */
export function handleAttributesAgree(declaration: TypeDeclaration, reporter: Reporter): void {
  const own = attributesOf(declaration);
  const handle = own.get("handle");
  const context = own.get("context_handle");
  const conversion = transmitted.flatMap((name) => own.get(name) ?? [])[0];
  const values = { type: declaration.name };
  const { kind } = ultimateType(declaration.type);
  const inherited = declaration.type.kind === "alias" ? attributesBehind(declaration.type.target) : [];
  if (context !== undefined) {
    if (handle !== undefined) reporter.report("context-and-handle", handle.span, values);
    else if (kind === "binding-handle") reporter.report("context-of-handle", context.span, { name: declaration.name });
    else if (conversion !== undefined || inherited.some((each) => transmitted.some((name) => each.has(name))))
      reporter.report("context-transmit-as", context.span, values);
    return;
  }
  if (handle !== undefined) {
    if (kind === "binding-handle") reporter.report("handle-of-handle", handle.span, values);
    else if (kind === "void") reporter.report("handle-of-void", handle.span, values);
    else if (kind === "context-handle") reporter.report("handle-of-context", handle.span, values);
    else if (conversion !== undefined) reporter.report("handle-and-transmit-as", handle.span, values);
    return;
  }
  if (conversion === undefined) return;
  if (kind === "binding-handle") reporter.report("transmit-as-handle", conversion.span, values);
  else if (kind === "context-handle") reporter.report("transmit-as-context", conversion.span, values);
  else if (inherited.some((each) => each.has("handle")))
    reporter.report("transmit-as-generic", conversion.span, values);
}

/** The attributes of the names that a type derives from. */
function attributesBehind(type: Type): Attributes[] {
  const found: Attributes[] = [];
  for (let current = type; ;) {
    if (current.kind === "alias") {
      found.push(current.attributes);
      current = current.target;
    } else if (current.kind === "pointer") current = current.pointee;
    else {
      if (current.kind === "struct") found.push(current.attributes);
      return found;
    }
  }
}

/** [context_handle_serialize] and [context_handle_noserialize] exclude each other (MIDL2377) and stand on context handles (MIDL2378). */
export function serializationOfContextHandles(declaration: TypeDeclaration, reporter: Reporter): void {
  const own = attributesOf(declaration);
  const serialize = own.get("context_handle_serialize");
  const noserialize = own.get("context_handle_noserialize");
  const { name, type } = declaration;
  if (serialize !== undefined && noserialize !== undefined)
    reporter.report("serialize-conflict", noserialize.span, { name });
  const use = serialize ?? noserialize;
  if (use?.acf !== true || own.has("context_handle")) return;
  const target = type.kind === "alias" ? type.target : type;
  if (target.kind === "alias" && ultimateType(target).kind === "context-handle") return;
  reporter.report("serialize-not-context", use.span, { name });
}
