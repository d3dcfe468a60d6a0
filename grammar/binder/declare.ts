/** Adding types to the declarations of their file. */
import type { NameNode } from "../ast.ts";
import type { TypeDeclaration } from "../model.ts";
import type { SourceSpan } from "../source.ts";
import type { BindingContext } from "./context.ts";
import { strip } from "./raw-type.ts";
import type { TaggedType, TypedefSymbol } from "./scope.ts";

/** Adds a struct, union or enum to the declarations of the file, under the name that it has in the end. */
export function declareType(context: BindingContext, type: TaggedType, documentation: string | undefined): void {
  keepNamesApart(context, type);
  const declaration: TypeDeclaration = {
    kind: "type",
    get name() {
      return type.name;
    },
    type,
    documentation,
    span: type.span,
  };
  context.file.declarations.push(declaration);
}

/** A tag that is also the typedef name of another type gets a name of its own in the generated code, where there is one name space. */
function keepNamesApart(context: BindingContext, type: TaggedType): void {
  const known = context.scope.name(type.name);
  if (type.tag !== type.name || known?.kind !== "typedef" || known.file !== context.file) return;
  const named = strip(known.raw);
  if (named.kind === "done" && named.type === type) return;
  rename(context, type, type.span);
}

/** The same when the typedef comes after the tag. */
export function keepTagApart(context: BindingContext, symbol: TypedefSymbol): void {
  const tagged = context.scope.tag(symbol.name);
  const named = strip(symbol.raw);
  if (tagged?.file !== context.file || tagged.name !== symbol.name) return;
  if (named.kind === "done" && named.type === tagged) return;
  if (tagged.kind !== "enum" && tagged.incomplete) return;
  rename(context, tagged, symbol.span);
}

function rename(context: BindingContext, type: TaggedType, span: SourceSpan): void {
  const { name } = type;
  type.name = `${name}$`;
  context.reporter.report("name-of-tag", span, { name, renamed: type.name });
}

/** Reports a tag that is defined twice, or used for two kinds of type; in a later file it may be defined anew. */
export function redefines(
  context: BindingContext,
  known: TaggedType,
  kind: TaggedType["kind"],
  tag: NameNode,
  hasBody: boolean,
): void {
  if (known.file !== context.file) return;
  const complete = known.kind === "enum" || !known.incomplete;
  if (known.kind !== kind || (hasBody && complete))
    context.reporter.report("redefinition", tag.span, { name: tag.text });
}
