/** [uuid] and [version]. */
import type { AttributeNode } from "../ast.ts";
import type { Interface } from "../model.ts";
import type { BindingContext } from "./context.ts";

/** The UUID of an interface that has none. */
export const nilUuid = "00000000-0000-0000-0000-000000000000";

/** The UUID in lower case (MIDL "uuid"); the nil UUID when it is absent or malformed. */
export function readUuid(context: BindingContext, attributes: readonly AttributeNode[]): string {
  const argument = attributes.find((attribute) => attribute.name.toLowerCase() === "uuid")?.arguments[0];
  if (argument?.kind !== "uuid") return nilUuid;
  const text = argument.text.trim().toLowerCase();
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text;
  const digits = /^[0-9a-f-]*$/.test(text);
  context.reporter.report(digits ? "uuid-format" : "uuid-not-hexadecimal", argument.span, { text: argument.text });
  return nilUuid;
}

/** `version(major.minor)` or `version(major)`, 0 to 65535 each (MIDL "version"; C706 chapter 4); 0.0 when it is absent. */
export function readVersion(context: BindingContext, attributes: readonly AttributeNode[]): Interface["version"] {
  const use = attributes.find((attribute) => attribute.name.toLowerCase() === "version");
  if (use === undefined) return { major: 0, minor: 0 };
  const [argument] = use.arguments;
  const match = argument?.kind === "number" ? /^(\d+)(?:\.(\d+))?$/.exec(argument.image) : null;
  const [major, minor] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (match !== null && major <= 0xffff && minor <= 0xffff) return { major, minor };
  context.reporter.report("version-format", argument?.span ?? use.span);
  return { major: 0, minor: 0 };
}
