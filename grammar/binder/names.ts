/** Looking up names, also those that are declared further on. */
import type { SourceSpan } from "../source.ts";
import type { BindingContext } from "./context.ts";
import type { NameSymbol, TaggedType } from "./scope.ts";

/** What a name stands for; a declaration further on in the file is bound now, with a warning (an error under /osf). */
export function findName(context: BindingContext, name: string, span: SourceSpan): NameSymbol | undefined {
  const symbol = context.scope.name(name);
  if (symbol !== undefined) return symbol;
  const bind = context.pending.get(name);
  if (bind === undefined) return undefined;
  context.pending.delete(name);
  bind();
  const found = context.scope.name(name);
  if (found === undefined) return undefined;
  const code = context.settings.mode === "osf" ? "osf-used-before-declaration" : "used-before-declaration";
  context.reporter.report(code, span, { name });
  return found;
}

/** What a tag stands for. */
export function findTag(context: BindingContext, tag: string): TaggedType | undefined {
  return context.scope.tag(tag);
}

/** A tag used as a type name without `struct`, `union` or `enum`, as C++ would have it; a warning says so. */
export function findTagAsName(context: BindingContext, name: string, span: SourceSpan): TaggedType | undefined {
  let tagged = context.scope.tag(name);
  const bind = context.pendingTags.get(name);
  if (tagged === undefined && bind !== undefined) {
    context.pendingTags.delete(name);
    bind();
    tagged = context.scope.tag(name);
  }
  if (tagged !== undefined) context.reporter.report("tag-without-keyword", span, { keyword: tagged.kind, name });
  return tagged;
}
