/** [transmit_as], [represent_as], [wire_marshal] and [user_marshal]: the application and the wire see different types. */
import type { Attributes, AttributeUse } from "../../grammar/index.ts";
import type { ConversionMemory } from "./facts.ts";
import { idlType } from "./idl-text.ts";

/** The conversion that a typedef says, with the types on its two sides. */
export function conversionOf(
  name: string,
  attributes: Attributes,
): Pick<ConversionMemory, "attribute" | "presented" | "transmitted" | "span"> | undefined {
  for (const attribute of ["transmit_as", "wire_marshal"] as const) {
    const use = attributes.get(attribute);
    if (use !== undefined) return { attribute, presented: name, transmitted: argumentOf(use), span: use.span };
  }
  for (const attribute of ["represent_as", "user_marshal"] as const) {
    const use = attributes.get(attribute);
    if (use !== undefined) return { attribute, presented: argumentOf(use), transmitted: name, span: use.span };
  }
  return undefined;
}

function argumentOf({ type, arguments: [argument] }: AttributeUse): string {
  if (argument?.kind === "name") return argument.name;
  return type === undefined ? "" : idlType(type);
}
