import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, memberName, type Member } from "./member.ts";

/**
 * Attributes of an array do not contradict each other: length_is and last_is (MIDL2076), size_is and max_is (MIDL2077); a string has
 * no length of its own (MIDL2075); sizes belong to arrays and pointers, pointer attributes to pointers (MIDL2072), one each (MIDL2163).
 */
export function arrayAttributesAgree(member: Member, reporter: Reporter): void {
  const { attributes } = member;
  const name = memberName(member);
  const last = attributes.get("last_is");
  if (last !== undefined && attributes.has("length_is")) reporter.report("length-and-last", last.span, { name });
  const maximum = attributes.get("max_is");
  if (maximum !== undefined && attributes.has("size_is")) reporter.report("max-and-size", maximum.span, { name });
  const length = attributes.get("length_is") ?? last ?? attributes.get("first_is");
  if (length !== undefined && attributes.has("string")) reporter.report("length-with-string", length.span, { name });
  const pointers = ["ref", "unique", "ptr"].flatMap((each) => attributes.get(each) ?? []);
  pointers.sort((left, right) => left.span.start - right.span.start);
  const second = pointers[1];
  if (second !== undefined) reporter.report("pointer-attribute-conflict", second.span, { name });
  const kind = member.type === undefined ? "void" : behindNames(member.type).kind;
  if (kind === "pointer" || kind === "array" || kind === "context-handle" || kind === "interface") return;
  const size = attributes.get("size_is") ?? maximum ?? length;
  if (size !== undefined) reporter.report("size-on-non-pointer", size.span, { attribute: size.name, name });
  const [pointer] = pointers;
  if (pointer !== undefined) {
    reporter.report("pointer-attribute-inapplicable", pointer.span, { attribute: pointer.name, name });
  }
}
