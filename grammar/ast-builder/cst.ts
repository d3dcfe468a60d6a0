/** Reading a concrete syntax tree. */
import type { CstNode } from "chevrotain";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { NameNode } from "../ast.ts";
import { IdlToken } from "../lexer/idl-token.ts";
import type { SourceSpan } from "../source.ts";

/** What building an AST needs beside the tree. */
export interface BuildContext {
  /** The tokens that were parsed; CST locations count them. */
  readonly tokens: readonly IdlToken[];
  readonly reporter: Reporter;
}

/** The children that are nodes, under a rule's name or a label. */
export function nodes(parent: CstNode, name: string): CstNode[] {
  return (parent.children[name] ?? []).filter((child) => "children" in child);
}

/** The first child node under a name. */
export function node(parent: CstNode, name: string): CstNode | undefined {
  return nodes(parent, name)[0];
}

/** The first child node under a name that the grammar makes certain. */
export function required(parent: CstNode, name: string): CstNode {
  const child = node(parent, name);
  if (child === undefined) throw new Error(`CST node ${parent.name} has no ${name}`);
  return child;
}

/** The children that are tokens, under a token type's name or a label. */
export function tokens(parent: CstNode, name: string): IdlToken[] {
  return (parent.children[name] ?? []).filter((child) => child instanceof IdlToken);
}

/** The first child token under a name. */
export function token(parent: CstNode, name: string): IdlToken | undefined {
  return tokens(parent, name)[0];
}

/** The first child token under a name that the grammar makes certain. */
export function requiredToken(parent: CstNode, name: string): IdlToken {
  const child = token(parent, name);
  if (child === undefined) throw new Error(`CST node ${parent.name} has no ${name}`);
  return child;
}

/** A token as a name. */
export function nameOf(token: IdlToken): NameNode {
  return { text: token.image, span: token.span };
}

/** The first token of a node. */
export function firstToken(context: BuildContext, parent: CstNode): IdlToken | undefined {
  const index = parent.location?.startOffset ?? Number.NaN;
  return Number.isNaN(index) ? undefined : context.tokens[index];
}

/** Where a node stands, from its first token to its last if they are of one file. */
export function spanOf(context: BuildContext, parent: CstNode): SourceSpan {
  const first = firstToken(context, parent);
  const last = context.tokens[parent.location?.endOffset ?? 0] ?? first;
  if (first === undefined || last === undefined) throw new Error(`CST node ${parent.name} is empty`);
  return joinSpans(first.span, last.span);
}

/** The span from the start of one to the end of another; the first alone when they are of different files or out of order. */
export function joinSpans(first: SourceSpan, last: SourceSpan): SourceSpan {
  if (first.file !== last.file || last.end < first.end) return first;
  return { file: first.file, start: first.start, end: last.end };
}

/** The text of a node on one line, its tokens apart where they were apart. */
export function textOf(context: BuildContext, parent: CstNode): string {
  const { startOffset = 0, endOffset = -1 } = parent.location ?? {};
  let text = "";
  for (let index = startOffset; index <= endOffset; index++) {
    const token = context.tokens[index];
    if (token === undefined) break;
    text += (token.spaceBefore && text !== "" ? " " : "") + token.image;
  }
  return text;
}
