import type { Attributes } from "../model.ts";

/** Attributes by which another type travels than the application has. They belong to a typedef name and to no struct, union or enum. */
const conversions: ReadonlySet<string> = new Set(["transmit_as", "represent_as", "wire_marshal", "user_marshal"]);

/** Whether a typedef has one of them. */
export function isConverted(attributes: Attributes): boolean {
  return [...conversions].some((name) => attributes.has(name));
}

/** The attributes for the type that a typedef defines: what it converts is that type without the conversion. */
export function withoutConversions(attributes: Attributes): Attributes {
  if (!isConverted(attributes)) return attributes;
  return new Map([...attributes].filter(([name]) => !conversions.has(name)));
}
