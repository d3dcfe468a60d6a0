/** Adding types to the declarations of their file. */
import type { NameNode } from "../ast.ts";
import type { EnumType, StructType, TypeDeclaration, UnionType } from "../model.ts";
import type { BindingContext } from "./context.ts";
import type { TaggedType } from "./scope.ts";

/** Adds a struct, union or enum to the declarations of the file, under the name that it has in the end. */
export function declareType(
  context: BindingContext,
  type: StructType | UnionType | EnumType,
  documentation: string | undefined,
): void {
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
