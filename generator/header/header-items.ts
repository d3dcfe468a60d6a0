/** The components of an .idl file in the order of its text, as its C header has them (MIDL "cpp_quote"). */
import type { Declaration, IdlFile, Interface, Operation, SourceSpan } from "../../grammar/index.ts";

/** One component of a header. */
export type HeaderItem =
  | { readonly kind: "declaration"; readonly declaration: Declaration }
  | { readonly kind: "quotation"; readonly text: string }
  | { readonly kind: "interface"; readonly interface: Interface }
  | { readonly kind: "operation"; readonly owner: Interface; readonly operation: Operation };

interface PlacedItem {
  readonly item: HeaderItem;
  readonly position: number;
}

/** Declarations, quotations and operations, merged by their place in the source. */
export function headerItems(file: IdlFile): readonly HeaderItem[] {
  const declarations = file.declarations.map((declaration) => ({
    item: { kind: "declaration", declaration } as const,
    span: declaration.span,
  }));
  const quotations = file.quotations.map(({ text, span }) => ({ item: { kind: "quotation", text } as const, span }));
  const operations = file.interfaces.filter((each) => !each.object).flatMap(operationItems);
  return [...placed(declarations, file), ...placed(quotations, file), ...placed(operations, file)]
    .sort((left, right) => left.position - right.position)
    .map(({ item }) => item);
}

function operationItems(owner: Interface): readonly { readonly item: HeaderItem; readonly span: SourceSpan }[] {
  return [
    { item: { kind: "interface", interface: owner }, span: owner.span },
    ...owner.operations.map((operation) => ({
      item: { kind: "operation", owner, operation } as const,
      span: operation.span,
    })),
  ];
}

/** What stands in an included file follows what stands before it in the list: its own offsets count in another text. */
function placed(
  items: readonly { readonly item: HeaderItem; readonly span: SourceSpan }[],
  file: IdlFile,
): readonly PlacedItem[] {
  let position = 0;
  return items.map(({ item, span }) => {
    if (span.file.path === file.path) position = span.start;
    return { item, position };
  });
}
