/** Libraries, modules and dispinterfaces: what may stand in them. No type library is generated. */
import type { CoclassNode, DispinterfaceNode, LibraryNode } from "../ast.ts";
import { judgeAttributes } from "./attribute-placement.ts";
import type { BindingContext } from "./context.ts";
import { operationDeclarator } from "./operations.ts";

/** A file has one library (MIDL2016), without procedures of its own (MIDL2349); modules stand in it (MIDL2359) and name a DLL (MIDL2091). */
export function judgeLibrary(context: BindingContext, node: LibraryNode): void {
  const { text: name, span } = node.name;
  const { reporter } = context;
  if (node.directive === "module") {
    if (context.inLibrary !== true) reporter.report("module-outside", span, { name });
    const entries = node.definitions.some(
      (each) => each.kind === "declaration" && each.attributes.some((attribute) => attribute.name === "entry"),
    );
    if (entries && !node.attributes.some((attribute) => attribute.name.toLowerCase() === "dllname"))
      reporter.report("dllname-missing", span, { name });
    return;
  }
  if (context.libraries.has(context.file)) reporter.report("library-twice", span, { name });
  context.libraries.add(context.file);
  for (const definition of node.definitions) {
    if (definition.kind !== "declaration" || operationDeclarator(definition) === undefined) continue;
    const [declarator] = definition.declarators;
    reporter.report("library-procedure", definition.specifiers.span, { name: declarator?.name?.text ?? "" });
  }
}

/** A dispinterface needs IDispatch (MIDL2017) and consists of numbered (MIDL2094) methods and properties (MIDL2391). */
export function judgeDispinterface(context: BindingContext, node: DispinterfaceNode): void {
  const { reporter, scope } = context;
  const { text: name, span } = node.name;
  const known = context.importsLibrary.has(context.file);
  if (!known && node.definitions.length > 0 && scope.name("IDispatch") === undefined)
    reporter.report("dispatch-undefined", span, { name });
  for (const definition of node.definitions) {
    if (definition.kind === "interface") continue;
    if (definition.kind !== "declaration") {
      reporter.report("dispinterface-member", span, { name });
      continue;
    }
    if (definition.attributes.some((attribute) => attribute.name.toLowerCase() === "id")) continue;
    const operation = definition.declarators[0]?.name?.text ?? "";
    reporter.report("id-required", definition.specifiers.span, { operation });
  }
}

/** A coclass has one default interface for each direction (MIDL2233); a second vtable is a source of events (MIDL2234). */
export function judgeCoclass(context: BindingContext, node: CoclassNode): void {
  const has = (member: CoclassNode["members"][number], name: string): boolean =>
    member.attributes.some((attribute) => attribute.name.toLowerCase() === name);
  for (const source of [false, true]) {
    const [, second] = node.members.filter((member) => has(member, "default") && has(member, "source") === source);
    if (second !== undefined) context.reporter.report("coclass-defaults", second.name.span, { name: node.name.text });
  }
  for (const member of node.members) {
    judgeAttributes(context, member.attributes, "coclass-member");
    if (has(member, "defaultvtable") && !has(member, "source"))
      context.reporter.report("defaultvtable-source", member.name.span, { name: member.name.text });
  }
}
